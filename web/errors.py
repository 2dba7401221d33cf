"""Exceptions -> answers that name the thing and say what to do: a page for readers, one shape of JSON for programs."""

from __future__ import annotations

from flask import Flask, Response, jsonify, make_response, render_template, request, url_for
from werkzeug.exceptions import HTTPException, SecurityError

from archive.errors import ArchiveError, Erased, HomeError, NewerSchema, UnknownId
from archive.refusals import REFUSALS, told
from archive.store import standing
from indexer.errors import BadRequest, SearchError
from web.services import services

SENTENCES = {
    400: ("bad-request", "这个请求读不懂", "检查地址里的参数"),
    404: ("not-found", "没有这个页面", "地址可能抄漏了一段；可以检索，或按日子找"),
    405: ("method-not-allowed", "这个地址不接受这种请求", "从首页进来再试"),
    413: ("too-large", "发来的内容太大", "每期不超过 2 MiB"),
    500: ("internal", "程序出错了，已记入日志", "请把时间和地址告诉维护者"),
}


def init_app(app: Flask) -> None:
    """Answer every error in words."""
    app.register_error_handler(Erased, lambda error: answer(410, "erased", str(error), error.hint))
    app.register_error_handler(UnknownId, lambda error: answer(404, "unknown-id", str(error), error.hint))
    app.register_error_handler(BadRequest, lambda error: answer(400, "bad-request", str(error), error.hint))
    app.register_error_handler(HomeError, _no_archive)
    app.register_error_handler(NewerSchema, lambda error: answer(503, "newer-schema", str(error), error.hint))
    app.register_error_handler(ArchiveError, lambda error: answer(500, "archive", str(error), error.hint))
    app.register_error_handler(SearchError, lambda error: answer(503, "index", str(error), error.hint))
    app.register_error_handler(HTTPException, _http)
    for refusal in REFUSALS:
        app.register_error_handler(refusal, _refused)


def _no_archive(error: HomeError) -> Response:
    """Where nothing has been ingested yet a page says how to begin, as the first one does."""
    home = services().home
    if _is_for_programs() or standing(home):
        return answer(503, "no-archive", str(error), error.hint)
    return make_response(render_template("empty.html", home=home), 503)


def _is_for_programs() -> bool:
    """Whether whoever asks reads JSON."""
    return request.path.startswith("/api/") or request.path == "/healthz"


def _refused(error: Exception) -> Response:
    """A full disk or too many open files in words; anything else is ours to mend."""
    refused = told(error)
    if refused is None:
        raise error
    return answer(503, "refused", str(refused), refused.hint)


def _http(error: HTTPException) -> Response:
    if isinstance(error, SecurityError):  # a host that is not ours: no page of ours has an address there
        return Response(
            "这个主机名不在允许之列；在 config/wangqi.toml 的 TRUSTED_HOSTS 里添上它\n", 400, mimetype="text/plain"
        )
    status = error.code or 500
    code, message, hint = SENTENCES.get(status, (f"http-{status}", error.name, ""))
    response = answer(status, code, message, hint)
    if status == 405 and getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(error.valid_methods)  # type: ignore[attr-defined]
    return response


def answer(status: int, code: str, message: str, hint: str = "") -> Response:
    """The error as JSON below /api/, else as a page that keeps what was typed."""
    if _is_for_programs():
        body = jsonify({"error": {"code": code, "message": message, "hint": hint}})
        return make_response(body, status)
    typed = request.args.get("q", "")
    ways = [("检索", url_for("search.search")), ("各期", url_for("calendar.years"))] if status == 404 else []
    page = render_template("error.html", status=status, message=message, hint=hint, typed=typed, links=ways)
    return make_response(page, status)
