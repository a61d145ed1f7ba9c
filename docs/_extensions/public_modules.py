"""The directive ``public-modules``: the reference of every public module of a package, from its docstrings."""

from __future__ import annotations

import pkgutil
import re
from importlib import import_module
from typing import Any

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import nested_parse_with_titles


def public_modules(package: str) -> list[str]:
    """Return the full names of the modules of a package that do not begin with an underscore, in its order."""
    paths = import_module(package).__path__
    return [
        f"{package}.{found.name}" for found in pkgutil.iter_modules(paths) if not found.name.startswith("_")
    ]


class PublicModules(SphinxDirective):
    """Insert a section for every public module of the package that is named."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the sections."""
        lines: list[str] = []
        for name in public_modules(self.arguments[0]):
            title = name.split(".", 1)[1]
            lines += [title, "-" * len(title), "", f".. automodule:: {name}", ""]
        container = nodes.section()
        nested_parse_with_titles(self.state, StringList(lines, source=self.get_source_info()[0]), container)
        return container.children


def bars_are_bars(
    _app: Sphinx, _what: str, _name: str, _object: Any, _options: Any, lines: list[str], *_more: Any
) -> None:
    """Let |x| in a docstring be a magnitude: reStructuredText would take it for a name to fill in."""
    for number, line in enumerate(lines):
        pieces = re.split(r"(`+[^`]*`+)", line)
        lines[number] = "".join(p if p.startswith("`") else p.replace("|", r"\|") for p in pieces)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive."""
    app.add_directive("public-modules", PublicModules)
    app.connect("autodoc-process-docstring", bars_are_bars)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
