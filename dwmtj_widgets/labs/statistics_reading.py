"""The Statistics Lab's words: what its lines are, and how its chart is read."""

from __future__ import annotations

from typing import Final

_KEY: Final = (
    ('stroke-width="2" d="M0 6H34M17 0V12"/><circle cx="17" cy="6" r="4"', "device, bar: 95 % interval"),
    (
        'stroke-width="1.4" stroke-dasharray="6 4" d="M0 6H34"',
        "ideal network, asynchronous: one neuron after the other",
    ),
    ('stroke-width="1.4" stroke-dasharray="1.5 3.5" d="M0 6H34"', "ideal network, synchronous: all at once"),
    (
        'stroke-dasharray="4 2.5" d="M17 0V12"',
        "capacity by theory, N = P / 0.138: room for P patterns to its right",
    ),
)
READING: Final = (
    '<div class="dwmtj-caption"><b>How to read it</b></div><p class="dwmtj-hint">Every point is the mean of many '
    "recalls. Each recall draws new random patterns, stores them in a network of its own, loads the input, and "
    "lets the walls move until all are at rest. A bit is right if it is that of the nearest stored pattern or of "
    'its inverse; an undecided one never is.</p><p class="dwmtj-hint">The ideal networks get the very same '
    "patterns and inputs. What lies between their curves and the device's is what the device adds, or "
    "takes.</p>"
)


def line_key() -> str:
    """Return what the lines of the accuracy chart mean."""
    svg = '<svg width="34" height="12" stroke="#1b2733" fill="#1b2733"><path {}/></svg>'
    entries = (f"<span>{svg.format(sample)}{text}</span>" for sample, text in _KEY)
    return f'<div class="dwmtj-line-key">{"".join(entries)}</div>'
