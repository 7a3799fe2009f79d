"""A page in each language of the suite: its file, and what its template asks for."""

import os
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import quote

from markupsafe import Markup

from harness.languages.choice import ENGLISH, JAPANESE, LANGUAGES, speaking

_CALLED: Final = {JAPANESE: "日本語", ENGLISH: "English"}  # each in itself, for whoever reads no other
_SWITCH: Final = Markup('<p class="switch"><a href="{0}" lang="{1}" hreflang="{1}">{2}</a></p>')


def files_of(name: str) -> Mapping[str, str]:
    """Language → file: page.html and page.en.html."""
    path = PurePath(name)
    return {JAPANESE: name, ENGLISH: f"{path.stem}.{ENGLISH}{path.suffix}"}


def words(language: str, name: str) -> dict[str, Any]:
    """Values of a template: language, `tell`, how the page is called, and the link to the page in the other language."""
    other = next(each for each in LANGUAGES if each != language)
    return {
        "language": language,
        "tell": speaking(language),
        "own_file": files_of(name)[language],
        "switch": _SWITCH.format(quote(os.fsencode(files_of(name)[other])), other, _CALLED[other]),
    }
