"""GET /together: who comes with whom (共现) in what a search finds."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, render_template, request

from web import filters
from web.asking import ask, read_search, understood
from web.services import reader, services
from web.tagging import tags_in, together

room = Blueprint("together", __name__)


@room.get("/together")
def page() -> str:
    """The most frequent names of a search's whole matches, each with each; without a search, of everything."""
    asked = read_search(request.args.to_dict(flat=False) | {"limit": ["0"], "offset": [], "facets": ["0"]})
    search = replace(asked, facets=("tag",))
    found = ask(search, services(), reader())
    of_it = understood(search, services(), reader()).request
    engine, held = services().engine_for(reader()), tags_in(services(), reader())
    return render_template(
        "together.html",
        search=asked,
        found=found,
        together=together(of_it, found.answer.facets["tag"], held, engine),
        narrowed=lambda names: filters.address(replace(asked, tags=(*asked.tags, *names))),
    )
