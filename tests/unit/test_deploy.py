"""The files of docs/deploy: what they bound. nginx itself is run by test_class_proxy_browser.py."""

import ast
import re
from pathlib import Path

from dwmtj_widgets.server.listening import MOST_CONNECTIONS

DEPLOY = Path(__file__).parents[2] / "docs" / "deploy"
MEGABYTES = {"M": 1, "G": 1000}


def unit() -> dict[str, str]:
    """Return the settings of the systemd unit."""
    lines = (DEPLOY / "dwmtj@.service").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if re.match(r"[A-Z]\w*=", line))


def served_with(name: str) -> dict[str, ast.expr]:
    """Return the options with which a script calls `serve`."""
    tree = ast.parse((DEPLOY / name).read_text(encoding="utf-8"))
    (call,) = (
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "serve"
    )
    return {word.arg: word.value for word in call.keywords if word.arg is not None}


def test_a_kernel_out_of_memory_does_not_end_the_service() -> None:
    """By systemd's default all of a service is stopped when one process of it is ended for its memory."""
    assert unit()["OOMPolicy"] == "continue"
    size, symbol = unit()["MemoryMax"][:-1], unit()["MemoryMax"][-1]
    each = served_with("serve_class.py")["kernel_memory"]
    assert isinstance(each, ast.Constant)
    assert 300 <= each.value < int(size) * MEGABYTES[symbol] / 2, "one kernel alone fills the service"
    assert "kernel_memory" in served_with("serve_container.py")


def test_the_service_may_have_a_file_for_every_connection() -> None:
    """Half of the files are left to what is no connection."""
    assert int(unit()["LimitNOFILE"]) >= 2 * MOST_CONNECTIONS
