"""An issue -> Markdown in the grammar of the digests, from which `parse` makes the same issue again."""

from __future__ import annotations

from collections.abc import Iterator

from archive.model import Entry, Issue, Source
from archive.parser.links import source_text, sources_text


def to_markdown(issue: Issue) -> str:
    """The issue's text; ids, tags and event dates are not part of it, the last being told by the text itself."""
    blocks = [f"# {issue.series} ({issue.date.isoformat()})"]
    if issue.banner:
        blocks.append(issue.banner)
    category = ""
    for entry in issue.entries:
        if entry.category != category:
            category = entry.category
            blocks.append(f"**{category}**")
        blocks.append("\n  ".join(_lines(entry)))
    return "\n\n".join(blocks) + "\n"


def _lines(entry: Entry) -> Iterator[str]:
    yield f"- **{entry.title}**"
    if entry.summary:
        yield f"**说明**：{entry.summary}"
    if entry.background:
        yield f"**背景**：{entry.background}"
    if entry.key_points:
        yield "**要点**："
        yield from (f"  - {point.text}" for point in entry.key_points)
    for field in entry.fields:
        yield f"**{field.label}**：{field.text}"
    if entry.labels:
        yield f"**标签**：{'、'.join(entry.labels)}"
    yield from _source_lines(entry.sources)


def _source_lines(sources: tuple[Source, ...]) -> Iterator[str]:
    """All sources on the label's line; one a line where names hold what parts them there."""
    if not sources:
        return
    line = sources_text(sources)
    yield f"**来源出处**：{line or ''}"
    if line is None:
        yield from (f"  - {source_text(source)}" for source in sources)
