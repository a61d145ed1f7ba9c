"""Digest of a module's sources, which changes with its kernels but not with comments."""

from __future__ import annotations

import ast
import hashlib
import io
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import dwmtj_widgets

PACKAGE: Final = Path(dwmtj_widgets.__file__).parent
_HOPFIELD: Final = "hopfield/_kernels/circuit.py", "hopfield/_kernels/films.py"
SOURCES: Final = {
    "events": (*_HOPFIELD, "hopfield/_kernels/events.py"),
    "euler": (*_HOPFIELD, "hopfield/_kernels/euler.py"),
    "full": (*_HOPFIELD, "hopfield/_kernels/full.py"),
    "mtj_rnn": ("mtj_rnn/_kernels.py",),
}
"""The files of each module's kernels."""
COMPILING: Final = "_jit.py", ("_compiled", "kernel", "inlined")
"""The functions that set how kernels are compiled."""
_LEFT_OUT: Final = {tokenize.COMMENT, tokenize.NL, tokenize.ENCODING}
_LINE_ENDS: Final = {tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}


def digest(module: str) -> str:
    """Return the SHA-256 of a module's sources without comments and docstrings."""
    total = hashlib.sha256()
    for name, source in _sources(module):
        for part in (name, *meant(source)):
            total.update(f"{part}\n".encode())
    return total.hexdigest()


def _sources(module: str) -> Iterator[tuple[str, str]]:
    for name in SOURCES[module]:
        yield name, (PACKAGE / name).read_text(encoding="utf-8")
    file, functions = COMPILING
    whole = (PACKAGE / file).read_text(encoding="utf-8")
    for node in ast.parse(whole).body:
        if isinstance(node, ast.FunctionDef) and node.name in functions:
            yield f"{file} {node.name}", (ast.get_source_segment(whole, node) or "") + "\n"


def meant(source: str) -> Iterator[str]:
    """Yield the tokens of a source without comments and docstrings."""
    tokens = [
        each for each in tokenize.generate_tokens(io.StringIO(source).readline) if each.type not in _LEFT_OUT
    ]
    before = tokenize.NEWLINE
    for token, after in zip(tokens, [*tokens[1:], None], strict=True):
        alone = token.type == tokenize.STRING and before in _LINE_ENDS
        ends = alone and after is not None and after.type == tokenize.NEWLINE
        before = token.type
        if not ends:
            # The depth of an indentation does not matter.
            yield tokenize.tok_name[token.type] if token.type in _LINE_ENDS else token.string
