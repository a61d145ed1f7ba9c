"""Settings typed as ``name=value``, for dataclasses whose fields have unit, label and legal range as metadata."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import Field
from typing import Any

from dwmtj_widgets.refusals import Refused
from dwmtj_widgets.units import DISPLAY_UNITS, from_shown, quantity, shown
from dwmtj_widgets.validation import known_names, short


def field_values(
    entries: Iterable[Field[Any]], changes: Sequence[str], unknown: str = "There is no setting {name}"
) -> dict[str, float]:
    """Return the typed values of fields, by name in SI units.

    Raises
    ------
    Refused
        If there is no such field, which `unknown` says, or it is there twice, or its value is no number.
    """
    known = {entry.name: entry for entry in entries}
    values = {}
    for change in changes:
        name, _, text = (part.strip() for part in change.partition("="))
        if name not in known:
            msg = f"{unknown.format(name=short(name))}; {known_names(name, known)}."
            raise Refused(msg)
        if name in values:
            msg = f"{name} is there twice; give it once."
            raise Refused(msg)
        unit = known[name].metadata["unit"]
        try:
            number = float(text)
        except ValueError as exc:
            symbol = DISPLAY_UNITS[unit].symbol
            default, _, high = _default_and_range(known[name])
            example = shown(default or high, unit)  # 0 would be a poor example
            what = f"a number{symbol and f' in {symbol}'}, as in {name}={example:g}"
            msg = f"{name} is {short(text)}; it must be {what}."
            raise Refused(msg) from exc
        values[name] = from_shown(number, unit)
    return values


def described(entry: Field[Any]) -> tuple[str, str]:
    """Return a field's name, and its label with default and legal range."""
    unit = entry.metadata["unit"]
    default, low, high = (quantity(value, unit, digits=12) for value in _default_and_range(entry))
    return entry.name, f"{entry.metadata['label']}, {default} ({low} to {high})"


def _default_and_range(entry: Field[Any]) -> tuple[float, float, float]:
    default, low, high = map(float, (entry.default, *entry.metadata["legal"]))
    return default, low, high
