"""A heading -> what it is to the issue: its own heading, another day's, or the label of a field."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.dates import find_date, find_day
from archive.parser.lines import Heading
from archive.parser.links import whole_link
from archive.parser.marks import Labelled, role_of, word
from archive.series import series_key, series_name


def names_issue(line: Heading, before: Sequence[Heading]) -> bool:
    """Whether a heading before all entries is the issue's: the first of the first level, and the first with a date."""
    if find_date(line.text):
        return dated(before) is None
    first = not before and whole_link(line.text) is None
    return first and (line.level == 1 or (line.level == 2 and find_day(line.text) is not None))


def is_second_date(line: Heading, before: Sequence[Heading]) -> bool:
    """Whether a heading begins another day: it has a date, and the first level or the name of the issue's own."""
    first = next((heading for heading in before if _tells_day(heading)), None) if _tells_day(line) else None
    if first is None:
        return False
    return line.level == 1 or series_key(series_name(line.text)) == series_key(series_name(first.text))


def dated(headings: Sequence[Heading]) -> Heading | None:
    """The first heading with a date."""
    return next((heading for heading in headings if find_date(heading.text)), None)


def _tells_day(heading: Heading) -> bool:
    return find_date(heading.text) is not None or find_day(heading.text) is not None


def heading_label(heading: Heading) -> Labelled | None:
    """The label that a heading of the third level or below may be: `#### 核心亮点`."""
    role = role_of(heading.text) if heading.level >= 3 else None
    return Labelled(heading.text, role, "") if role else None


_ASIDE = re.compile(r"(?:快速|本期|今日|内容)?(?:导航|目录)|(?:\d{0,2}个?|今日|本期)关键词|附注")
_PICTURE = re.compile(r"(?:配图|题图|头图)\s*(?:$|[-－—–:：·|｜])")


def is_aside(heading: Heading) -> bool:
    """Whether the section below a heading has no entries: its table of contents, key words, notes, pictures."""
    return _ASIDE.fullmatch(word(heading.text)) is not None or _PICTURE.match(heading.text) is not None
