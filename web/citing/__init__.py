"""Entries, key points and their sources -> references in the forms that papers and reference managers take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from web.citing.exchange import bibtex, csl_json, ris
from web.citing.reference import Reference, of_record, of_source
from web.citing.styles import apa, gbt7714, mla

__all__ = ["FORMS", "Form", "Reference", "of_record", "of_source", "written"]


@dataclass(frozen=True, slots=True)
class Form:
    """What readers call a form, its media type, and how its files end."""

    name: str
    media_type: str
    suffix: str


FORMS = {
    "gbt7714": Form("GB/T 7714—2025", "text/plain", "txt"),
    "gbt7714-2015": Form("GB/T 7714—2015", "text/plain", "txt"),
    "apa": Form("APA（第 7 版）", "text/plain", "txt"),
    "mla": Form("MLA（第 9 版）", "text/plain", "txt"),
    "bibtex": Form("BibTeX", "application/x-bibtex", "bib"),
    "ris": Form("RIS", "application/x-research-info-systems", "ris"),
    "csl-json": Form("CSL-JSON", "application/vnd.citationstyles.csl+json", "json"),
}


def written(form: str, references: Iterable[Reference]) -> Iterator[str]:
    """One piece a reference; together they are a file of that form."""
    if form == "csl-json":
        yield from csl_json(references)
        return
    yield from (_one(form, each) + "\n" for each in references)


def _one(form: str, reference: Reference) -> str:
    match form:
        case "gbt7714":
            return gbt7714(reference)
        case "gbt7714-2015":
            return gbt7714(reference, edition=2015)
        case "apa":
            return apa(reference)
        case "mla":
            return mla(reference)
        case "bibtex":
            return bibtex(reference)
        case _:
            return ris(reference)
