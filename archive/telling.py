"""A plain text -> the names that the text itself tells, without any list: in marks, with a version, or defined.

“X” beside the word for what it is (“飞鱼”大模型), 《X》, X 2.5, “X 是一款…”, and a title “X：开源的…工具”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archive.text.atoms import IDEOGRAPHS

BY_MARKS, BY_BOOK, BY_VERSION, BY_DEFINITION, BY_TITLE = "引号", "书名号", "版本号", "定义句", "标题"

_LETTER = r"A-Za-zÀ-ÖØ-öø-ɏ"
_WORD = rf"[{_LETTER}][{_LETTER}0-9+#.'_-]*[{_LETTER}0-9+#]|[A-Z]"
_NAME = rf"(?<![{_LETTER}0-9/@._-])(?P<name>(?:{_WORD})(?: (?:{_WORD}|\d[\d.]*)){{0,3}})"
_VERSION = re.compile(r"[ -]?[vV]?\d+(?:\.\d+)*\.?$|[ -][A-Z]\d*$")
_THING = (
    "大模型|模型|智能体|机器人|平台|系统|芯片|助手|框架|浏览器|手机|眼镜|应用|工具|引擎|客户端|编辑器|数据库|语言|软件"
    "|App|APP|SDK|插件|套件"
)
_DEFINED = re.compile(
    rf"{_NAME} ?(?:是|为)(?=一[款个种套项](?P<what>[^，。；]*)|[^，。]{{2,30}}(?:推出|发布|开发|打造)的)"
)
_TITLE = re.compile(
    rf"^[^\w“《「]*{_NAME} ?(?:[：:] ?|[ ][-–—|] )(?=[^：:]*(?:{_THING}|开源|管理器|工具包|工具箱|利器))"
)
_VERSIONED = re.compile(
    rf"{_NAME}(?P<version>[ -]?[vV]?\d{{1,3}}\.\d{{1,3}}(?:\.\d{{1,4}})?)(?![\d%]|\.\d|[ ]?[万亿倍%])"
)
_BOOK = re.compile("《([^《》\n]{2,40})》")
_POLICY = re.compile(
    "(?:法|法典|法案|条例|办法|规定|规则|细则|意见|纲要|通知|决定|决议|协定|公约| Act"
    "|(?:人工智能|算法|数据|国家|安全|产业|行动|发展|治理|伦理).*(?:规划|计划|方案|指南|指引|标准|规范|宣言|倡议))(?:[（(][^（）()]*[）)])?$"
)
_MARKED = re.compile(
    rf"(?P<before>{_THING})?(?:“(?P<one>[^“”\n]{{2,16}})”|「(?P<two>[^「」\n]{{2,16}})」)(?P<after>{_THING})?"
)
_RELEASED = re.compile("(?:发布|推出|研发|开发|上线|开源|打造|自研|构建)[^，。；]{0,16}$")
_HAN_NAME = re.compile(rf"[{IDEOGRAPHS}]{{2,4}}(?:AI|OS)?")
_LATIN_NAME = re.compile(rf"(?=.*[{_LETTER}])(?!\d)[{_LETTER}{IDEOGRAPHS}0-9. _·•-]+")
_CAPITAL = re.compile("[A-ZÀ-ÖØ-Þ]")
_SENTENCE = re.compile("[，。！？；：、…,!?;:+＋《》]")
# What is so often said with a version or in a definition and is no product's name (lower case).
_NOT_NAMES = """
    ai agi api apis app apps llm llms rag mcp agent agents ai-agent vlm nlp rl aigc gui cli sdk ide seo saas ceo cto
    gpu cpu skill skills prompt prompts transformer token tokens it this that he she they which who what here there
    you we i web http https usb wi-fi bluetooth version figure table section chapter release beta part top level
    series pr pep rfc issue day week phase stage industry deep-learning machine-learning moe lora ocr tts asr model
    models apache mit gpl license vibe vibe-coding pdf json yaml xml html css sql markdown ui ux ml iot ar vr xr nft
    dao q1 q2 q3 q4 gdp cpi ipo about gb mb kb tb hz ghz mm cm km usd us uk eu new the a an and or for with via on
    in of to
"""
_NO_NAMES = frozenset(_NOT_NAMES.split())


@dataclass(frozen=True, slots=True)
class Told:
    """A name that stands in text[start:end]."""

    name: str
    kind: str
    rule: str
    start: int
    end: int


def told(text: str, *, is_title: bool = False) -> Iterator[Told]:
    """The names that a plain text tells, the surest rules first; one name may come several times."""
    yield from _latin(_DEFINED, BY_DEFINITION, text)
    if is_title:
        yield from _latin(_TITLE, BY_TITLE, text)
    yield from _in_marks(text)
    yield from _latin(_VERSIONED, BY_VERSION, text)
    for match in _BOOK.finditer(text):
        kind = "政策法规" if _POLICY.search(match[1]) else "主题"
        yield Told(match[1].strip(), kind, BY_BOOK, match.start(1), match.end(1))


def _latin(pattern: re.Pattern[str], rule: str, text: str) -> Iterator[Told]:
    for match in pattern.finditer(text):
        name = _VERSION.sub("", match["name"])
        if _is_name(name) and (rule != BY_VERSION or _CAPITAL.search(name)):
            end = match.end("version") if rule == BY_VERSION else match.end("name")
            yield Told(name, "产品", rule, match.start("name"), end)


def _is_name(name: str) -> bool:
    words = name.lower().split(" ")
    if words[-1] in ("ceo", "cto") or all(word in _NO_NAMES for word in words) or words[0] in ("the", "a", "an"):
        return False
    return len(name) > 1 and (len(words) == 1 or name[0].isupper() or not name.islower())


def _in_marks(text: str) -> Iterator[Told]:
    """Words set apart are names only where what they name stands beside them, or a version inside."""
    for match in _MARKED.finditer(text):
        group = "one" if match["one"] else "two"
        written = match[group].strip()
        name = _VERSION.sub("", written)
        beside = match["before"] or match["after"]
        released = beside and _RELEASED.search(text, 0, match.start())
        has_version = name != written and len(name) > 1 and bool(_CAPITAL.search(name) or "." in written)
        if _SENTENCE.search(written) or not (released or has_version):
            continue
        is_name = _LATIN_NAME.fullmatch(name) and _is_name(name) and not name.startswith("AI ")
        if is_name or ((released or has_version) and _HAN_NAME.fullmatch(name)):
            yield Told(name, "产品", BY_MARKS, match.start(group), match.end(group))
