"""Where a kernel of the server logs a fault of a lab."""

from pathlib import Path

from ipykernel.kernelspec import KERNEL_NAME
from jupyter_client.manager import KernelManager

from dwmtj_widgets.server.kernels import OwnKernelSpecManager

CELL = """
from dwmtj_widgets.labs.common.page import ErrorLine
line = ErrorLine()
with line.guarded():
    1 / 0
assert "fault of the program" in line.widget.value
"""


def test_a_fault_of_a_lab_is_on_the_terminal_of_the_server(tmp_path: Path) -> None:
    kernel = KernelManager(kernel_name=KERNEL_NAME, kernel_spec_manager=OwnKernelSpecManager())
    terminal = tmp_path / "stderr"
    with terminal.open("w") as stderr:
        kernel.start_kernel(stderr=stderr)
        client = kernel.blocking_client()
        client.start_channels()
        try:
            client.wait_for_ready(timeout=60)
            answer = client.execute_interactive(CELL, timeout=60, output_hook=lambda _message: None)
        finally:
            client.stop_channels()
            kernel.shutdown_kernel(now=True)
            kernel.cleanup_resources()
            client.context.term()
    assert answer["content"]["status"] == "ok", answer["content"]
    lines = terminal.read_text().splitlines()
    assert any(line.endswith("ZeroDivisionError: division by zero") for line in lines)
    assert "Traceback (most recent call last):" in lines and "    1 / 0" in lines
