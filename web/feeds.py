"""What a search found -> an Atom feed (RFC 4287) or a JSON Feed (1.1) of it, and the description by which a browser
adds the archive."""

from __future__ import annotations

import datetime
import json
import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from markupsafe import Markup

from archive.series import series_key
from archive.store import Record
from web.asking import Found
from web.documents import entry_document, holds, point_document
from web.services import TIME_ZONE

ATOM = "http://www.w3.org/2005/Atom"
JSON_FEED = "https://jsonfeed.org/version/1.1"
OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
_IDS = uuid.UUID(
    "5d4d0c67-3d0b-4a3c-9b9e-0a53c2bd6c1f"
)  # for good: what has been read is known by the ids made with it
_NEVER = datetime.datetime.fromtimestamp(0, datetime.UTC)
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Received = Mapping[tuple[str, int], datetime.datetime]


def updated(found: Found, received: Received) -> datetime.datetime:
    """When the newest text of the hits came in; long ago where there is none."""
    return max((_received(record, received) for record in found.records.values()), default=_NEVER)


def atom(found: Found, received: Received, base: str, own: str, page: str) -> bytes:
    """The feed; `own` is its address and `page` that of the search, both below `base`."""
    feed = Element("feed", {"xmlns": ATOM, "xmlns:opensearch": OPENSEARCH, "xml:lang": "zh-CN"})
    _text(feed, "id", urn(f"feed {own}"))
    _text(feed, "title", _title(found))
    _text(feed, "updated", updated(found, received).isoformat())
    _text(SubElement(feed, "author"), "name", "往期")
    SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": base + own})
    SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": base + page})
    _text(feed, "opensearch:totalResults", str(found.answer.total))
    for item in _items(found, received, base):
        _entry(feed, item)
    return _written(feed)


def json_feed(found: Found, received: Received, base: str, own: str, page: str) -> bytes:
    """The same as a JSON Feed."""
    told = {
        "version": JSON_FEED,
        "title": _title(found),
        "home_page_url": base + page,
        "feed_url": base + own,
        "language": "zh-CN",
        "authors": [{"name": "往期"}],
        "_wangqi": {"total": found.answer.total},
        "items": [_item(each) for each in _items(found, received, base)],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode(errors="replace")


@dataclass(frozen=True, slots=True)
class Item:
    """One hit as feeds tell it; addresses are whole, the content is HTML."""

    id: str
    url: str
    title: str
    updated: str
    published: str
    sources: tuple[tuple[str, str], ...]  # (address, name)
    terms: tuple[str, ...]  # its category and tags
    summary: str
    content: str


def _title(found: Found) -> str:
    asked = found.search.text or "，".join((*found.search.tags, *found.search.categories, *found.search.sources))
    return f"往期：{asked}" if asked else "往期"


def _items(found: Found, received: Received, base: str) -> Iterator[Item]:
    """The hits that the archive still has."""
    for hit in found.answer.hits:
        record = found.records.get(hit.id.partition(".")[0])
        if record and holds(hit.id, record):
            yield _told(hit.id, record, received, base)


def _told(name: str, record: Record, received: Received, base: str) -> Item:
    held = entry_document(record)
    point = point_document(name, record) if "." in name else None
    return Item(
        id=urn(f"{series_key(record.series)} {name}"),
        url=base + (point or held)["url"],
        title=held["title"] or name,
        updated=_received(record, received).isoformat(),
        published=datetime.datetime.combine(record.date, datetime.time(), TIME_ZONE).isoformat(),
        sources=tuple((source["url"], source["name"]) for source in held["sources"] if source["url"]),
        terms=tuple(dict.fromkeys(filter(None, (held["category"], *held["tags"])))),
        summary=point["text"] if point else held["summary"],
        content=_html(held),
    )


def _item(item: Item) -> dict[str, Any]:
    told = {
        "id": item.id,
        "url": item.url,
        "external_url": item.sources[0][0] if item.sources else "",
        "title": item.title,
        "content_html": item.content,
        "summary": item.summary,
        "date_published": item.published,
        "date_modified": item.updated,
        "tags": list(item.terms),
    }
    return {name: value for name, value in told.items() if value}


def opensearch(base: str) -> bytes:
    """The description (OpenSearch 1.1): searches as pages and as feeds."""
    root = Element("OpenSearchDescription", {"xmlns": OPENSEARCH})
    _text(root, "ShortName", "往期")
    _text(root, "Description", "人工智能行业动态的可检索档案")
    _text(root, "InputEncoding", "UTF-8")
    _text(root, "Language", "zh-CN")
    SubElement(root, "Image", {"width": "16", "height": "16", "type": "image/svg+xml"}).text = f"{base}/static/icon.svg"
    SubElement(root, "Url", {"type": "text/html", "template": f"{base}/search?q={{searchTerms}}"})
    SubElement(root, "Url", {"type": "application/atom+xml", "template": f"{base}/feed?q={{searchTerms}}"})
    return _written(root)


def urn(name: str) -> str:
    """An id that depends on the name alone: not on the host, the home, or when it was ingested."""
    return f"urn:uuid:{uuid.uuid5(_IDS, name)}"


def _entry(feed: Element, item: Item) -> None:
    entry = SubElement(feed, "entry")
    _text(entry, "id", item.id)
    _text(entry, "title", item.title)
    _text(entry, "updated", item.updated)
    _text(entry, "published", item.published)
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": item.url})
    for address, name in item.sources:
        SubElement(entry, "link", {"rel": "related", "href": legal(address), "title": legal(name)})
    for term in item.terms:
        SubElement(entry, "category", {"term": legal(term)})
    _text(entry, "summary", item.summary)
    _text(entry, "content", item.content).set("type", "html")


def _html(held: Mapping[str, Any]) -> str:
    """The texts of an entry, escaped."""
    points = Markup("").join(Markup("<li>{}</li>").format(point["text"]) for point in held["key_points"])
    pieces = [Markup("<p>{}</p>").format(held[name]) for name in ("summary", "background") if held[name]]
    return Markup("").join([*pieces, *([Markup("<ul>{}</ul>").format(points)] if points else [])])


def _received(record: Record, received: Received) -> datetime.datetime:
    return received.get((record.issue, record.revision), _NEVER)


def _written(root: Element) -> bytes:
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _text(parent: Element, name: str, text: str) -> Element:
    made = SubElement(parent, name)
    made.text = legal(text)
    return made


def legal(text: str) -> str:
    """Without the characters that XML has no way to write."""
    return _NOT_XML.sub("", text)
