"""Answers to refused requests."""

from __future__ import annotations

from typing import Any

import tornado.web


class PlainErrors:
    """Mixin of handlers that sends an error's sentence, because Jupyter's error page needs files that are missing."""

    set_header: Any
    finish: Any
    _reason: str

    def write_error(self, status_code: int, **named: Any) -> None:
        """Send the sentence."""
        error = named.get("exc_info", (None, None, None))[1]
        sentence = error.log_message if isinstance(error, tornado.web.HTTPError) else None
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(sentence or f"{status_code} {self._reason}")
