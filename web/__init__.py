"""The faces of the archive: pages, a JSON API, and the command line."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask


def create_app(home: Path | None = None, **settings: Any) -> Flask:
    """Assemble the application for one home; opens nothing."""
    from flask import Flask

    from web import config, errors, renamed, rooms, security, services, templating, unchanged

    where = (home or config.default_home()).absolute()
    app = Flask(__name__)
    app.config.from_mapping(config.DEFAULTS)
    app.config.from_file(str(config.settings_file(where)), load=tomllib.load, text=False, silent=True)
    app.config.from_mapping(settings)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    services.init_app(app, services.Services(where, app.config["ENGINE"]))
    security.init_app(app)
    errors.init_app(app)
    templating.init_app(app)
    rooms.init_app(app)
    renamed.init_app(app)
    unchanged.init_app(app)
    return app
