"""Graphs as text, in the form of rudy, Biq Mac and Gset: "nodes edges", then "node node weight", from 1.

The weight may be missing and is then 1. Empty lines and lines that begin with # or % are ignored. Files from outside
are bounded; a refusal names the line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Final, NoReturn

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dwmtj_widgets.hopfield import validation
from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.tables import text_of
from dwmtj_widgets.tasks.files import MAX_FILE_BYTES, file_content
from dwmtj_widgets.tasks.graphs import (
    LARGEST_GRAPH,
    LARGEST_WEIGHT,
    SMALLEST_GRAPH,
    checked_adjacency,
    weighted_edges,
)

# Python accepts more forms of numbers (1_000, ١) than other programs that read the same file.
_WHOLE: Final = re.compile(r"[+-]?[0-9]{1,18}")
_NUMBER: Final = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
_LONGEST_SHOWN: Final = 20


def load_graph(path: str | Path) -> NDArray[np.float64]:
    """Return the adjacency of a graph file, shape (N, N), weights, symmetric with a zero diagonal.

    Raises
    ------
    Refused
        If there is no such file, it is larger than 5 MB or no text, or `parse_graph` refuses it.
    """
    return read_graph(file_content(Path(path)), repr(str(path)))


def read_graph(
    content: bytes, name: str, check_nodes: Callable[[int], None] | None = None
) -> NDArray[np.float64]:
    """Return the adjacency in the content of a graph file, shape (N, N).

    Parameters
    ----------
    content : bytes
        UTF-8, or what its byte order mark says.
    name : str
        Name of the file, for the sentence of refusal.
    check_nodes : callable, optional
        As for `parse_graph`.

    Raises
    ------
    Refused
        If it is larger than 5 MB or no text, or `parse_graph` refuses it.
    """
    validation.not_above(len(content), MAX_FILE_BYTES, name, "bytes")
    return parse_graph(text_of(content, name), check_nodes)


def parse_graph(text: str, check_nodes: Callable[[int], None] | None = None) -> NDArray[np.float64]:
    """Return the adjacency in a text, shape (N, N).

    Parameters
    ----------
    text : str
        At most 5 million characters; all edges of a large graph take a second or two to read.
    check_nodes : callable, optional
        Called with the number of nodes before the edges are read; may refuse it with `Refused`.

    Raises
    ------
    Refused
        At the first line that is wrong, with its number: a count that does not hold, a node that is not there,
        an edge from a node to itself or given twice (in either direction), something that is no number.
    """
    validation.not_above(len(text), MAX_FILE_BYTES, "The file", "characters")
    lines = _meaningful(text)
    number, fields = next(lines, (0, []))
    if not number:
        msg = 'The file is empty; its first line must be "nodes edges", as in "60 885".'
        raise Refused(msg)
    if len(fields) != 2:
        _refuse(number, f'has {len(fields)} field(s); the first line must be "nodes edges"')
    size = _whole(fields[0], number, "the number of nodes", SMALLEST_GRAPH, LARGEST_GRAPH)
    if check_nodes is not None:
        check_nodes(size)
    count = _whole(fields[1], number, "the number of edges", 0, size * (size - 1) // 2)
    adjacency = np.zeros((size, size))
    first_line = np.zeros((size, size), dtype=np.int32)
    found = 0
    for number, fields in lines:
        if len(fields) not in (2, 3):
            _refuse(number, f'has {len(fields)} field(s); an edge is "node node weight" or "node node"')
        one, other = sorted(_whole(field, number, "a node", 1, size) for field in fields[:2])
        if one == other:
            _refuse(number, f"joins node {one} to itself; an edge needs two different nodes")
        pair = one - 1, other - 1
        if first_line[pair]:
            _refuse(number, f"joins nodes {one} and {other}, as does line {first_line[pair]}")
        if found == count:
            _refuse(number, f"is one edge more than the {count} that the first line announces")
        first_line[pair] = number
        found += 1
        weight = _weight(fields[2], number) if len(fields) == 3 else 1.0
        adjacency[pair] = adjacency[pair[::-1]] = weight
    if found < count:
        _refuse(number, f"is the last; {count} edges are announced, and there are {found}")
    return adjacency


def format_graph(adjacency: ArrayLike) -> str:
    """Return a graph as text that `parse_graph` reads back bit for bit, without edges of weight 0.

    Raises
    ------
    Refused
        If the adjacency is not one.
    """
    weights = checked_adjacency(adjacency)
    edges = zip(*weighted_edges(weights), strict=True)
    lines = [f"{i + 1} {j + 1} {_written(float(weight))}" for (i, j), weight in edges]
    return "\n".join([f"{weights.shape[0]} {len(lines)}", *lines, ""])


def save_graph(path: str | Path, adjacency: ArrayLike) -> None:
    """Write a graph to a file that `load_graph` reads.

    Raises
    ------
    Refused
        If the adjacency is not one.
    OSError
        If the file cannot be written.
    """
    Path(path).write_text(format_graph(adjacency), encoding="ascii", newline="\n")


def _meaningful(text: str) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(StringIO(text, newline=None), 1):  # one by one: a large file has many
        fields = line.split()
        if fields and fields[0][0] not in "#%":
            yield number, fields


def _whole(field: str, line: int, name: str, low: int, high: int) -> int:
    if not _WHOLE.fullmatch(field):
        _refuse(line, f"has {_quoted(field)} as {name}; it must be a whole number")
    value = int(field)
    if not low <= value <= high:
        _refuse(line, f"has {value} as {name}; it must lie between {low} and {high}")
    return value


def _weight(field: str, line: int) -> float:
    value = float(field) if _NUMBER.fullmatch(field) else np.nan
    if not abs(value) <= LARGEST_WEIGHT:
        _refuse(
            line,
            f"has {_quoted(field)} as a weight; it must be a number from {-LARGEST_WEIGHT:g} to {LARGEST_WEIGHT:g}",
        )
    return value


def _refuse(line: int, fault: str) -> NoReturn:
    msg = f"Line {line} {fault}."
    raise Refused(msg)


def _quoted(field: str) -> str:
    return repr(field if len(field) <= _LONGEST_SHOWN else f"{field[:_LONGEST_SHOWN]}…")


def _written(weight: float) -> str:
    return str(int(weight)) if weight.is_integer() else repr(weight)
