"""The rooms of the site, one blueprint each."""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Register every room."""
    from web.rooms.api import room as api
    from web.rooms.browse import room as browse
    from web.rooms.calendar import MonthConverter
    from web.rooms.calendar import room as calendar
    from web.rooms.catalogue import room as catalogue
    from web.rooms.citing import room as citing
    from web.rooms.entries import room as entries
    from web.rooms.export import room as export
    from web.rooms.feeds import room as feeds
    from web.rooms.health import room as health
    from web.rooms.help import room as help_
    from web.rooms.home import room as home
    from web.rooms.issues import room as issues
    from web.rooms.revisions import room as revisions
    from web.rooms.scripts import room as scripts
    from web.rooms.search import room as search
    from web.rooms.segment import room as segment
    from web.rooms.sources import room as sources
    from web.rooms.status import room as status
    from web.rooms.stories import room as stories
    from web.rooms.together import room as together
    from web.rooms.trends import room as trends
    from web.rooms.values import room as values

    app.url_map.converters["month"] = MonthConverter
    for room in (home, search, issues, revisions, entries, browse, help_, status, api, health):
        app.register_blueprint(room)
    for room in (
        scripts,
        segment,
        export,
        citing,
        feeds,
        catalogue,
        trends,
        calendar,
        sources,
        stories,
        together,
        values,
    ):
        app.register_blueprint(room)
