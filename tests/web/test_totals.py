"""Page, API, table, feed and facets tell one number: for random searches over the samples."""

from __future__ import annotations

import csv
import html
import io
import os
import random
import re
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest

from web.asking import MOST_HITS

SEARCHES = int(os.environ.get("WANGQI_SEARCHES", "20"))
SEED = 20260208
WORDS = (
    *("模型", "智能", "千问", "飞鱼", "数据", "OpenAI", "发布", "开源", "芯片", "条例", "机器人", "无此一词"),
    *("“人工智能”", "“大模型”", "GPT*", "*GPT*", "标题:模型", "要点:(模型 数据)", "来源:央视网", "日期:2026-03"),
    *("-免单", "(千问|飞鱼)", "模型|智能", "NOT 开源"),
)
TOTAL = "{http://a9.com/-/spec/opensearch/1.1/}totalResults"


def searches():
    """So many searches, of one to three parts, with and without filters."""
    draw = random.Random(SEED)
    for _ in range(SEARCHES):
        asked = [("q", " ".join(draw.sample(WORDS, draw.randint(1, 3))))]
        asked += [("scope", "point")] if draw.random() < 0.4 else []
        asked += [("tag", draw.choice(("大模型", "千问", "OpenAI")))] if draw.random() < 0.2 else []
        asked += [("category", draw.choice(("政策与监管", "产品与应用发布")))] if draw.random() < 0.3 else []
        asked += [("from", "2026-03"), ("to", "2026-04-10")] if draw.random() < 0.3 else []
        asked += [("sort", draw.choice(("newest", "oldest", "relevance")))]
        asked += [("aliases", draw.choice(("none", "names", "all")))] if draw.random() < 0.3 else []
        yield urlencode(asked)


@pytest.mark.parametrize("asked", list(searches()))
def test_every_face_tells_the_same_number(samples, asked):
    answer = samples.get(f"/api/v1/search?{asked}").json
    page = html.unescape(samples.get(f"/search?{asked}").text)
    rows = list(csv.DictReader(io.StringIO(samples.get(f"/export?{asked}").text)))
    feed = ElementTree.fromstring(samples.get(f"/feed?{asked}&limit={MOST_HITS}").data)
    told = re.search(r"<strong>(\d+) (?:条|个要点)</strong>", page)
    sums = {name: sum(each["count"] for each in answer["facets"][name]) for name in ("category", "month", "series")}
    numbers = {
        "api": answer["total"],
        "page": int(told[1]),
        "rows": len(rows),
        "feed": int(feed.findtext(TOTAL)),
        **sums,
    }
    assert set(numbers.values()) == {answer["total"]}, numbers
    assert len({row["id"] for row in rows}) == len(rows)
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == min(answer["total"], MOST_HITS)
