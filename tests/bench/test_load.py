"""The load harness's short form, and that its checks can fail."""

import os
import shutil
import sys
from pathlib import Path
from subprocess import PIPE, Popen

import pytest

from tests.bench import clients
from tests.bench.homes import SAMPLES, furnished, wangqi
from tests.bench.load import failed, lines
from tests.bench.watching import Checker, Ingesting, Memory, family_of, servers_of
from tests.serving import comes, served


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return furnished(tmp_path_factory.mktemp("load") / "home", SAMPLES, 40)


@pytest.fixture(scope="module")
def base(home):
    with served(wangqi(home, "serve", "--port", "0")) as base:
        yield base


@pytest.fixture
def paths(tmp_path):
    (tmp_path / "paths").write_text("/search?q=AI\n/api/v1/search?q=AI\n", encoding="utf-8")
    return tmp_path / "paths"


def test_a_short_run_answers_everything_rightly_while_it_is_written_to(home, tmp_path):
    copy = Path(shutil.copytree(home, tmp_path / "home"))
    told = list(lines(copy, tmp_path, [2], seconds=0.3, each=1, shells=1))
    assert not any(map(failed, told))
    (busy,) = (line for line in told if line.get("phase") == "busy")
    assert busy["requests"] > 0
    assert busy["checked"] > 0
    assert busy["ingested"] > 0
    assert busy["pss_mb_max"] > 0


@pytest.mark.parametrize("kind", [clients._threads, clients._wrk] if shutil.which("wrk") else [clients._threads])
def test_an_answer_that_is_no_page_is_an_error(base, paths, kind):
    load, bad = clients.Load(), clients.Load()
    with kind(base, paths, 2, 5, load):
        clients.time.sleep(0.3)
    paths.write_text("/nothing\n", encoding="utf-8")
    with kind(base, paths, 2, 5, bad):
        clients.time.sleep(0.3)
    assert load.told["errors"] == 0
    assert load.told["requests"] > 0
    assert bad.told["errors"] == bad.told["requests"] > 0


def test_another_total_than_before_is_a_wrong_answer(base, home, tmp_path):
    checker = Checker(base, ["/api/v1/search?q=zqwxa"])
    checker()
    assert (checker.asked, checker.wrong) == (1, [])
    ingesting = Ingesting(base, home, tmp_path)
    ingesting()
    ingesting()  # the second issue's word is zqwxb
    checker._known = [("/api/v1/search?q=zqwxa", 11)]
    checker()
    assert checker.wrong == ["/api/v1/search?q=zqwxa: 12 instead of 11"]
    assert ingesting.told()["ingested"] == 2


def test_what_is_not_a_server_is_no_answer():
    checker = Checker("http://127.0.0.1:9/", [])
    checker._known = [("/", 1)]
    checker()
    assert len(checker.wrong) == 1


def test_the_memory_is_that_of_every_process_of_the_server(base, home):
    memory = Memory(lambda: servers_of(home))
    memory()
    assert memory.seen[0] > 10


def test_the_family_of_a_process_is_all_that_it_and_its_children_began():
    inner = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'input()'])"
    with Popen([sys.executable, "-c", inner], stdin=PIPE) as outer:
        assert comes(lambda: len(list(family_of(outer.pid))) == 2)
        assert outer.pid in family_of(os.getpid())
        outer.communicate(b"\n")
    assert outer.pid not in family_of(os.getpid())
    assert outer.returncode == 0
