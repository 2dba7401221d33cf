"""The benchmark's short form, and that its checks can fail."""

import json
import shutil
import sys
from subprocess import run
from xml.etree import ElementTree as Xml

import pytest

from tests.bench.agreement import Texts, compared, holds
from tests.bench.contenders import Place, contender
from tests.bench.homes import SAMPLES, furnished
from tests.bench.pages import Times, marks
from tests.bench.plot import drawing
from tests.bench.prepared import entries, prepare
from tests.bench.questions import KINDS, Question, drawn
from tests.bench.reporting import COLUMNS, QUOTED_BY_ALL, summary
from tests.bench.weighing import PAGES, lines, weighed
from web.services import Services


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bench")
    services = Services(furnished(folder / "home", SAMPLES, 120))
    prepare(services.home, folder / "prepared.db", services.segmenter)
    return Place(folder / "fts5", services, folder / "prepared.db")


@pytest.fixture(scope="module")
def fts5(place):
    place.folder.mkdir()
    made = contender("fts5", place)
    made.build()
    made.open()
    return made


@pytest.fixture(scope="module")
def questions(place):
    return drawn(place.prepared, place.services.segmenter)


def test_a_short_run_tells_every_figure_of_every_size_and_that_the_engines_agree(tmp_path):
    told, plot = tmp_path / "told.json", tmp_path / "plot.svg"
    command = ["-m", "tests.bench", "--sizes", "40", "--engines", "wangqi,fts5", "--short"]
    run([sys.executable, *command, "--json", str(told), "--plot", str(plot)], check=True, capture_output=True)
    written = json.loads(told.read_text())
    figures = written["sizes"]["40"]
    assert all(figures[engine][name] > 0 for engine in ("wangqi", "fts5") for name in COLUMNS)
    assert set(figures["wangqi"]["kinds"]) == set(KINDS)
    assert figures["agreement"]["fts5"]["holds"]
    assert figures["agreement"]["fts5"]["theirs"] > 0
    assert Xml.parse(plot).getroot().tag.endswith("svg")
    assert set(written["pages"]["40"]) == (set(PAGES) if shutil.which("chromium") else set())
    for page in written["pages"]["40"].values():
        assert page["html_kb"] > 1
        assert page["css_js_kb"] > 1
        assert page["requests"] == 3
        assert page["first_result_ms"] > 0
        assert page["layout_shift"] == 0


def test_without_chromium_the_pages_are_not_weighed_and_that_is_said(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert weighed(tmp_path) == {}
    assert "chromium is missing" in lines({})


def test_180_different_questions_of_nine_kinds_are_drawn_alike_each_time(place, questions):
    assert questions == drawn(place.prepared, place.services.segmenter)
    assert {kind: sum(question.kind == kind for question in questions) for kind in KINDS} == dict.fromkeys(KINDS, 20)
    assert {len(question.words[0]) for question in questions if question.kind == "quoted"} == {2, 3, 4, 5, 6}


def test_each_question_is_answered_by_an_entry(fts5, questions):
    assert all(fts5.every(question) for question in questions if question.kind not in ("quoted", "any"))


def test_fts5_has_the_words_that_were_cut(place, fts5):
    held = {word for entry in entries(place.prepared) for word in entry.words.split()}
    found = [word for word in sorted(held) if '"' not in word and not fts5.every(Question("common", (word,)))]
    assert found == []


def test_the_counts_of_a_page_are_those_of_its_hits(place, fts5):
    held = [entry for entry in entries(place.prepared) if " 模型 " in f" {entry.words} "]
    found = fts5.found(Question("common", ("模型",)))
    assert found.total == len(held) > 0
    tags = [tag for entry in held for tag in entry.tags]
    assert found.counts["tag"] == {tag: tags.count(tag) for tag in tags}


def test_a_hit_that_the_peer_alone_has_is_a_fault(place, fts5):
    class Less:
        def every(self, question):
            texts = Texts(place.prepared)
            return {texts.id[number] for number in sorted(fts5.every(question))[1:]}

        def found(self, question):
            return fts5.found(question)

    told = compared(Less(), fts5, [Question("common", ("模型",))], Texts(place.prepared))
    assert (told.missed, told.miscounted, told.holds) == (1, 1, False)


def test_a_hit_of_ours_without_the_word_is_a_fault(place, fts5):
    class More:
        def every(self, _):
            return set(Texts(place.prepared).text)

        def found(self, question):
            return fts5.found(question)

    told = compared(More(), fts5, [Question("common", ("模型",))], Texts(place.prepared))
    assert told.false > 0
    assert not told.holds


@pytest.mark.parametrize(
    ("question", "text", "held"),
    [
        (Question("words", ("模型", "ai")), "ai模型", True),
        (Question("words", ("模型", "ai")), "openai模型", False),
        (Question("any", ("模型", "ai")), "模型", True),
        (Question("prefix", ("ope",)), "openai", True),
        (Question("prefix", ("pen",)), "openai", False),
        (Question("quoted", ("用上",)), "用不上", False),
    ],
)
def test_a_text_is_looked_through_in_a_way_of_its_own(question, text, held):
    assert holds(question, text) is held


def test_marks_are_the_places_of_the_words():
    assert marks(Question("any", ("模型", "ai")), "ai与模型") == [(0, 2), (3, 5)]


def test_a_plot_has_a_row_for_each_engine_of_each_size():
    figures = {f"{state}_{end}_ms": 1.5 for state in ("cold", "warm") for end in ("p50", "p95")}
    root = Xml.fromstring(drawing({"10": {"wangqi": figures, "fts5": figures}, "100": {"wangqi": figures}}))
    assert [group.attrib["class"] for group in root.findall(".//{*}g")] == ["ours", "peer", "ours"]


def test_quotes_that_every_engine_finds_are_told_apart():
    others = [Question(kind, ("千问",)) for kind in KINDS if kind != "quoted"]
    found, unfound = Question("quoted", ("千问开源",)), Question("quoted", ("问开",))
    cold = [*(1.0 for _ in others), 4.0, 2.0]
    told = summary([*others, found, unfound], Times(cold, cold), {*others, found})
    assert (told["quoted_cold_p50_ms"], told[QUOTED_BY_ALL]) == (3.0, 4.0)
    assert QUOTED_BY_ALL not in summary([*others, unfound], Times(cold[:-1], cold[:-1]), others)
