"""`wangqi words`: new words are offered, and accepted or refused by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from factories import digest
from flask.testing import FlaskClient

from archive import lock
from archive.tagger import KINDS as TAG_KINDS
from indexer.newwords import KINDS
from indexer.segmenter import Segmenter
from web.commands import wangqi
from web.services import Services

TITLES = [f"“青鸾计划”第{n}批名单公布，启用GPT-9" for n in "一二三四"]


class Shell:
    """Runs `wangqi` on a home with one issue that has a name and a version to offer."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.home = folder, folder / "home"

    def run(self, *arguments: str, typed: str = "") -> Result:
        return CliRunner().invoke(wangqi, ["--home", str(self.home), *arguments], input=typed)

    def words(self, *arguments: str, typed: str = "") -> str:
        done = self.run("words", *arguments, typed=typed)
        assert done.exit_code == 0, done.output
        return done.stdout

    def ingest(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")
        assert self.run("ingest", str(self.folder / name)).exit_code == 0

    def total(self, query: str) -> int:
        return json.loads(self.run("search", query, "--json").stdout)["total"]

    def offered(self) -> list[str]:
        return [each["text"] for each in json.loads(self.words("--json"))["candidates"]]

    def file(self, name: str) -> str:
        path = self.home / "config" / name
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def write(self, name: str, data: bytes) -> None:
        (self.home / "config").mkdir(exist_ok=True)
        (self.home / "config" / name).write_bytes(data)


@pytest.fixture
def shell(tmp_path: Path, samples: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.setattr(Services, "segmenter", samples.application.extensions["wangqi"].segmenter)
    made = Shell(tmp_path)
    made.ingest("one.md", digest(*TITLES))
    return made


# ── offering ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_candidates_are_listed_with_their_count_and_an_example(shell: Shell) -> None:
    listed = shell.words()
    assert "青鸾计划" in listed
    assert "用户词" in listed
    assert "标签" in listed
    assert "2 个候选" in listed


def test_candidates_are_one_document_with_json(shell: Shell) -> None:
    name, version = json.loads(shell.words("--json"))["candidates"]
    assert (name["text"], name["kind"], name["entries"], name["becomes"]) == ("青鸾计划", "名称", 4, "word")
    assert (version["text"], version["kind"], version["becomes"]) == ("GPT-9", "版本", "tag")
    assert name["examples"][0] == {"entry": "20260208-01", "text": "“青鸾计划”第一批名单公布，启用GPT…"}


def test_one_kind_or_a_few_of_each_are_listed_on_wish(shell: Shell) -> None:
    assert "青鸾计划" not in shell.words("--kind", "版本")
    shell.ingest("two.md", digest(*(title.replace("青鸾", "白泽") for title in [*TITLES, *TITLES]), day="2026-02-09"))
    assert "青鸾计划" not in shell.words("--limit", "1")


def test_listing_changes_nothing(shell: Shell) -> None:
    shell.words()
    assert not (shell.home / "config").exists()


def test_a_home_without_an_archive_has_no_words(shell: Shell, tmp_path: Path) -> None:
    done = CliRunner().invoke(wangqi, ["--home", str(tmp_path / "none"), "words"])
    assert (done.exit_code, done.stderr.startswith("错误：")) == (1, True)


# ── deciding ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_accepted_word_of_ideographs_is_a_user_word_and_not_offered_again(shell: Shell) -> None:
    assert "config/words.txt" in shell.words("--accept", "青鸾计划")
    assert "青鸾计划  # 20" in shell.file("words.txt")
    assert "青鸾计划" in Services(shell.home).lexicon.words
    assert shell.offered() == ["GPT-9"]


def test_an_accepted_name_with_letters_is_a_tag_of_the_kind_that_was_named(shell: Shell) -> None:
    assert "标签（机构）" in shell.words("--accept", 'GPT-9 "甲"', "--accept", "GPT-9", "--tag-kind", "机构")
    names = Services(shell.home).tagger
    assert [names.name(each).kind for each in ("gpt 9", 'GPT-9 "甲"')] == ["机构", "机构"]
    assert shell.offered() == ["青鸾计划"]
    assert shell.run("reindex", "--quiet").exit_code == 0
    assert shell.total("标签:GPT-9") == 4


def test_a_refused_word_is_not_offered_again(shell: Shell) -> None:
    assert "config/refused.txt" in shell.words("--refuse", "青鸾计划", "--refuse", "gpt 9")
    assert shell.offered() == []
    assert shell.file("words.txt") == ""


def test_who_decides_again_takes_the_first_decision_back(shell: Shell) -> None:
    shell.words("--accept", "青鸾计划")
    shell.words("--refuse", "青鸾计划")
    assert ("青鸾" in shell.file("words.txt"), "青鸾" in shell.file("refused.txt")) == (False, True)
    shell.words("--accept", "青鸾计划")
    assert ("青鸾" in shell.file("words.txt"), "青鸾" in shell.file("refused.txt")) == (True, False)


def test_what_is_known_is_not_written_again(shell: Shell) -> None:
    for word in ("智能体", "Qwen"):
        assert "已在词表或名录里" in shell.words("--accept", word)
    assert not (shell.home / "config").exists()
    shell.words("--refuse", "青鸾", "--refuse", "青鸾")
    assert shell.file("refused.txt").count("青鸾") == 1


def test_what_a_person_wrote_into_the_files_stays(shell: Shell) -> None:
    shell.write("words.txt", "\ufeff# 我的词\n白泽号  # 船名".encode())
    shell.words("--accept", "青鸾计划")
    assert shell.file("words.txt").startswith("# 我的词\n白泽号  # 船名\n青鸾计划  # ")


def test_a_list_that_is_a_link_stays_one(shell: Shell) -> None:
    kept = shell.folder / "kept.txt"
    kept.write_text("白泽号\n", encoding="utf-8")
    (shell.home / "config").mkdir()
    (shell.home / "config" / "words.txt").symlink_to(kept)
    shell.words("--accept", "青鸾计划")
    assert "青鸾计划" in kept.read_text(encoding="utf-8")


def test_a_list_that_cannot_be_read_is_named(shell: Shell) -> None:
    shell.write("words.txt", "青鸾".encode("gb18030"))
    done = shell.run("words", "--refuse", "青鸾计划")
    assert (done.exit_code, "words.txt" in done.stderr) == (1, True)


def test_a_disk_that_fills_up_leaves_the_old_list(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    shell.words("--accept", "青鸾计划")
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    assert shell.run("words", "--accept", "白泽计划").exit_code == 1
    assert "白泽" not in shell.file("words.txt")
    assert "青鸾" in shell.file("words.txt")


@pytest.mark.parametrize("word", ["灯", " ", "甲\n乙", "C#语言", "青" * 41, "\x1b[2J甲"])
def test_what_cannot_be_a_word_is_wrong_use(shell: Shell, word: str) -> None:
    done = shell.run("words", "--accept", word)
    assert (done.exit_code, "不能作词" in done.stderr) == (2, True)


def test_a_decision_waits_for_the_one_writer(shell: Shell) -> None:
    with lock.writing(shell.home, "test"):
        assert [shell.run("words", option, "青鸾计划").exit_code for option in ("--accept", "--refuse")] == [3, 3]


# ── review ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_review_asks_one_after_another_with_count_and_examples(shell: Shell) -> None:
    said = shell.words("--review", typed="a\nr\n")
    assert "1/2  青鸾计划  （名称，4 条）" in said
    assert "    20260208-02  “青鸾计划”第二批名单公布" in said
    assert "青鸾计划" in shell.file("words.txt")
    assert "GPT-9" in shell.file("refused.txt")


def test_what_is_skipped_comes_again_and_who_leaves_keeps_what_was_decided(shell: Shell) -> None:
    shell.words("--review", typed="s\nq\n")
    assert shell.offered() == ["青鸾计划", "GPT-9"]
    shell.words("--review", typed="r\nq\n")
    assert shell.offered() == ["GPT-9"]


def test_an_answer_that_is_none_is_asked_again(shell: Shell) -> None:
    assert shell.words("--review", typed="x\nq\n").count("接受 a · 拒绝 r") == 2


# ── what a new word changes ─────────────────────────────────────────────────────────────────────────────────────────

QUERIES = ("“青鸾”", "“青鸾计划”", "青鸾计划", "名单 公布", "“单公”", "GPT-9")


def test_an_ingest_by_itself_adds_no_word_and_changes_no_total_of_earlier_days(shell: Shell) -> None:
    before = [shell.total(f"{query} 日期:2026-02-08") for query in QUERIES]
    assert before == [4] * len(QUERIES)
    shell.ingest("two.md", digest(*TITLES, *(f"青鸾计划{n}" for n in range(9)), day="2026-02-09"))
    assert [shell.total(f"{query} 日期:2026-02-08") for query in QUERIES] == before
    assert not (shell.home / "config").exists()


def test_an_accepted_word_changes_no_total_of_a_quote(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    before = [shell.total(query) for query in QUERIES]
    shell.words("--accept", "青鸾计划")
    held = Services(shell.home)
    monkeypatch.setattr(Services, "segmenter", Segmenter(held.lexicon, shell.home / "cache"))
    assert shell.run("check", "--json").exit_code == 0
    shell.ingest("two.md", digest("无关", day="2026-02-09"))
    assert shell.run("check", "--json").exit_code == 0
    assert held.segmenter.cut("青鸾计划") == ["青鸾计划"]
    assert [shell.total(query) for query in QUERIES] == before


def test_the_command_names_the_kinds_that_there_are() -> None:
    choices = {each.name: each.type for each in wangqi.commands["words"].params}
    assert tuple(choices["kind"].choices) == KINDS
    assert tuple(choices["tag_kind"].choices) == TAG_KINDS
