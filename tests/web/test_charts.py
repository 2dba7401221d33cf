"""A chart shows gaps as gaps and few matches as dots; every point is a link, and no text becomes markup."""

from __future__ import annotations

from xml.etree import ElementTree

from web.charts import Course, Point, chart, chart_file, months, timeline

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '<script>alert("甲")</script>&\x0b'


def drawn(*values, name="千问", unit=""):
    """One course of these values."""
    points = tuple(Point(f"第{n}", value, f"第{n}：{value}", f"/at?a=1&n={n}") for n, value in enumerate(values))
    return ElementTree.fromstring(chart([Course(name, points)], "图", unit=unit))


def lines(svg):
    return [each.get("d") for each in svg.iter(f"{SVG}path")]


def test_a_period_without_issues_interrupts_the_line():
    assert [line.count("L") + 1 for line in lines(drawn(9, 8, None, 7, 9, 8))] == [2, 3]


def test_a_period_without_matches_does_not():
    assert [line.count("L") + 1 for line in lines(drawn(9, 0, 9))] == [3]


def test_few_matches_are_dots_without_a_line():
    svg = drawn(1, 4, 0)
    assert lines(svg) == []
    assert len(list(svg.iter(f"{SVG}circle"))) == 3


def test_every_match_is_a_link_and_tells_its_count():
    links = list(drawn(9, 0, None, 7).iter(f"{SVG}a"))
    assert [link.get("href") for link in links] == ["/at?a=1&n=0", "/at?a=1&n=3"]
    assert links[1].findtext(f"{SVG}circle/{SVG}title") == "第3：7"


def test_a_higher_value_stands_higher_and_a_later_one_further_right():
    dots = list(drawn(5, 10).iter(f"{SVG}circle"))
    (x1, y1), (x2, y2) = ((float(dot.get("cx")), float(dot.get("cy"))) for dot in dots)
    assert x1 < x2
    assert y1 > y2


def test_counts_are_marked_by_whole_numbers():
    for most in range(1, 30):
        marks = [each.text for each in drawn(most).iter(f"{SVG}text")]
        assert all(mark.isdigit() for mark in marks if mark != "第0"), (most, marks)


def test_shares_are_marked_with_their_unit():
    assert "4%" in [each.text for each in drawn(1.5, 4.0, unit="%").iter(f"{SVG}text")]


def test_several_courses_are_named_and_told_apart():
    made = chart([Course("甲", (Point("1", 9),)), Course("乙" * 40, (Point("1", 8),))], "图")
    svg = ElementTree.fromstring(made)
    assert {"甲", "乙" * 24 + "…"} <= {each.text for each in svg.iter(f"{SVG}text")}
    assert {"c1", "c2"} <= {each.get("class") for each in svg.iter(f"{SVG}g")}


def test_no_text_becomes_markup_and_a_page_is_given_no_script_or_style():
    courses = [Course(HOSTILE, (Point(HOSTILE, 9, HOSTILE, "/x?q=<>"),))] * 2
    svg = ElementTree.fromstring(chart(courses, HOSTILE))
    assert {each.tag.removeprefix(SVG) for each in svg.iter()} <= {
        "svg",
        "g",
        "line",
        "text",
        "a",
        "path",
        "circle",
        "title",
    }
    assert not any(name == "style" or name.startswith("on") for each in svg.iter() for name in each.attrib)


def test_a_file_has_its_own_style_for_light_and_dark():
    made = chart_file([Course("甲", (Point("1", 9),))], "图")
    assert made.startswith('<?xml version="1.0" encoding="utf-8"?>\n<svg ')
    svg = ElementTree.fromstring(made.encode())
    assert "prefers-color-scheme: dark" in svg.findtext(f"{SVG}style")


def test_nothing_to_show_is_an_empty_place_or_an_empty_file():
    assert chart([], "图") == chart([Course("甲", ())], "图") == ""
    assert ElementTree.fromstring(chart_file([], "图")).findall(f"{SVG}g") == []


def test_all_gaps_make_a_chart_without_points():
    assert list(drawn(None, None).iter(f"{SVG}circle")) == []


def test_many_points_are_drawn_smaller_and_their_zeros_by_the_line_alone():
    dots = list(drawn(*[0, 9] * 60).iter(f"{SVG}circle"))
    assert {dot.get("r") for dot in dots} == {"2"}
    assert len(dots) == 60


def test_a_timeline_tells_a_month_without_matches_from_one_without_issues():
    made = timeline("千问", {"2026-02": 3}, ["2025-12", "2026-02"], lambda month: f"/m/{month}")
    assert [(point.label, point.value) for point in made.points] == [("2025-12", 0), ("2026-01", None), ("2026-02", 3)]
    assert [link.get("href") for link in ElementTree.fromstring(made.svg).iter(f"{SVG}a")] == ["/m/2026-02"]


def test_a_timeline_of_an_empty_archive_is_empty():
    assert timeline("千问", {}, [], str).points == ()


def test_months_follow_one_another_over_the_years():
    assert list(months("2025-11", "2026-02")) == ["2025-11", "2025-12", "2026-01", "2026-02"]
