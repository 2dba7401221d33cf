"""Row 3. A disk that refuses, too many open files -> what is said, what is still served, whether it works again."""

from __future__ import annotations

import contextlib
import errno
import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from tests.faults.calls import harmed, refusal
from tests.faults.children import run
from tests.faults.counted import Counted
from tests.faults.houses import NEXT, ONE, Done, House, furnish, temporary, text

ERRORS = {"ENOSPC": errno.ENOSPC, "EIO": errno.EIO, "EMFILE": errno.EMFILE}
ADDRESS = "/api/v1/search?q=动态&limit=500"
SMALL = 1024 * 1024


COMMANDS: dict[str, Callable[[House], Done]] = {
    "ingest": lambda house: house.ingest("next.md"),
    "correct": lambda house: house.ingest("one.md"),
    "remove": lambda house: house.run("remove", "20260209"),
    "rebuild": lambda house: house.run("reindex"),
    "backup": lambda house: house.run("backup", str(house.folder / "kept.db")),
}
DONE_ALREADY = ("没有编号为", "已经存在")  # what was done before the refusal came is not done twice


def row(most: int = 1_000, levels: int = 25, requests: int = 1_000) -> Counted:
    """Row 3 of the table: a refusal at each place in the code that asks the system or SQLite for something."""
    wrong: list[str] = []
    cases = dict.fromkeys(("commands", "requests", "full"), 0)
    with temporary() as folder:
        template = House(folder / "template")
        run(lambda: furnish(template))
        template.write("one.md", text("飞鱼", "青龙", "千问", day=ONE))
        for name, act in COMMANDS.items():
            for error, number in ERRORS.items():
                for point, told in _refused(template, folder / "case", act, number, most):
                    cases["commands"] += 1
                    wrong += [f"{name}, {error} at {point}: {each}" for each in told]
        for error, number in ERRORS.items():
            for point, told in _refused_requests(template, folder / "case", number, requests):
                cases["requests"] += 1
                wrong += [f"a request, {error} at {point}: {each}" for each in told]
        for level in range(levels):
            told = _full(template, folder / "small", level / levels)
            cases["full"] += 1
            wrong += [f"full, level {level}: {each}" for each in told]
    return Counted("refused", wrong, {"cases": sum(cases.values()), **cases})


def _refused(
    template: House, folder: Path, act: Callable[[House], Done], number: int, most: int
) -> Iterator[tuple[int, list[str]]]:
    """One call of a command refused, at each of its places or `most` of them."""
    points = _with_copy(template, folder, lambda house: _places(lambda: act(house)))
    for point in _spread(points, most):

        def work(house: House, point: int = point) -> list[str]:
            def harm() -> Done:
                with harmed(point, refusal(number)):
                    return act(house)

            return _survived(house, harm, act)

        yield point, _with_copy(template, folder, work)


def _refused_requests(template: House, folder: Path, number: int, most: int) -> Iterator[tuple[int, list[str]]]:
    """One call of a server's answer refused, just when it has a new generation to open."""

    def ready(house: House) -> FlaskClient:
        client = house.client()
        client.get(ADDRESS)
        house.ingest("next.md")
        return client

    def counting(house: House) -> list[int]:
        client = ready(house)
        return _places(lambda: client.get(ADDRESS))

    points = _with_copy(template, folder, counting)
    for point in _spread(points, most):

        def work(house: House, point: int = point) -> list[str]:
            client = ready(house)
            with harmed(point, refusal(number)):
                refused = client.get(ADDRESS).status_code
            after = client.get(ADDRESS)
            wrong = [] if refused in (200, 503) else [f"answered {refused}"]
            if after.status_code != 200 or after.json["total"] != 5:
                wrong.append(f"afterwards {after.status_code}")
            return wrong

        yield point, _with_copy(template, folder, work)


def _survived(house: House, harm: Callable[[], Done], again: Callable[[House], Done]) -> list[str]:
    """What is wrong with a refused command, with what a server serves then, and with the same once more."""
    client = house.client()
    before = client.get(ADDRESS).json["total"]
    done = harm()
    wrong = _sentence(done)
    served = client.get(ADDRESS)
    if served.status_code != 200 or abs(served.json["total"] - before) > 2:
        wrong.append(f"the server answered {served.status_code}")
    once_more = again(house)
    if once_more.status and not any(each in once_more.err for each in DONE_ALREADY):
        wrong.append(f"once more: {once_more.crash or once_more.err}")
    if client.get(ADDRESS).status_code != 200:
        wrong.append("the server does not work again")
    return [*wrong, *(f"check: {fault}" for fault in house.faults())]


def _sentence(done: Done) -> list[str]:
    """What is wrong with how a command told of its failure."""
    if done.crash or "Traceback" in done.err:
        return [f"crashed: {done.crash or done.err[-200:]}"]
    if done.status not in (0, 1) or (done.status and not any("一" <= each <= "龥" for each in done.err)):
        return [f"status {done.status}, said: {done.err}"]
    return []


def _full(template: House, folder: Path, level: float) -> list[str]:
    """An archive on a file system of 1 MiB of which only a part is left; then there is room again."""
    with _small(folder) as limited:
        house = House(folder)
        shutil.copytree(template.folder, folder, dirs_exist_ok=True)
        house.write("next.md", text(*(f"玄武{n}" for n in range(40)), day=NEXT))
        filler = folder / "filler"

        def work() -> list[str]:
            def harm() -> Done:
                with limited(filler, level):
                    return house.ingest("next.md")

            return _survived_full(house, harm)

        told: list[str] = run(work).value
        return told


def _survived_full(house: House, harm: Callable[[], Done]) -> list[str]:
    client = house.client()
    before = client.get(ADDRESS).json["total"]
    done = harm()
    wrong = _sentence(done)
    if client.get(ADDRESS).status_code != 200 or not before:
        wrong.append("the old data are not served")
    again = house.ingest("next.md")
    if again.status:
        wrong.append(f"with room again: {again.crash or again.err}")
    if client.get(ADDRESS).json.get("total") != before + 40:
        wrong.append("the server does not serve the new issue")
    return [*wrong, *(f"check: {fault}" for fault in house.faults())]


@contextmanager
def _small(folder: Path) -> Iterator[Callable[[Path, float], contextlib.AbstractContextManager[None]]]:
    """A small file system where we may mount one, else a limit on the size of each file."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SMALL}", "none", str(folder)]
    mounted = os.geteuid() == 0 and subprocess.run(mount, check=False, capture_output=True).returncode == 0
    try:
        yield _filled if mounted else _limited
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)
        shutil.rmtree(folder)


@contextmanager
def _filled(filler: Path, level: float) -> Iterator[None]:
    """All but this share of what is free taken."""
    left = shutil.disk_usage(filler.parent).free
    filler.write_bytes(bytes(int(left * (1 - level))))
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def _limited(_: Path, level: float) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(SMALL * level / 2), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def _with_copy(template: House, folder: Path, work: Callable[[House], object]) -> Any:
    """What work on a copy gives back; where it hangs, that in words."""
    house = template.copied(folder)
    try:
        return run(lambda: work(house)).value
    except TimeoutError as error:
        return [str(error)]
    finally:
        shutil.rmtree(folder)


def _places(act: Callable[[], object]) -> list[int]:
    """The first call at each place."""
    with harmed(0, refusal(errno.EIO)) as calls:
        act()
    return sorted(calls.places.values())


def _spread(points: list[int], most: int) -> list[int]:
    return points[:: -(-len(points) // most)]
