"""In which language this process speaks: what --lang, RENKEI_LANG or renkei.toml says, else Japanese. Every command asks this before
anything else, so that the reading of English is loaded only where English is asked for."""

import os
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Final, cast

from harness.languages.writing import is_japanese

JAPANESE, ENGLISH = "ja", "en"
LANGUAGES: Final = (JAPANESE, ENGLISH)
VARIABLE: Final = "RENKEI_LANG"

Tell = Callable[[str], str]


def language(environment: Mapping[str, str] = os.environ) -> str:
    """ja where nothing else is asked for, and for what is no language of the suite."""
    asked = environment.get(VARIABLE, "").strip().casefold()
    return asked if asked in LANGUAGES else JAPANESE


def speaking(asked: str) -> Tell:
    """How a text of the suite is said in a language."""
    if asked != ENGLISH:
        return in_japanese
    return cast(Tell, import_module("harness.languages.english").english)


def of_gherkin(text: str, tell: Tell) -> str:
    """A name of a scenario: the sentence that it is where one is known, else as it is, and nothing between."""
    said = tell(text)
    return text if is_japanese(said) else said


def spoken(text: str) -> str:
    """A text of the suite in the language of this process."""
    return speaking(language())(text)


def in_japanese(text: str) -> str:
    """As the suite writes it."""
    return text
