"""SQLite, where everything is kept."""

from archive.store.connection import standing
from archive.store.reading import Reader
from archive.store.values import Coverage, Days, Incoming, IndexState, Kept, LogLine, Record, Revision, Status
from archive.store.writing import Writer

__all__ = [
    "Coverage",
    "Days",
    "Incoming",
    "IndexState",
    "Kept",
    "LogLine",
    "Reader",
    "Record",
    "Revision",
    "Status",
    "Writer",
    "standing",
]
