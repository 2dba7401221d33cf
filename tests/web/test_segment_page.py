"""/help/segment: how any text is folded, cut and found."""

from __future__ import annotations

import html
import re
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient


def ask(client: FlaskClient, q: str = "", text: str = "", status: int = 200) -> str:
    answer = client.get(f"/help/segment?q={quote(q)}&text={quote(text)}")
    assert answer.status_code == status
    return answer.text


def under(page: str, label: str) -> list[str]:
    """The words listed under a label."""
    found = re.search(rf"<dt>{label}.*?<dd>(.*?)</dd>", page, re.DOTALL)
    assert found, label
    return [html.unescape(each) for each in re.findall(r"<(?:li|code)>(.*?)</(?:li|code)>", found[1])]


def test_without_a_text_the_page_explains_itself_with_examples(samples: FlaskClient) -> None:
    page = samples.get("/help/segment").text
    examples = [html.unescape(each) for each in re.findall(r'<a href="(/help/segment\?[^"]+)"', page)]
    assert len(examples) == 3
    for each, mark in zip(examples, ("<s>的</s>", "找到 1 处", "没有找到"), strict=True):
        assert mark in samples.get(each).text
    assert "收录从不自动添词" in page


def test_a_text_is_shown_in_every_form(samples: FlaskClient) -> None:
    page = ask(samples, "具身智能體的ＡＩ")
    assert under(page, "折叠以后") == ["具身智能体的ai"]
    assert under(page, "单元") == ["具", "身", "智", "能", "体", "的", "ai"]
    assert under(page, "切成的词") == ["具身智能体", "<s>的</s>", "ai"]
    assert {"具身智能体", "智能"} <= set(under(page, "排序时的词"))
    assert under(page, "读成的检索式") == ["具身智能體的ＡＩ"]
    assert under(page, "实际检索") == ["具身智能体 ai"]


def test_what_folding_leaves_alone_is_not_shown_twice(samples: FlaskClient) -> None:
    assert "折叠以后" not in ask(samples, "千问")


def test_a_text_is_marked_where_the_other_stands(samples: FlaskClient) -> None:
    page = ask(samples, "GPT5.3", "甲<GPT-5.3>乙")
    assert "甲&lt;<mark>GPT-5.3</mark>&gt;乙" in page
    assert "找到 1 处" in page


@pytest.mark.parametrize(("text", "reason"), [("OpenAI", "须完整"), ("智能", "没有依次相连")])
def test_a_text_that_does_not_stand_there_is_told_why(samples: FlaskClient, text: str, reason: str) -> None:
    page = ask(samples, "AI", text)
    assert "没有找到" in page
    assert reason in page


def test_what_has_no_word_asks_for_everything(samples: FlaskClient) -> None:
    page = ask(samples, "，。")
    assert "没有" in page
    assert "检索说明" in page


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "'\"><b>", "\x00", "𝕏", "((", "\ud800", "́" * 512])
def test_a_hostile_text_is_shown_as_text(samples: FlaskClient, hostile: str) -> None:
    typed = hostile.encode("utf-8", "surrogatepass")
    page = samples.get(f"/help/segment?q={quote(typed)}&text={quote(typed)}")
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert "<b>" not in page.text


@pytest.mark.parametrize("name", ["q", "text"])
def test_a_text_over_the_limit_is_refused_with_a_sentence(samples: FlaskClient, name: str) -> None:
    longest = {"q": "甲", "text": "甲", name: "甲" * 512}
    ask(samples, **longest)
    assert f"{name} 超过 512 字" in ask(samples, **{**longest, name: "甲" * 513}, status=400)


def test_the_page_needs_no_archive(empty: FlaskClient) -> None:
    assert "切成的词" in ask(empty, "千问")


def test_the_help_leads_to_it(samples: FlaskClient) -> None:
    assert 'href="/help/segment"' in samples.get("/help").text
