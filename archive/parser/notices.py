"""A code and the text it is about -> a diagnostic with its severity and a Chinese sentence."""

from __future__ import annotations

from archive.model import Diagnostic

_SHOWN = 40
_SENTENCES = {
    "unknown-line": ("warning", "没有读懂这一行：{}"),
    "no-entries": ("warning", "这一期没有读到任何条目"),
    "date-disagrees": ("warning", "日期与文件名不一致，以前者为准：{}"),
    "date-differs": ("note", "文件头里是另一个日期，以前者为准：{}"),
    "front-matter": ("note", "文件头里的这一行未收录：{}"),
    "second-date": ("warning", "同一个文件里又有一个带日期的标题：{}"),
    "future-date": ("warning", "刊期比今天晚两天以上：{}"),
    "duplicate-field": ("warning", "同一条目里重复的栏目，已并入前一个：{}"),
    "bad-url": ("warning", "不是完整的 http(s) 网址，只保留名称：{}"),
    "date-range": ("note", "标题里是几天，刊期取第一天：{}"),
    "year-assumed": ("note", "日期没有写年份，按旁证补上：{}"),
    "subtitle": ("note", "日期之后是当天的副题，不算刊名：{}"),
    "section": ("note", "目录、关键词、附注或配图，未收录：{}"),
    "overview": ("note", "条目的编号一览，只取类别：{}"),
    "table-header": ("note", "表头未收录：{}"),
    "second-heading": ("note", "标题不止一个，这一个未用作名称：{}"),
    "empty-category": ("note", "这个类别下没有条目：{}"),
    "control-character": ("note", "已去掉控制字符：{}"),
    "image": ("note", "图片未收录：{}"),
    "html": ("note", "HTML 未收录：{}"),
    "comment": ("note", "注释未收录：{}"),
    "code-block": ("note", "代码块未收录：{}"),
    "quote": ("note", "条目之外的引文未收录：{}"),
}


def notice(line: int, code: str, text: str = "") -> Diagnostic:
    """A diagnostic of this code for a line (counted from 1); the text is shortened to forty characters."""
    severity, sentence = _SENTENCES[code]
    shown = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    return Diagnostic(line, severity, code, sentence.format(shown))
