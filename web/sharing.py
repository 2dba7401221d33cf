"""A server beside others on one socket: a new connection goes to the one that holds the fewest."""

from __future__ import annotations

import socket
import time
from collections.abc import MutableSequence
from typing import Any

from flask import Flask
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer

NEARER_SECONDS = 0.01  # in which a server that holds fewer connections takes a new one


class SharingServer(TcpWSGIServer):
    """waitress, on a socket that others may accept from as well; `held` counts the connections of each.

    The system gives a new connection to whichever process looks first: at times all of them to one, and the cores of
    the others stand still for as long as they last.
    """

    def __init__(
        self, app: Flask, listening: socket.socket, held: MutableSequence[int], number: int, **settings: Any
    ) -> None:
        self._held, self._number = held, number
        address = (listening.family, listening.type, listening.proto, listening.getsockname())
        super().__init__(app, _sock=listening, bind_socket=False, sockinfo=address, **settings)

    def readable(self) -> bool:
        """Whether it would accept; asked before each wait for something to happen."""
        connections: dict[int, HTTPChannel] = self.active_channels  # type: ignore[assignment]  # of waitress' stubs
        self._held[self._number] = len(connections)
        return bool(super().readable())

    def handle_accept(self) -> None:
        """Accept, after the others have had time to, unless none of them holds fewer."""
        if self._held[self._number] > min(self._held):
            time.sleep(NEARER_SECONDS)
        super().handle_accept()
