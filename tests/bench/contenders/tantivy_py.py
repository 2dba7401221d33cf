"""tantivy over the same words: one segment, fast fields to filter, order and count by."""

from __future__ import annotations

import tantivy

from archive.model import Issue
from tests.bench.contenders import BEST, MOST_TAGS, Found, Place, size_of
from tests.bench.prepared import Prepared, cut_issue, entries
from tests.bench.questions import Question

HEAP = 1_000_000_000  # bytes; enough for one segment
ALL = 10_000_000
COUNTS = {
    "category": {"terms": {"field": "category", "size": 10_000}},
    "month": {"terms": {"field": "month", "size": 10_000}},
    "tag": {"terms": {"field": "tag", "size": MOST_TAGS, "segment_size": 65_000}},
}


class TantivyPy:
    """One folder; numbers are read from a fast field, never from stored documents."""

    key = "number"

    def __init__(self, place: Place) -> None:
        self._place = place
        self._schema = _schema()
        self._index: tantivy.Index | None = None

    def build(self) -> None:
        """One thread that writes, so that one segment comes of it and every search reads but one."""
        self._write(entries(self._place.prepared))

    def open(self) -> None:
        """The files mapped afresh."""
        self._index = self._opened()
        self._searcher = self._index.searcher()

    def forget(self) -> None:
        """It keeps nothing."""

    def found(self, question: Question) -> Found:
        """The best and the counts are two calls: tantivy-py collects but one thing a time."""
        query = self._query(question)
        by = "number" if question.kind == "newest" else None
        hits = self._searcher.search(query, BEST, count=False, order_by_field=by).hits
        best = self._searcher.fast_field_values("number", [address for _, address in hits])
        return _found(best, self._searcher.aggregate(query, COUNTS))

    def every(self, question: Question) -> set[str | int]:
        """All numbers."""
        hits = self._searcher.search(self._query(question), ALL, count=False).hits
        return set(self._searcher.fast_field_values("number", [address for _, address in hits]))

    def everything(self) -> Found:
        """All documents counted."""
        return _found([], self._searcher.aggregate(tantivy.Query.all_query(), COUNTS))

    def add(self, issue: Issue, first: int) -> None:
        """A commit of its own."""
        self._write(cut_issue(issue, first, self._place.services.segmenter))

    def size(self) -> int:
        """The folder."""
        return size_of(self._place.folder)

    def _opened(self) -> tantivy.Index:
        index = tantivy.Index(self._schema, path=str(self._place.folder))
        analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        index.register_tokenizer("words", analyzer)
        return index

    def _write(self, held) -> None:
        writer = self._opened().writer(HEAP, num_threads=1)
        for entry in held:
            writer.add_document(_document(entry))
        writer.commit()
        writer.wait_merging_threads()

    def _query(self, question: Question) -> tantivy.Query:
        words = self._words(question)
        asked = [(tantivy.Occur.Must, tantivy.Query.const_score_query(each, 0.0)) for each in self._filters(question)]
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, words), *asked]) if asked else words

    def _words(self, question: Question) -> tantivy.Query:
        term = [tantivy.Query.term_query(self._schema, "words", word, "freq") for word in question.words]
        match question.kind:
            case "quoted" if len(question.cut) > 1:
                return tantivy.Query.phrase_query(self._schema, "words", list(question.cut))
            case "quoted":
                return tantivy.Query.term_query(self._schema, "words", question.cut[0], "freq")
            case "prefix":
                return tantivy.Query.regex_query(self._schema, "words", f"{question.words[0]}.*")
            case "any":
                return tantivy.Query.boolean_query([(tantivy.Occur.Should, each) for each in term])
            case _ if len(term) == 1:
                return term[0]
            case _:
                return tantivy.Query.boolean_query([(tantivy.Occur.Must, each) for each in term])

    def _filters(self, question: Question):
        if question.category:
            yield tantivy.Query.term_query(self._schema, "category", question.category, "basic")
        if question.since:
            unsigned = tantivy.FieldType.Unsigned
            yield tantivy.Query.range_query(self._schema, "day", unsigned, question.since, question.until)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("words", tokenizer_name="words", index_option="position")
    builder.add_unsigned_field("number", fast=True)
    builder.add_unsigned_field("day", fast=True, indexed=True)
    for name in COUNTS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


def _document(entry: Prepared) -> tantivy.Document:
    document = tantivy.Document(words=entry.words, category=entry.category, month=entry.month)
    document.add_unsigned("number", entry.number)
    document.add_unsigned("day", entry.day)
    for tag in entry.tags:
        document.add_text("tag", tag)
    return document


def _found(best, counted) -> Found:
    counts = {name: {bucket["key"]: bucket["doc_count"] for bucket in counted[name]["buckets"]} for name in COUNTS}
    return Found(best, sum(counts["category"].values()), counts)
