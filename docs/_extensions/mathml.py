"""Formulas as MathML, which browsers draw themselves: no script, no font, no network."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx


def inline(writer: Any, node: nodes.math) -> None:
    """Write a formula in a line of text."""
    writer.body.append(convert(node.astext()))
    raise nodes.SkipNode


def display(writer: Any, node: nodes.math_block) -> None:
    """Write a formula on a line of its own; one with a label shows its number."""
    formula = convert(node.astext(), display="block")
    label = ""
    if node["number"]:
        label = f'<span class="eqno">({node["number"]})</span>'
    identifier = "".join(f' id="{name}"' for name in node["ids"][:1])
    style = "overflow-x: auto; margin: 1em 0; padding: 0.3em 0"
    writer.body.append(f'<div class="math"{identifier} style="{style}">{label}{formula}</div>')
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, Any]:
    """Make this the way in which formulas are written."""
    app.add_html_math_renderer("mathml", inline_renderers=(inline, None), block_renderers=(display, None))
    app.config.html_math_renderer = "mathml"
    return {"parallel_read_safe": True, "parallel_write_safe": True}
