"""Values over time -> a chart as SVG with neither script nor style of its own, in which every point is a link."""

from __future__ import annotations

import calendar
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from leather import Axis, Chart, Linear, Scale, Series, Shape
from markupsafe import Markup

from web.feeds import legal

SMALL = 5  # a course that stays below is dots: a line would claim a trend that so few matches do not have
MOST_COURSES = 5  # colours that are told apart
WIDTH, HEIGHT = 720, 300
_MARGIN = 24  # of the library's 0.05 of the width, cut off at each side
_LABELS = 6  # along the time
_LONGEST_NAME = 24
_DENSE = 80  # points from which on each is drawn smaller
_WIDE, _NARROW, _MARK = 13, 8, 26  # of the legend

# A file has no style sheet beside it, and is under no policy of ours.
_STYLE = """
svg { font: 13px sans-serif; background: #fff; color: #1f2124; }
.tick line { stroke: #e0ddd5; } text { fill: #5d6166; font: inherit; }
.c1 { color: #1f5a7a; } .c2 { color: #b1492b; } .c3 { color: #4b7a2f; } .c4 { color: #7a4a9e; } .c5 { color: #8a6a00; }
path { fill: none; stroke: currentColor; stroke-width: 2; } circle { fill: currentColor; }
.c2 path { stroke-dasharray: 7 3; } .c3 path { stroke-dasharray: 2 3; } .c4 path { stroke-dasharray: 9 3 2 3; }
.c5 path { stroke-dasharray: 14 4; }
@media (prefers-color-scheme: dark) {
  svg { background: #16191c; } .tick line { stroke: #32373c; } text { fill: #a0a4a8; }
  .c1 { color: #8cc0de; } .c2 { color: #f0a884; } .c3 { color: #a5d284; } .c4 { color: #cda6ec; }
  .c5 { color: #e2c35c; }
}
"""


@dataclass(frozen=True, slots=True)
class Point:
    """One period: its value, None where nothing can be known; `text` tells all, `url` opens what was counted."""

    label: str
    value: float | None
    text: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """The values of one thing, period by period."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """One course as a chart, and the points for those who read rather than look."""

    svg: Markup
    points: tuple[Point, ...]


def timeline(name: str, counts: Mapping[str, int], covered: Sequence[str], url: Callable[[str], str]) -> Timeline:
    """Counts by month (`2026-02`): the months that no issue covers are gaps, from the first covered one to the last."""
    held = set(covered)
    points = tuple(
        Point(month, counts.get(month, 0) if month in held else None, _told(month, counts, held), url(month))
        for month in (months(min(held), max(held)) if held else ())
    )
    return Timeline(chart([Course(name, points)], f"{name}：各月条数"), points)


def months(first: str, last: str) -> Iterator[str]:
    """Every month from one to another, both included."""
    year, month = map(int, first.split("-"))
    while (name := f"{year:04}-{month:02}") <= last:
        yield name
        year, month = year + month // 12, month % 12 + 1


def last_day(month: str) -> str:
    """`2026-02` -> `2026-02-28`."""
    year, number = map(int, month.split("-"))
    return f"{month}-{calendar.monthrange(year, number)[1]}"


def _told(month: str, counts: Mapping[str, int], covered: set[str]) -> str:
    return f"{month}：{counts.get(month, 0)} 条" if month in covered else f"{month}：没有期"


def chart(courses: Sequence[Course], title: str, *, unit: str = "") -> Markup:
    """The chart, to stand in a page; empty where there is no period at all."""
    drawn = _drawn(courses, title, unit)
    return Markup(legal(tostring(drawn, "unicode"))) if drawn is not None else Markup()  # noqa: S704  (escaped by the writer)


def chart_file(courses: Sequence[Course], title: str, *, unit: str = "") -> str:
    """The same as a file of its own, with its style; its links lead to `url` as given."""
    drawn = _drawn(courses, title, unit)
    if drawn is None:
        drawn = Element("svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {WIDTH} {HEIGHT}")
    style = Element("style")
    style.text = _STYLE
    drawn.insert(0, style)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{legal(tostring(drawn, "unicode"))}\n'


def _drawn(courses: Sequence[Course], title: str, unit: str) -> Element | None:
    labels = [point.label for point in courses[0].points] if courses else []
    if not labels:
        return None
    values = [point.value for course in courses for point in course.points if point.value is not None]
    heights = Linear(0, max([*values, 0 if unit else SMALL - 1]) or 1)
    made = Chart()
    made.set_x_scale(_Places(len(labels)))
    made.set_x_axis(Axis(_marked(len(labels)), lambda place, *_: labels[place]))
    made.set_y_scale(heights)
    made.set_y_axis(Axis([tick for tick in heights.ticks() if unit or tick % 1 == 0], lambda tick, *_: f"{tick}{unit}"))
    for number, course in enumerate(courses, 1):
        made.add_series(Series([(0, 0)], name=course.name), _Marks(number, course))
    group = made.to_svg_group(WIDTH + 2 * _MARGIN, HEIGHT + 2 * _MARGIN)
    group.remove(group[0])  # the background: the page has its own
    box = f"{_MARGIN} {_MARGIN} {WIDTH} {HEIGHT}"
    drawn = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": box, "class": "chart", "role": "group"})
    drawn.set("aria-label", title)
    drawn.append(group)
    return drawn


def _marked(count: int) -> list[int]:
    """The places that are labelled: few enough to be read, at equal distances."""
    return list(range(0, count, -(-count // _LABELS)))


class _Places(Scale):  # type: ignore[misc]
    """Periods side by side, each in the middle of its own width."""

    def __init__(self, count: int) -> None:
        self._count = count

    def contains(self, place: float) -> bool:
        """Whether there is such a period."""
        return 0 <= place < self._count

    def project(self, place: float, left: float, right: float) -> float:
        """Where a period stands."""
        return left + (right - left) * (place + 0.5) / self._count

    def ticks(self) -> list[int]:
        """Every period."""
        return list(range(self._count))


class _Marks(Shape):  # type: ignore[misc]
    """A course: lines between its gaps, and a dot for each point; no key stops there, the table has the same links."""

    def __init__(self, number: int, course: Course) -> None:
        self._class, self._course = f"c{number}", course

    def validate_series(self, series: Any) -> None:
        """Nothing to check: the course is ours."""

    def to_svg(self, width: float, height: float, places: Scale, heights: Linear, *_: Any) -> Element:
        """The course in its own group."""
        group = Element("g", {"class": self._class})
        bottom, one = (float(heights.project(value, height, 0)) for value in (0, 1))
        at = [
            (point, f"{places.project(n, 0, width):.1f}", f"{bottom + point.value * (one - bottom):.1f}")
            if point.value is not None
            else None
            for n, point in enumerate(self._course.points)
        ]
        dense = len(at) > _DENSE
        if dense or max((place[0].value or 0 for place in at if place), default=0) >= SMALL:
            for is_gap, run in groupby(at, key=lambda place: place is None):
                if not is_gap:
                    SubElement(group, "path", d="M" + "L".join(f"{place[1]} {place[2]}" for place in run if place))
        for place in at:
            if place and (place[0].value or not dense):
                _add_dot(group, *place, radius="2" if dense else "3.5")
        return group

    def legend_to_svg(self, *_: Any) -> list[tuple[Element, int]]:
        """Its mark and name, and how much room they take."""
        name = self._course.name
        shown = name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"
        group = Element("g", {"class": self._class})
        SubElement(group, "path", d="M0 9L18 9")
        SubElement(group, "circle", cx="9", cy="9", r="3.5")
        SubElement(group, "text", x=str(_MARK), y="14").text = shown
        return [(group, 2 * _MARK + sum(map(_width, shown)))]


def _add_dot(group: Element, point: Point, x: str, y: str, radius: str) -> None:
    parent = SubElement(group, "a", href=point.url, tabindex="-1") if point.url and point.value else group
    dot = SubElement(parent, "circle", cx=x, cy=y, r=radius)
    SubElement(dot, "title").text = point.text


def _width(character: str) -> int:
    return _WIDE if unicodedata.east_asian_width(character) in "WFA" else _NARROW
