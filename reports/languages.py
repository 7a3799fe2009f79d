"""A page in each language of the suite: its file, and what its template asks for."""

from collections.abc import Mapping
from typing import Any

from harness.languages.choice import ENGLISH, JAPANESE, LANGUAGES, speaking


def files_of(name: str) -> Mapping[str, str]:
    """Language → file: page.html and page.en.html."""
    return {JAPANESE: name, ENGLISH: name.replace(".html", f".{ENGLISH}.html")}


def words(language: str, name: str) -> dict[str, Any]:
    """Values of a template: language, `tell`, how the page is called and where it is in the other language."""
    other = next(each for each in LANGUAGES if each != language)
    return {
        "language": language,
        "tell": speaking(language),
        "other_language": other,
        "other_file": files_of(name)[other],
        "own_file": files_of(name)[language],
    }
