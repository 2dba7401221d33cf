"""The command line: what it says, and with which exit status."""

from __future__ import annotations

import datetime
import errno
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from factories import digest
from flask.testing import FlaskClient
from serving import printing, read, served

from archive import lock
from archive.model import Entry, Tag
from archive.store import Reader, Writer
from archive.tagger import Tagger
from web.commands import wangqi
from web.commands.ingest import INGEST_GIVES_WAY, REBUILD_GIVES_WAY
from web.services import Services


class Shell:
    """Runs `wangqi` on a home of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "home"

    def run(self, *arguments: str, stdin: bytes | None = None) -> Result:
        return CliRunner().invoke(wangqi, ["--home", str(self.home), *arguments], input=stdin)

    def file(self, name: str, content: str | bytes) -> str:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)


@pytest.fixture
def shell(tmp_path: Path, samples: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """An empty home; every run shares one loaded dictionary."""
    monkeypatch.setattr(Services, "segmenter", samples.application.extensions["wangqi"].segmenter)
    return Shell(tmp_path)


@pytest.fixture
def filled(shell: Shell) -> Shell:
    """A home with one issue of two entries."""
    assert shell.run("ingest", shell.file("issue.md", digest("千问上线", "飞鱼下线"))).exit_code == 0
    return shell


# ── ingest ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_ingesting_says_what_became_of_each_file(shell: Shell) -> None:
    path = shell.file("issue.md", digest("千问"))
    done = shell.run("ingest", path)
    assert f"新增  20260208  {path}" in done.stdout
    assert "1 期：新增 1，未变 0" in done.stdout


def test_ingesting_again_leaves_all_unchanged(filled: Shell) -> None:
    done = filled.run("ingest", str(filled.folder / "issue.md"), "--json")
    assert json.loads(done.stdout)["totals"] == {"added": 0, "unchanged": 1, "revised": 0, "held": 0, "rejected": 0}


def test_the_document_of_an_ingest_tells_of_each_issue(shell: Shell) -> None:
    path = shell.file("issue.md", digest("千问", "飞鱼"))
    done = shell.run("ingest", path, "--json")
    assert json.loads(done.stdout)["issues"] == [
        {
            "path": path,
            "status": "added",
            "id": "20260208",
            "date": "2026-02-08",
            "series": "示例动态",
            "revision": 1,
            "entries": 2,
            "key_points": 2,
            "diagnostics": [],
        }
    ]


def test_an_issue_may_come_from_standard_input(shell: Shell) -> None:
    done = shell.run("ingest", "-", "--json", stdin=digest("千问").encode())
    assert json.loads(done.stdout)["issues"][0]["id"] == "20260208"


def test_a_dry_run_keeps_nothing(shell: Shell) -> None:
    done = shell.run("ingest", shell.file("issue.md", digest("千问")), "--dry-run", "--json")
    assert json.loads(done.stdout)["issues"][0]["entries"] == 1
    assert not shell.home.exists()


def test_a_dry_run_names_the_file_without_an_id(shell: Shell) -> None:
    path = shell.file("issue.md", digest("千问"))
    assert shell.run("ingest", path, "--dry-run").stdout.startswith(f"新增  —  {path}\n")


def test_quiet_says_nothing_when_all_is_well(shell: Shell) -> None:
    done = shell.run("ingest", shell.file("issue.md", digest("千问")), "--quiet")
    assert (done.stdout, done.stderr, done.exit_code) == ("", "", 0)


def test_a_revision_that_would_empty_an_issue_is_held(shell: Shell) -> None:
    path = shell.file("issue.md", digest("甲事", "乙闻", "丙况", "丁情"))
    shell.run("ingest", path)
    shell.file("issue.md", digest("完全无关的另一条消息"))
    held = shell.run("ingest", path)
    assert held.exit_code == 1
    assert "撤下 4 条中的 3 条" in held.stderr
    assert shell.run("ingest", path, "--force").exit_code == 0


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("nodate.md", "# 动态\n\n- **千问**\n".encode(), "日期"),
        ("binary.md", b"\x00\x01\x02\xff\xfe\x00", "文本"),
        ("empty.md", b"", "空"),
    ],
)
def test_a_file_that_is_no_issue_is_rejected_with_its_reason(
    shell: Shell, name: str, content: bytes, told: str
) -> None:
    good = shell.file("good.md", digest("千问"))
    bad = shell.file(name, content)
    done = shell.run("ingest", bad, good)
    assert done.exit_code == 1
    assert f"{bad}:1: error" in done.stderr
    assert told in done.stderr
    assert "新增 1" in done.stdout
    assert bad in shell.run("log").stdout


def test_a_path_that_does_not_exist_is_named_and_the_others_go_on(shell: Shell) -> None:
    done = shell.run("ingest", str(shell.folder / "nowhere.md"), shell.file("good.md", digest("千问")))
    assert done.exit_code == 1
    assert "nowhere.md" in done.stderr
    assert "新增 1" in done.stdout


def test_a_folder_without_issues_is_named(shell: Shell) -> None:
    (shell.folder / "nothing").mkdir()
    done = shell.run("ingest", str(shell.folder / "nothing"))
    assert done.exit_code == 1
    assert "nothing 里没有 Markdown 文件" in done.stderr


def test_strict_rejects_a_file_with_a_warning(shell: Shell) -> None:
    path = shell.file("2026-02-09.md", digest("千问"))  # the heading says the eighth
    done = shell.run("ingest", path, "--strict")
    assert done.exit_code == 1
    assert "--strict" in done.stderr


def test_a_second_writer_is_told_who_holds_the_archive(filled: Shell) -> None:
    with lock.writing(filled.home, "ingest"):
        done = filled.run("ingest", str(filled.folder / "issue.md"))
    assert done.exit_code == 3
    assert f"进程 {os.getpid()}" in done.stderr


def test_a_home_that_cannot_be_written_is_named(shell: Shell) -> None:
    shell.home.write_text("a file, not a folder")
    done = shell.run("ingest", shell.file("issue.md", digest("千问")))
    assert done.exit_code == 1
    assert str(shell.home) in done.stderr
    assert "Traceback" not in done.output


# ── search and show ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_search_prints_a_table_with_the_totals(filled: Shell) -> None:
    done = filled.run("search", "千问")
    assert "20260208-01" in done.stdout
    assert "· 千问上线的要点" in done.stdout
    assert "共 1 条，其中原样相连 1 条" in done.stdout


def test_a_search_says_why_where_that_is_not_plain_to_see(filled: Shell) -> None:
    assert "命中原因：写作“千问”" in filled.run("search", "千問").stdout
    assert "命中原因：“千问”是“Qwen”的别名" in filled.run("search", "Qwen").stdout.replace("qwen", "Qwen")
    assert "命中原因" not in filled.run("search", "千问").stdout


def test_a_search_without_hits_is_no_error(filled: Shell) -> None:
    done = filled.run("search", "月球")
    assert (done.exit_code, "共 0 条" in done.stdout) == (0, True)


def test_the_document_of_a_search_is_the_apis(filled: Shell) -> None:
    document = json.loads(filled.run("search", "千问", "--json").stdout)
    hit = document["hits"][0]
    assert (document["total"], document["query"]["canonical"]) == (1, "千问")
    assert hit["highlights"][0] == {"field": "title", "spans": [[0, 2]]}
    assert hit["why"][0] == {"term": "千问", "how": "word", "field": "title"}


def test_points_are_searched_by_scope(filled: Shell) -> None:
    done = filled.run("search", "要点", "--scope", "point", "--limit", "1")
    assert "个要点，显示 1 个要点" in done.stdout


def test_a_query_that_begins_with_a_minus_follows_two(filled: Shell) -> None:
    assert "20260208-02" in filled.run("search", "--", "-千问").stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--sort", "best"], "sort 的值“best”"),
        (["--limit", "501"], "limit 的值“501”"),
        (["--offset", "-1"], "offset 的值“-1”"),
        (["--from", "someday"], "from 的值“someday”"),
        (["--scope", "issue"], "scope 的值“issue”"),
    ],
)
def test_a_wrong_option_is_named_with_what_is_right(filled: Shell, arguments: list[str], told: str) -> None:
    done = filled.run("search", "千问", *arguments)
    assert done.exit_code == 2
    assert told in done.stderr


def test_dates_the_wrong_way_round_are_swapped_and_it_is_said(filled: Shell) -> None:
    done = filled.run("search", "千问", "--from", "2026-03", "--to", "2026-01")
    assert "起止日期写反了" in done.stderr
    assert "共 1 条" in done.stdout


def test_punctuation_alone_is_searched_with_a_notice(filled: Shell) -> None:
    done = filled.run("search", "，。！")
    assert done.exit_code == 0
    assert "检索说明" in done.stderr


def test_searching_without_an_archive_says_what_to_do(shell: Shell) -> None:
    done = shell.run("search", "千问")
    assert done.exit_code == 1
    assert "wangqi ingest" in done.stderr


def test_an_entry_is_shown(filled: Shell) -> None:
    done = filled.run("show", "20260208-02")
    assert done.stdout.startswith("飞鱼下线\n20260208-02 · 示例动态 · 刊期 2026-02-08")


def test_a_key_points_id_shows_its_entry(filled: Shell) -> None:
    assert filled.run("show", "20260208-02.1").stdout.startswith("飞鱼下线")


def test_a_key_point_that_a_revision_dropped_is_shown_with_its_last_text(filled: Shell) -> None:
    corrected = digest("千问上线", "飞鱼下线").replace("    - 飞鱼下线的要点。\n", "    - 航线全部取消。\n")
    filled.run("ingest", filled.file("issue.md", corrected))
    done = filled.run("show", "20260208-02.1")
    assert (done.exit_code, "已撤下的要点：\n  · 飞鱼下线的要点。  20260208-02.1" in done.stdout) == (0, True)
    assert "已撤下" not in filled.run("show", "20260208-02", "--revision", "1").stdout


@pytest.mark.parametrize("identifier", ["20260208", "2026-02-08"])
def test_a_removed_issue_is_shown_and_its_bytes_come_back(filled: Shell, identifier: str) -> None:
    filled.run("remove", "20260208")
    done = filled.run("show", identifier)
    assert done.stdout.startswith("示例动态  2026-02-08  （20260208，第 1 版，已移除）\n")
    assert "20260208-02  飞鱼下线" in done.stdout
    assert filled.run("show", identifier, "--raw").stdout_bytes == digest("千问上线", "飞鱼下线").encode()


@pytest.mark.parametrize("identifier", ["20260208", "20260208-01", "20260208-01.1", "2026-02-08"])
def test_what_was_erased_is_named_as_erased(filled: Shell, identifier: str) -> None:
    filled.run("remove", "20260208", "--erase")
    done = filled.run("show", identifier)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "已销毁，文字不再可得" in done.stderr


def test_an_issue_is_shown_by_its_id_and_by_its_date(filled: Shell) -> None:
    by_id = filled.run("show", "20260208").stdout
    assert "20260208-01  千问上线" in by_id
    assert filled.run("show", "2026年2月8日").stdout == by_id


def test_the_exact_bytes_come_back(shell: Shell) -> None:
    data = ("\ufeff" + digest("千问").replace("\n", "\r\n")).encode()
    shell.run("ingest", shell.file("issue.md", data))
    assert shell.run("show", "2026-02-08", "--raw").stdout_bytes == data


def test_an_earlier_revision_comes_back(filled: Shell) -> None:
    filled.run("ingest", filled.file("issue.md", digest("千问上线", "飞鱼又下线")))
    assert "飞鱼又下线" in filled.run("show", "20260208").stdout
    assert "飞鱼下线" in filled.run("show", "20260208", "--revision", "1").stdout
    first = filled.run("show", "20260208", "--revision", "1", "--raw").stdout_bytes
    assert first == digest("千问上线", "飞鱼下线").encode()


def test_a_date_with_two_series_names_both(filled: Shell) -> None:
    filled.run("ingest", filled.file("other.md", digest("千问", series="另一日报")))
    done = filled.run("show", "2026-02-08")
    assert done.exit_code == 1
    assert "20260208（示例动态），20260208b（另一日报）" in done.stderr


@pytest.mark.parametrize("identifier", ["20260208-99", "20260208-01.9", "20260101", "2026-01-01", "什么"])
def test_an_unknown_id_is_named(filled: Shell, identifier: str) -> None:
    done = filled.run("show", identifier)
    assert done.exit_code == 1
    assert identifier in done.stderr


def test_json_of_show_is_the_apis(filled: Shell) -> None:
    assert json.loads(filled.run("show", "20260208-01", "--json").stdout)["entry"]["title"] == "千问上线"
    assert json.loads(filled.run("show", "20260208", "--json").stdout)["issue"]["id"] == "20260208"


# ── the rest ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_statistics_count_what_is_held(filled: Shell) -> None:
    document = json.loads(filled.run("stats", "--json").stdout)
    assert document == {
        "issues": 1,
        "entries": 2,
        "key_points": 2,
        "withdrawn": 0,
        "diagnostics": 0,
        "series": [{"name": "示例动态", "issues": 1, "entries": 2}],
        "from": "2026-02-08",
        "to": "2026-02-08",
        "generation": 1,
    }
    assert "entries     2" in filled.run("stats").stdout


def test_the_status_tells_where_what_and_when(filled: Shell) -> None:
    told = filled.run("status").stdout
    assert str(filled.home) in told
    assert "1 期 · 2 条 · 2 个要点" in told
    assert "第 1 代，0 期等待" in told


@pytest.mark.parametrize(
    ("command", "nice"), [(("reindex",), [REBUILD_GIVES_WAY]), (("ingest", "-"), [INGEST_GIVES_WAY]), (("check",), [])]
)
def test_who_writes_gives_way_to_the_readers_of_a_server(
    filled: Shell, given_way: list[int], command: tuple[str, ...], nice: list[int]
) -> None:
    given_way.clear()
    filled.run(*command)
    assert given_way == nice


def test_reindex_of_the_index_alone_leaves_tags_as_they_are(filled: Shell) -> None:
    config = filled.home / "config"
    config.mkdir()
    (config / "tags.toml").write_text('[[tag]]\nname = "千问上线"\nkind = "主题"\n', encoding="utf-8")
    assert "第 2 代索引，1 期" in filled.run("reindex", "--only-index").stdout
    assert "共 0 条" in filled.run("search", "标签:千问上线").stdout


def test_reindex_tags_and_indexes_anew(filled: Shell) -> None:
    config = filled.home / "config"
    config.mkdir()
    (config / "tags.toml").write_text('[[tag]]\nname = "千问上线"\nkind = "主题"\n', encoding="utf-8")
    assert "第 2 代索引，1 期" in filled.run("reindex").stdout
    assert "共 1 条" in filled.run("search", "标签:千问上线").stdout


def test_while_entries_are_tagged_anew_issues_come_in_and_keep_their_own_tags(
    filled: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled.run("ingest", filled.file("next.md", digest("百度", day="2026-02-09")))
    by_a_rebuild, exits = Tag("重建时打的", "主题", "名录", "title", "", 0), []

    def interrupted(_: Tagger, entry: Entry) -> tuple[Tag, ...]:
        with monkeypatch.context() as others:
            others.setattr(Tagger, "tags", lambda *_: (Tag("收录时打的", "主题", "名录", "title", "", 0),))
            if not exits and entry.title == "千问上线":
                revised = filled.file("revised.md", digest("百度再开源", "阿里巴巴", "千问上线"))
                exits.append(filled.run("ingest", "--force", revised).exit_code)
                exits.append(filled.run("remove", "20260209").exit_code)
        return (by_a_rebuild,)

    monkeypatch.setattr(Tagger, "tags", interrupted)
    monkeypatch.setattr(sys.modules["web.commands.ingest"], "AT_A_TIME", 1)
    assert filled.run("reindex").exit_code == 0
    assert exits == [0, 0]
    tags = json.loads(filled.run("tags", "--json").stdout)["tags"]
    assert [(each["name"], each["count"]) for each in tags] == [("收录时打的", 3)]
    assert filled.run("check").exit_code == 0


def test_a_mistake_in_a_data_file_names_the_file(filled: Shell) -> None:
    config = filled.home / "config"
    config.mkdir()
    (config / "tags.toml").write_text("[[tag]\n", encoding="utf-8")
    done = filled.run("reindex")
    assert done.exit_code == 1
    assert "tags.toml" in done.stderr


def test_what_waits_for_the_index_is_said(filled: Shell) -> None:
    from archive.ingest import Options, find_files, ingest

    writer = Writer.open(filled.home)
    path = Path(filled.file("next.md", digest("飞鱼", day="2026-02-09")))
    assert [each.status for each in ingest(find_files([path]), writer, Tagger(), Options())] == ["added"]
    assert "有 1 期还没有进入索引" in filled.run("search", "飞鱼").stderr
    filled.run("ingest", str(path))
    assert "20260209-01" in filled.run("search", "飞鱼").stdout


def test_the_help_needs_neither_the_index_nor_the_dictionary() -> None:
    script = (
        "import sys; from click.testing import CliRunner; from web.commands import wangqi;"
        "assert CliRunner().invoke(wangqi, ['--help']).exit_code == 0;"
        "heavy = {'jieba', 'whoosh', 'numpy', 'flask', 'sqlite_utils', 'opencc'} & set(sys.modules);"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_searching_loads_nothing_that_writing_or_markdown_needs(filled: Shell) -> None:
    program = (
        "import sys; from web.commands import wangqi; "
        f"wangqi(['--home', {str(filled.home)!r}, 'search', '千问'], standalone_mode=False); "
        "print({'sqlite_utils', 'markdown_it', 'flask', 'jinja2'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "千问上线" in done.stdout
    assert done.stdout.endswith("set()\n")


def test_a_server_answers_on_the_address_it_prints(filled: Shell) -> None:
    with served([sys.executable, "-m", "web", "--home", str(filled.home), "serve", "--port", "0"]) as base:
        assert json.loads(read(f"{base}healthz")) == {"status": "ok", "generation": 1}
        assert json.loads(read(f"{base}api/v1/search?q=%E5%8D%83%E9%97%AE"))["total"] == 1


def test_a_running_server_finds_what_is_ingested_beside_it(filled: Shell) -> None:
    with served([sys.executable, "-m", "web", "--home", str(filled.home), "serve", "--port", "0"]) as base:
        assert json.loads(read(f"{base}api/v1/search?q=new"))["total"] == 0
        filled.run("ingest", filled.file("next.md", digest("new", day="2026-02-09")))
        until = time.monotonic() + 60
        while (total := json.loads(read(f"{base}api/v1/search?q=new"))["total"]) == 0 and time.monotonic() < until:
            time.sleep(0.05)
        assert total == 1


def test_a_taken_port_is_named(filled: Shell) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = filled.run("serve", "--port", port)
    assert done.exit_code == 1
    assert f"127.0.0.1:{port}" in done.stderr


def test_an_issue_of_the_far_future_is_kept_with_a_warning(shell: Shell) -> None:
    done = shell.run("ingest", shell.file("issue.md", digest("千问", day="2099-01-01")))
    assert done.exit_code == 0
    assert "warning future-date" in done.stderr


def test_a_watched_folder_takes_what_comes_and_goes_on_past_a_bad_file(shell: Shell) -> None:
    folder = shell.folder / "inbox"
    folder.mkdir()
    (folder / "first.md").write_text(digest("千问"), encoding="utf-8")
    command = [sys.executable, "-m", "web", "--home", str(shell.home), "ingest", "--watch", str(folder)]
    with printing(command) as lines:
        assert_comes(lines, "新增  20260208")
        (folder / "bad.md").write_text("没有日子", encoding="utf-8")
        assert_comes(lines, "拒收  —")
        (folder / "next.md").write_text(digest("飞鱼", day="2026-02-09"), encoding="utf-8")
        assert_comes(lines, "新增  20260209")
        (folder / "next.md").write_text(digest("飞鱼", "青鸾", day="2026-02-09"), encoding="utf-8")
        assert_comes(lines, "修订  20260209")
    assert "共 1 条" in shell.run("search", "青鸾").stdout


def test_a_writer_says_in_the_locks_note_how_far_it_has_come(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.commands.home.TOLD_SECONDS", -1.0)
    told = []
    monkeypatch.setattr(lock, "tell", lambda home, progress: told.append((home, progress)))
    paths = [shell.file(f"{day}.md", digest("千问", day=f"2026-02-0{day}")) for day in (1, 2)]
    assert shell.run("ingest", *paths).exit_code == 0
    assert told == [(shell.home, f"{what} {n}/2") for what in ("收录", "编制索引") for n in (0, 1)]


def test_of_many_issues_it_is_told_that_they_are_written_once_all_are_read(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.commands.home.MANY_ISSUES", 2)
    paths = [shell.file(f"{day}.md", digest("千问", day=f"2026-02-0{day}")) for day in (1, 2)]
    assert "正在写入索引" not in shell.run("ingest", paths[0]).stderr
    assert "正在写入索引" in shell.run("ingest", paths[1], shell.file("3.md", digest("飞鱼", day="2026-02-03"))).stderr
    assert "正在写入索引" in shell.run("reindex", "--only-index").stderr
    assert shell.run("reindex", "--only-index", "--quiet").stderr == ""


def test_a_follower_tries_again_what_a_full_disk_refused(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    path = Path(shell.file("issue.md", digest("千问")))
    monkeypatch.setattr("web.commands.watching.settled", lambda _: iter([[path], [], []]))
    monkeypatch.setattr(sys.modules["web.commands.ingest"], "RETRY_SECONDS", 0.0)
    refusals = iter([OSError(errno.ENOSPC, "No space left on device")])

    def opened(home: Path, opening: Callable[[Path], Writer] = Writer.open) -> Writer:
        for refusal in refusals:
            raise refusal
        return opening(home)

    monkeypatch.setattr(Writer, "open", opened)
    done = shell.run("ingest", "--watch", str(path.parent))
    assert "磁盘已满" in done.stderr
    assert done.stdout.count("新增  20260208") == 1


def test_a_follower_does_not_try_again_at_once(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    path = Path(shell.file("issue.md", digest("千问")))
    monkeypatch.setattr("web.commands.watching.settled", lambda _: iter([[path], [], []]))

    def refused(_: Path) -> Writer:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Writer, "open", refused)
    assert shell.run("ingest", "--watch", str(path.parent)).stderr.count("磁盘已满") == 1


def test_a_follower_goes_by_the_words_and_the_day_as_they_are(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [Path(shell.file(f"{n}.md", digest("飞鱼", day=f"2026-02-0{n}"))) for n in (1, 8)]
    days = [datetime.date(2026, 2, 1)]

    def batches(_: object) -> Iterator[list[Path]]:
        yield paths[:1]
        days.append(datetime.date(2026, 2, 8))
        (shell.home / "config").mkdir()
        (shell.home / "config" / "words.txt").write_text("飞鱼计划", encoding="utf-8")
        yield paths[1:]

    monkeypatch.setattr("web.commands.watching.settled", batches)
    monkeypatch.setattr(Services, "today", staticmethod(lambda: days[-1]))
    done = shell.run("ingest", "--watch", str(shell.folder))
    assert "新增  20260208" in done.stdout
    assert "future-date" not in done.stderr
    state = Reader.open(shell.home).index_state()
    assert state.dictionary == Services(shell.home).lexicon.fingerprint


def test_only_folders_are_watched(shell: Shell) -> None:
    done = shell.run("ingest", "--watch", shell.file("issue.md", digest("千问")))
    assert (done.exit_code, "不是文件夹" in done.stderr) == (1, True)


def assert_comes(lines: Iterator[str], wanted: str) -> None:
    """The process prints it sooner or later (the suite's own time-out bounds the wait)."""
    seen = []
    for line in lines:
        seen.append(line)
        if wanted in line:
            return
    raise AssertionError("".join(seen))


def test_every_run_is_in_the_log(filled: Shell) -> None:
    filled.run("ingest", str(filled.folder / "issue.md"))
    runs = [line for line in filled.run("log").stdout.splitlines() if "运行" in line]
    assert [line.partition("—")[2].strip() for line in runs] == [
        "1 期：新增 1，未变 0，修订 0，搁置 0，拒收 0",
        "1 期：新增 0，未变 1，修订 0，搁置 0，拒收 0",
    ]
