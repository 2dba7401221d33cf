"""Digests varied up to any size."""

from collections import Counter
from pathlib import Path

from archive.parser import parse
from archive.parser.writing import to_markdown
from tests.bench.corpus import read, varied
from tests.bench.homes import SAMPLES


def test_a_size_is_met_to_the_entry():
    assert sum(len(issue.entries) for issue in varied(SAMPLES, 137)) == 137


def test_the_same_seed_makes_the_same_issues_and_another_makes_others():
    large = 3 * sum(len(issue.entries) for issue in read(SAMPLES))
    assert list(varied(SAMPLES, large)) == list(varied(SAMPLES, large))
    assert list(varied(SAMPLES, large)) != list(varied(SAMPLES, large, seed=6))


def test_a_further_round_holds_every_category_and_key_point_as_often():
    once = sum(len(issue.entries) for issue in read(SAMPLES))
    rounds = [list(varied(SAMPLES, size)) for size in (once, 2 * once)]
    first, second = rounds[0], rounds[1][len(rounds[0]) :]
    assert _categories(second) == _categories(first)
    assert sum(len(entry.key_points) for issue in second for entry in issue.entries) == sum(
        len(entry.key_points) for issue in first for entry in issue.entries
    )


def test_a_varied_issue_is_read_as_it_was_made():
    issue = list(varied(SAMPLES, 2 * sum(len(issue.entries) for issue in read(SAMPLES))))[-1]
    again = parse(to_markdown(issue)).issue
    assert (again.series, again.date) == (issue.series, issue.date)
    assert [entry.title for entry in again.entries] == [entry.title for entry in issue.entries]


def test_a_folder_without_digests_holds_none(tmp_path: Path):
    (tmp_path / "README.md").write_text("# 没有日期\n", encoding="utf-8")
    assert read(tmp_path) == []


def _categories(issues):
    return Counter(entry.category for issue in issues for entry in issue.entries)
