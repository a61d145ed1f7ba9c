"""Texts of the labs in the language of this process.

The code has English texts, which are the keys; other languages are gettext catalogues in `locale`. The environment
variable ``DWMTJ_LANGUAGE`` (``dwmtj serve --language``) sets the language once; kernels inherit it.
"""

from __future__ import annotations

import gettext
import json
import os
import re
from functools import cache
from pathlib import Path
from typing import Final

from dwmtj_widgets.refusals import Refused

LOCALE: Final = Path(__file__).parent / "locale"
DOMAIN: Final = "dwmtj"
LANGUAGES: Final = ("en", *sorted(file.parts[-3] for file in LOCALE.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")))
"""Codes of the available languages."""
VARIABLE: Final = "DWMTJ_LANGUAGE"
LANGUAGE: Final = os.environ.get(VARIABLE) or "en"
"""Code of this process's language, whose catalogue is loaded with the first text."""

_STRING: Final = r'"(?:[^"\\]|\\.)*"'
_MARKED: Final = re.compile(rf"\btr\(\s*({_STRING}(?:\s*\+\s*{_STRING})*),?\s*\)")


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """Return the texts of a language.

    Raises
    ------
    Refused
        If there is no such language.
    """
    if language not in LANGUAGES:
        msg = f"The language {language!r} is not there; choose {' or '.join(LANGUAGES)}."
        raise Refused(msg)
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, LOCALE, [language])


def tr(text: str) -> str:
    """Return a text in the language of this process; `str.format` then fills in places such as ``{time}``.

    Raises
    ------
    Refused
        If there is no such language.
    """
    return catalogue(LANGUAGE).gettext(text)


def marked(script: str) -> list[str]:
    """Return the texts that a script or template marks for the catalogue with ``tr("...")``."""
    return ["".join(map(json.loads, re.findall(_STRING, text))) for text in _MARKED.findall(script)]


def texts_of(script: str, language: str = LANGUAGE) -> dict[str, str]:
    """Return the part of a catalogue that a script needs: its marked texts with a different translation.

    Raises
    ------
    Refused
        If there is no such language.
    """
    texts = {text: catalogue(language).gettext(text) for text in marked(script)}
    return {text: other for text, other in texts.items() if other != text}
