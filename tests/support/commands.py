"""Commands that run inside the test."""

import json

from typer.testing import CliRunner

from dwmtj_widgets import cli


def run(*arguments):
    return CliRunner().invoke(cli.app, [str(argument) for argument in arguments])


def answer(*arguments):
    result = run("recall", "--json", *arguments)
    assert result.exit_code == 0, result.stderr
    assert result.stderr == ""
    assert result.stdout.count("\n") == 1
    return json.loads(result.stdout)
