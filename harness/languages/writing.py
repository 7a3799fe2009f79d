"""Which writing a text is in. It stands alone: who only asks this must not load the tables."""

import re
from typing import Final

JAPANESE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def is_japanese(text: str) -> bool:
    """Is anything in it kana or kanji?"""
    return bool(JAPANESE.search(text))
