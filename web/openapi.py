"""The JSON API -> its description as OpenAPI 3.1, for programs that make clients of such."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any, get_args

from indexer.engine import Scope, Sort
from indexer.lexicon import Aliases
from web.asking import MOST_COMPLETIONS, MOST_HITS
from web.trends import BYS, MOST_TERMS

_ERRORS = {"400": "参数不对", "404": "没有这个编号", "503": "暂时不能检索"}


def description(base: str) -> dict[str, Any]:
    """The whole description of the API at `base`."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "往期", "version": version("wangqi"), "license": {"name": "MIT", "identifier": "MIT"}},
        "servers": [{"url": base}],
        "paths": {
            "/api/v1/search": {"get": _get("检索条目或要点", "Answer", *_search(), _limit(MOST_HITS), _offset())},
            "/api/v1/suggest": {
                "get": _get("补全", "Suggestions", _query("q", "已经写下的"), _limit(MOST_COMPLETIONS)),
            },
            "/api/v1/issues": {
                "get": _get("各期，新的在前", "Issues", *_days(), _limit(1000), _offset()),
                "put": _put(),
            },
            "/api/v1/issues/{identifier}": {"get": _get("一期，用编号或日期", "Issue", _identifier("20260208"))},
            "/api/v1/entries/{identifier}": {
                "get": _get("一条；已撤下的答 410，仍附最后的文字", "Entry", _identifier("20260208-03"), gone=True),
            },
            "/api/v1/tags": {"get": _get("标签与条数", "Tags")},
            "/api/v1/categories": {"get": _get("类别与条数", "Categories")},
            "/api/v1/sources": {"get": _get("来源与条数", "Sources")},
            "/api/v1/trend": {"get": _get("词在各天、各周或各月的条数", "Trend", *_trend())},
            "/api/v1/openapi.json": {"get": _get("这份说明", "Description")},
        },
        "components": {
            "schemas": _schemas(),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _get(summary: str, answer: str, *parameters: dict[str, Any], gone: bool = False) -> dict[str, Any]:
    responses = {"200": _response("结果", answer)} | ({"410": _response("已撤下", answer)} if gone else {})
    responses |= {status: _response(told, "Error") for status, told in _ERRORS.items()}
    return {"summary": summary, "parameters": list(parameters), "responses": responses}


def _put() -> dict[str, Any]:
    told = {"200": "修订或未变", "201": "新增", "409": "搁置", "422": "拒收"}
    refused = {"401": "令牌不对", "403": "没有开放收录", "413": "太大", "503": "另一个进程正在写入"}
    return {
        "summary": "收录一期；设了 INGEST_TOKEN 才开放",
        "security": [{"token": []}],
        "parameters": [_query("series", "系列，没有标题时用")],
        "requestBody": {"required": True, "content": {"text/markdown": {"schema": {"type": "string"}}}},
        "responses": {status: _response(text, "Ingested") for status, text in told.items()}
        | {status: _response(text, "Error") for status, text in refused.items()},
    }


def _response(told: str, schema: str) -> dict[str, Any]:
    held = {"schema": {"$ref": f"#/components/schemas/{schema}"}}
    return {"description": told, "content": {"application/json": held}}


def _trend() -> list[dict[str, Any]]:
    terms = {"type": "array", "items": {"type": "string"}, "maxItems": MOST_TERMS}
    return [
        _query("term", "检索式，至多五个", terms),
        _query("by", "按天、周或月；不写就看日子多少", {"enum": list(BYS)}),
        *_days(),
        *_filters(),
        _query("aliases", "别名", {"enum": list(get_args(Aliases)), "default": "names"}),
    ]


def _filters() -> list[dict[str, Any]]:
    several = {"category": "类别，任一", "tag": "标签，都要", "source": "来源或域名，任一", "series": "系列，任一"}
    return [_query(name, told, {"type": "array", "items": {"type": "string"}}) for name, told in several.items()]


def _search() -> list[dict[str, Any]]:
    return [
        _query("q", "检索式"),
        *_days(),
        *_filters(),
        _query("scope", "按条目或按要点", {"enum": list(get_args(Scope)), "default": "entry"}),
        _query("sort", "次序", {"enum": list(get_args(Sort)), "default": "relevance"}),
        _query("aliases", "别名", {"enum": list(get_args(Aliases)), "default": "names"}),
        _query("facets", "0 不要分面", {"enum": ["0", "1"], "default": "1"}),
        _query("as_of", "重复以前的检索：研究方法里的链接所带的值"),
    ]


def _days() -> list[dict[str, Any]]:
    return [_query("from", "从这天起：2026-02-08、2026-02、近30天"), _query("to", "到这天为止")]


def _query(name: str, told: str, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": told, "schema": schema or {"type": "string"}}


def _limit(most: int) -> dict[str, Any]:
    return _query("limit", "最多几个", {"type": "integer", "minimum": 0, "maximum": most})


def _offset() -> dict[str, Any]:
    return _query("offset", "从第几个起", {"type": "integer", "minimum": 0})


def _identifier(example: str) -> dict[str, Any]:
    return {"name": "identifier", "in": "path", "required": True, "schema": {"type": "string"}, "example": example}


def _schemas() -> dict[str, Any]:
    """The shape of each answer, by the names that are always there."""
    counted = {"name": "string", "count": "integer"}
    return {
        "Answer": _object(
            **dict.fromkeys(("total", "partial_total", "literal_total", "generation"), "integer"),
            **dict.fromkeys(("query", "coverage", "facets"), "object"),
            took_ms="number",
            hits="array",
        ),
        "Suggestions": _object(query="string", suggestions="array"),
        "Issues": _object(total="integer", issues="array"),
        "Issue": _object(issue="object"),
        "Entry": _object(entry="object"),
        "Tags": _list("tags", **counted, kind="string"),
        "Categories": _list("categories", **counted),
        "Sources": _list("sources", **counted, host="string"),
        "Trend": _object(by="string", total="integer", periods="array", terms="array", notices="array"),
        "Ingested": _object(issues="array", totals="object"),
        "Description": {"type": "object"},
        "Error": {
            "type": "object",
            "required": ["error"],
            "properties": {"error": _object(code="string", message="string", hint="string")},
        },
    }


def _object(**types: str) -> dict[str, Any]:
    return {"type": "object", "required": list(types), "properties": {name: {"type": of} for name, of in types.items()}}


def _list(name: str, /, **types: str) -> dict[str, Any]:
    return {
        "type": "object",
        "required": [name],
        "properties": {name: {"type": "array", "items": _object(**types)}},
    }
