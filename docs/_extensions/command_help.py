"""The directive ``command-help``: what every command says to ``--help``, read from the program itself."""

from __future__ import annotations

from typing import Any, ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective
from typer.main import get_command
from typer.testing import CliRunner

from dwmtj_widgets.cli import app

COLUMNS = 100


def help_of(*command: str) -> str:
    """Return the help of ``dwmtj`` or of one of its commands."""
    done = CliRunner().invoke(app, [*command, "--help"], prog_name="dwmtj", terminal_width=COLUMNS)
    if done.exit_code:
        raise ExtensionError(
            f"dwmtj {' '.join(command)} --help ends with status {done.exit_code}: {done.output}"
        )
    return done.output.strip()


def command_names(group: Any = None, *above: str) -> list[tuple[str, ...]]:
    """Return the words of all commands, in the order of the help; what a group holds follows the group."""
    names = []
    for name, command in (get_command(app) if group is None else group).commands.items():
        names.append((*above, name))
        if hasattr(command, "commands"):
            names += command_names(command, *above, name)
    return names


class CommandHelp(SphinxDirective):
    """Insert a section with the help of every command."""

    has_content = False
    option_spec: ClassVar[dict[str, Any]] = {}

    def run(self) -> list[nodes.Node]:
        """Return the sections."""
        return [self.section(), *(self.section(*words) for words in command_names())]

    def section(self, *command: str) -> nodes.section:
        """Return one section, which links can name as its title in lower case with hyphens."""
        title = " ".join(("dwmtj", *command))
        section = nodes.section(ids=[nodes.make_id(title)], names=[nodes.fully_normalize_name(title)])
        text = help_of(*command)
        section += [nodes.title(title, title), nodes.literal_block(text, text, language="text")]
        self.state.document.note_implicit_target(section)
        return section


def setup(sphinx: Sphinx) -> dict[str, Any]:
    """Register the directive."""
    sphinx.add_directive("command-help", CommandHelp)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
