"""Rows 5 and 6, short: two importers, readers and backups beside a writer."""

from __future__ import annotations

from tests.faults import sharing


def test_a_second_importer_waits_or_is_told_who_holds_the_archive() -> None:
    assert sharing.two_importers(files=20) == []


def test_readers_are_never_wrong_while_the_archive_changes() -> None:
    figures, wrong = sharing.readers(rebuilds=40)
    assert wrong == []
    assert int(str(figures["answers"])) > 20
    assert int(str(figures["issues"])) > 5


def test_a_backup_taken_while_issues_come_in_holds_all_that_were_acknowledged() -> None:
    assert sharing.backups(times=3).wrong == []
