"""Listening with time limits, and without a log message for each excess connection."""

from __future__ import annotations

import errno
import logging
import os
import socket
from collections.abc import Callable, Iterable
from typing import Any, Final

import tornado.httpserver
from tornado.ioloop import IOLoop

from dwmtj_widgets.server.messages import MOST_BYTES

PATIENCE: Final = 30.0
"""Time limit in seconds for the head of a request, for its body, and for an idle connection."""
MOST_BODY: Final = 1_000_000
"""Largest body of a request in bytes. Files come as messages of a websocket."""
MOST_FILES: Final = 65_536
"""Open files of this process, if the system allows as many."""
MOST_CONNECTIONS: Final = 4096
PAUSE: Final = 0.2
"""Seconds without new connections after the limit is reached."""
_NO_MORE = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}


def raise_file_limit() -> int:
    """Raise the limit of open files, which include connections, and return it."""
    if os.name != "posix":
        return 2 * MOST_CONNECTIONS  # Windows has no such limit
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(MOST_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    return soft if soft != resource.RLIM_INFINITY else MOST_FILES


class PatientServer(tornado.httpserver.HTTPServer):
    """Tornado's server with limits. Half of the files are kept for other purposes such as kernels."""

    def initialize(self, *arguments: Any, **named: Any) -> None:
        """Set the limits."""
        self.most = min(MOST_CONNECTIONS, raise_file_limit() // 2)
        bounds = {
            "idle_connection_timeout": PATIENCE,
            "body_timeout": PATIENCE,
            "max_body_size": MOST_BODY,
            "max_buffer_size": MOST_BYTES + MOST_BODY,
        }
        super().initialize(*arguments, **{**bounds, **named})

    def add_sockets(self, sockets: Iterable[socket.socket]) -> None:
        """Start accepting connections."""
        for listening in sockets:
            self._sockets[listening.fileno()] = listening
            self._handlers[listening.fileno()] = self._let_in(listening)

    def _let_in(self, listening: socket.socket) -> Callable[[], None]:
        """Accept connections while there is room, else after a pause; return a function that stops it.

        Without a free file Tornado would retry at once and do nothing else.
        """
        loop = IOLoop.current()
        waiting: object | None = None
        said = False

        def accept(*_: Any) -> None:
            for _attempt in range(128):  # then let other work of the loop run
                if len(self._connections) >= self.most:
                    rest()
                    return
                try:
                    connection, address = listening.accept()
                except BlockingIOError:
                    return
                except ConnectionAbortedError:
                    continue
                except OSError as error:
                    if error.errno not in _NO_MORE:
                        raise
                    rest()
                    return
                self._handle_connection(connection, address)

        def rest() -> None:
            nonlocal waiting, said
            loop.remove_handler(listening)
            waiting = loop.call_later(PAUSE, go_on)
            if not said:
                said = True
                logging.getLogger("dwmtj").error("Too many connections at once; new ones wait.")

        def go_on() -> None:
            nonlocal waiting
            waiting = None
            loop.add_handler(listening, accept, IOLoop.READ)

        def end() -> None:
            if waiting is None:
                loop.remove_handler(listening)
            else:
                loop.remove_timeout(waiting)

        go_on()
        return end
