"""Fields of parameter dataclasses with the metadata of sliders, tables and refusals."""

from __future__ import annotations

from dataclasses import Field, field, fields
from typing import Any

from dwmtj_widgets.validation import within


def translatable(text: str) -> str:
    """Mark a label for the catalogue and return it as it is; `texts.tr` translates it where it is shown."""
    return text


def parameter(
    default: float,
    *,
    label: str,
    symbol: str,
    unit: str,
    legal: tuple[float, float],
    slider: tuple[float, float, float] | None = None,
) -> Any:
    """Return a field with the metadata that a slider, a table or a refusal needs.

    Parameters
    ----------
    default : float
        In SI units.
    label, symbol, unit : str
        The field's standard term, its symbol in the paper and its SI unit (a key of `units.DISPLAY_UNITS`).
    legal : (float, float)
        The legal closed range.
    slider : (float, float, float), optional
        Lowest, highest and step of a control; None hides the field from the controls.
    """
    metadata = {"label": label, "symbol": symbol, "unit": unit, "legal": legal, "slider": slider}
    return field(default=default, metadata=metadata)


class Parameters:
    """Base of frozen dataclasses whose fields all come from `parameter`: every value is checked on creation."""

    def __post_init__(self) -> None:
        for entry in fields(self):  # type: ignore[arg-type]
            low, high = entry.metadata["legal"]
            name = f"{entry.metadata['label']} ({entry.name})"
            value = within(getattr(self, entry.name), name, low, high, entry.metadata["unit"])
            object.__setattr__(self, entry.name, value)

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return the names of all fields."""
        return tuple(entry.name for entry in fields(cls))  # type: ignore[arg-type]

    @classmethod
    def controls(cls) -> dict[str, Field[float]]:
        """Return the fields that have a slider, by name, in order."""
        every = fields(cls)  # type: ignore[arg-type]
        return {entry.name: entry for entry in every if entry.metadata["slider"] is not None}
