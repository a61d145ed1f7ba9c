"""The frame of self-contained HTML files."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final

STYLE: Final = """
:root { color-scheme: light; }
body { font: 15px/1.5 system-ui, sans-serif; color: #1d232b; background: #fff; max-width: 1320px; margin: 2rem auto;
  padding: 0 1.2rem; }
h1 { font-size: 1.7rem; margin-bottom: .3rem; } h2 { font-size: 1.3rem; margin: 2.6rem 0 .4rem; }
p { max-width: 62rem; margin: .5rem 0; } .note { color: #4a5560; }
table { border-collapse: collapse; margin: .8rem 0; width: 100%; font-size: .92rem; }
th, td { text-align: left; padding: .32rem .6rem; border-bottom: 1px solid #dde2e7; vertical-align: top; }
th { border-bottom: 2px solid #8793a0; font-weight: 600; } .scroll { overflow-x: auto; }
td.n { white-space: nowrap; font-variant-numeric: tabular-nums; } td small { color: #4a5560; display: block; }
td:first-child { min-width: 14rem; } td:last-child { min-width: 13rem; }
td.yes, td.no { font-weight: 600; white-space: nowrap; } td.yes { color: #00563f; } td.no { color: #a33b00; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 480px), 1fr)); gap: 1rem 2rem; }
figure { margin: 0; max-width: 760px; }
figcaption { font-weight: 600; margin: .5rem 0 .2rem; } svg { width: 100%; height: auto; }
svg text { font: 13px system-ui, sans-serif; fill: #1d232b; } svg .grid { stroke: #e3e7eb; }
svg .axis { stroke: #66717d; fill: none; }
summary { cursor: pointer; margin: .8rem 0; color: #0b5687; } nav a { margin-right: 1.1rem; color: #0b5687; }
pre { overflow-x: auto; background: #f4f6f8; padding: .8rem 1rem; font-size: .85rem; max-height: 40rem; }
"""


def document(title: str, body: Iterable[str]) -> str:
    """Return a whole page: `body` is HTML below the title."""
    parts = [
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<style>{STYLE}</style></head><body>",
        f"<h1>{escape(title)}</h1>",
        *body,
        "</body></html>\n",
    ]
    return "\n".join(parts)
