"""One piece of work -> the same in several processes, begun again where one dies, ended together."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, MutableSequence
from contextlib import contextmanager
from multiprocessing.connection import wait
from multiprocessing.context import ForkProcess

PAUSE_SECONDS = 1.0  # before a process that died is begun again
PATIENCE_SECONDS = 10.0  # for what is under way when all is ended
_ENDING = (signal.SIGINT, signal.SIGTERM)


def shared_numbers(count: int) -> MutableSequence[int]:
    """Zeros that all processes forked from this one see and change."""
    numbers: MutableSequence[int] = multiprocessing.get_context("fork").RawArray("i", count)
    return numbers


def run_in_processes(work: Callable[[int], None], count: int, parted: Callable[[], None] = lambda: None) -> None:
    """Work in `count` processes, all of them forked where there are several, until interrupted or terminated; each is
    told its number, from 0. What only they need is let go of by `parted`, once they are begun.

    What is loaded before lies in memory once, though one that is begun again has nothing of what was let go of. No
    thread may have been started and no database be open.
    Raises KeyboardInterrupt where `work` does not take it as its end.
    """
    for each in _ENDING:
        signal.signal(each, signal.default_int_handler)
    if count == 1:
        work(0)
        return
    gc.freeze()  # else the first collection of each process would copy all of it
    running: dict[int, ForkProcess] = {}
    try:
        while True:
            with _undisturbed():
                for number in range(count):
                    if number not in running or not running[number].is_alive():
                        running[number] = _begun(work, number)
            parted()
            wait([process.sentinel for process in running.values()])
            time.sleep(PAUSE_SECONDS)
    finally:
        with _undisturbed():
            for process in running.values():
                process.terminate()
            for process in running.values():
                process.join(PATIENCE_SECONDS)
                process.kill()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Signals wait: a process that is half begun or half ended would be lost."""
    signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)


def _begun(work: Callable[[int], None], number: int) -> ForkProcess:
    process = multiprocessing.get_context("fork").Process(target=_in_process, args=(work, number), daemon=True)
    process.start()
    return process


def _in_process(work: Callable[[int], None], number: int) -> None:
    os.setsid()  # a terminal interrupts the first process only; and where sessions are weighed, each weighs as much
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    work(number)


def _end_with_parent() -> None:
    """Where the first process is killed, nobody would end the others, and they would hold the port."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)
