"""Row 4. An index damaged on disk -> whether that is noticed before Whoosh opens it, and mended by the next writer."""

from __future__ import annotations

import hashlib
import os
import pickle
import pickletools
import random
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from unittest import mock

from archive.store.connection import FILE
from tests.faults.children import run
from tests.faults.counted import Counted
from tests.faults.houses import PAGES, House, furnish, temporary

Damage = Callable[[House], None]

LEAST_OPERATIONS = 20  # of a pickle; bytes that happen to look like one make few


class Payload:
    """What runs where it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self._mark = mark

    def __reduce__(self) -> tuple[Callable[..., object], tuple[str]]:
        return os.mkdir, (str(self._mark),)


def row(cut: int = 80, flipped: int = 300, seed: int = 20260208) -> Counted:
    """Row 4 of the table."""
    chance = random.Random(seed)
    wrong: list[str] = []
    counted: dict[str, object] = {}
    with temporary() as folder:
        template = House(folder / "template")
        run(lambda: furnish(template))
        expected = run(template.found).value
        wrong += run(lambda: _controls(template, folder / "case")).value
        shutil.rmtree(folder / "case")
        for name, damage in _damages(template, chance, cut, flipped):
            house = template.copied(folder / "case")
            damage(house)
            told = run(lambda house=house: _examined(house, expected)).value
            wrong += [f"{name}: {each}" for each in told]
            counted[name] = int(str(counted.get(name, 0))) + 1
            shutil.rmtree(house.folder)
    return Counted("damaged index", wrong, {"cases": sum(map(int, map(str, counted.values()))), **counted})


def _damages(template: House, chance: random.Random, cut: int, flipped: int) -> Iterator[tuple[str, Damage]]:
    names = sorted(path.name for path in _generation(template).iterdir())
    sizes = {name: (_generation(template) / name).stat().st_size for name in names}
    full = [name for name in names if sizes[name]]
    for _ in range(cut):
        name = chance.choice(full)
        yield "truncated", _truncation(name, chance.randrange(sizes[name]))
    for _ in range(flipped):
        name = chance.choice(full)
        yield "flipped", _flip(name, chance.randrange(8 * sizes[name]))
    for name in names:
        yield "file deleted", lambda house, name=name: (_generation(house) / name).unlink()
    yield "generation deleted", lambda house: shutil.rmtree(_generation(house))
    yield "index deleted", lambda house: shutil.rmtree(house.home / "index")
    yield "older format", _older
    yield "poisoned", _poison
    yield "poisoned and resealed", _resealed_poison


def _truncation(name: str, size: int) -> Damage:
    return lambda house: _replace(_generation(house) / name, lambda data: data[:size])


def _flip(name: str, bit: int) -> Damage:
    place, mask = bit // 8, 1 << bit % 8
    return lambda house: _replace(
        _generation(house) / name, lambda data: data[:place] + bytes([data[place] ^ mask]) + data[place + 1 :]
    )


def _older(house: House) -> None:
    """An index that an earlier version made and put in force in good order."""
    manifest = _manifest(house)
    name, _, sums = manifest.read_text(encoding="utf-8").partition("\n")
    text = f"{re.sub(r'[0-9]+$', '0', name)}\n{sums}"
    assert text != manifest.read_text(encoding="utf-8")
    manifest.write_text(text, encoding="utf-8")
    with closing(sqlite3.connect(house.home / FILE)) as db, db:
        db.execute("UPDATE index_state SET manifest = ?", [hashlib.sha256(text.encode()).hexdigest()])


def _poison(house: House) -> None:
    """In every file that holds a pickle, one in its place that does something when it is read."""
    for path in _parts(house):
        if (start := _pickle_at(path.read_bytes())) is not None:
            _replace(path, lambda data, start=start: data[:start] + pickle.dumps(Payload(_mark(house))))


def _resealed_poison(house: House) -> None:
    """The same with a manifest that fits it: only the database's sum tells."""
    manifest = _manifest(house)
    before = {path: _sum(path) for path in _parts(house)}
    _poison(house)
    text = manifest.read_text(encoding="utf-8")
    for path, old in before.items():
        text = text.replace(old, _sum(path))
    _replace(manifest, lambda _: text.encode())


def _pickle_at(data: bytes) -> int | None:
    """Where the first pickle of some length begins."""
    for match in re.finditer(rb"\x80[\x02-\x05]", data):
        with suppress(Exception):
            if sum(1 for _ in pickletools.genops(data[match.start() :])) > LEAST_OPERATIONS:
                return match.start()
    return None


def _replace(path: Path, change: Callable[[bytes], bytes]) -> None:
    """New bytes in a file of its own: the old one may be linked from elsewhere."""
    data = change(path.read_bytes())
    path.unlink()
    path.write_bytes(data)


def _generation(house: House) -> Path:
    """The folder that is in force."""
    return house.home / "index" / str(_state(house)[0])


def _manifest(house: House) -> Path:
    """The file whose sum the database holds, whatever its name."""
    return next(path for path in _generation(house).iterdir() if _sum(path) == _state(house)[1])


def _parts(house: House) -> list[Path]:
    """All other files."""
    return [path for path in sorted(_generation(house).iterdir()) if path != _manifest(house)]


def _state(house: House) -> tuple[int, str]:
    with closing(sqlite3.connect(house.home / FILE)) as db:
        number, manifest = db.execute("SELECT generation, manifest FROM index_state").fetchone()
    return number, manifest


def _sum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _mark(house: House) -> Path:
    return house.folder / "payload-ran"


def _controls(template: House, folder: Path) -> list[str]:
    """What is wrong with the harm itself: an index is opened where nothing is wrong, and the payload runs if it is."""
    from whoosh import index

    house, wrong = template.copied(folder), []
    with mock.patch.object(index.TOC, "read", wraps=index.TOC.read) as opened:
        status = house.client().get("/healthz").status_code
        if status != 200 or not opened.called:
            wrong.append("control: a sound index is not seen to be opened")
    _poison(house)
    with suppress(Exception):
        index.open_dir(str(_generation(house)))
    if not _mark(house).exists():
        wrong.append("control: the payload does not run even where it is opened")
    return wrong


def _examined(house: House, expected: list[str]) -> list[str]:
    """What is wrong with how a server and the next writer, to whom nothing is new, take the damage."""
    from whoosh import index

    client, wrong = house.client(), []
    with mock.patch.object(index.TOC, "read", wraps=index.TOC.read) as opened:
        statuses = {address: client.get(address).status_code for address in PAGES}
        if opened.called:
            wrong.append("opened by Whoosh though damaged")
    wrong += [f"{address} answered 500" for address, status in statuses.items() if status == 500]
    if statuses["/healthz"] != 503:
        wrong.append("not noticed")
    done = house.ingest("one.md")
    if done.status:
        wrong.append(f"the next writer: {done.crash or done.err}")
    answer = client.get("/api/v1/search?q=动态&limit=500")
    if answer.status_code != 200 or [hit["id"] for hit in answer.json["hits"]] != expected:
        wrong.append(f"not rebuilt: {answer.status_code}")
    wrong += [f"check: {fault}" for fault in house.faults()]
    if _mark(house).exists():
        wrong.append("the payload ran")
    return wrong
