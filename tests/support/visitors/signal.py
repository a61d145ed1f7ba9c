"""What a person does and reads in the Signal Lab."""

from dwmtj_widgets.labs.signal.lab import SignalLab


def frames(mode, number: int, seconds: float = 0.03) -> None:
    for _ in range(number):
        mode._frame(seconds)
    mode.refresh()  # texts come ten times a second only


def finish(mode) -> None:
    mode.work.wait(30.0)
    if hasattr(mode, "measuring"):
        mode.measuring.wait(30.0)


def error(lab: SignalLab) -> str:
    return lab.error.widget.value


def primary(mode) -> list[str]:
    transport = mode.transport
    return [name for name in ("first", "second", "run") if getattr(transport, name).button_style == "primary"]


def read(mode, name: str) -> str:
    """Return the text of a number on the page by its class."""
    return mode.readout.widget.value.split(f'class="dwmtj-{name}">')[1].split("<")[0]
