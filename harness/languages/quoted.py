"""What a text only quotes: JSON, quoted words, paths. It is evidence, or has to be found again by its name, so that it is read by nobody
and goes into every language as it is."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

# A value of JSON (or a list as Python shows it) from its first sign on; [keys] of a file and [始め, 終わり] of a sentence are none.
_BEGINS: Final = re.compile(r"""(?<![\w"])(?:\{(?=\s*["'}])|\[(?=\s*["'{\[\d\]-])|")""")
_NOT_OF_PATHS: Final = r"\s「」（）、。：\""
_PATH: Final = re.compile(
    rf"(?<![\w/])(?:https?:/|~|\.{{1,2}})?/[^{_NOT_OF_PATHS}/][^{_NOT_OF_PATHS}]*"
    rf"|[^{_NOT_OF_PATHS}/]+/[^{_NOT_OF_PATHS}]*\.[A-Za-z0-9]{{1,9}}(?::\d+)?(?!\w)"
)
_OF_JAPANESE: Final = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")  # marks among them
_OPENING, _CLOSING = "{[", "}]"
_FIRST_STAND_IN: Final = 0x100000  # of a plane that is nobody's


def without_quoted(text: str) -> tuple[str, Mapping[str, str]]:
    """The text with one character for each piece that is quoted, and which stands for which."""
    found, rest, at = dict[str, str](), "", 0
    stand_ins = (
        sign for number in range(len(text) + 1) if (sign := chr(_FIRST_STAND_IN + number)) not in text
    )
    for begin, end in _quoted(text):
        sign = next(stand_ins)
        found[sign] = text[begin:end]
        rest, at = rest + text[at:begin] + sign, end
    return rest + text[at:], found


def with_quoted(text: str, quoted: Mapping[str, str]) -> str:
    """The text with each piece in its place again."""
    return text.translate({ord(sign): piece for sign, piece in quoted.items()}) if quoted else text


def _quoted(text: str) -> Iterator[tuple[int, int]]:
    """Where the pieces begin and end in which a reader would alter something."""
    at = 0
    while at < len(text):
        value, path = _BEGINS.search(text, at), _PATH.search(text, at)
        if value and (not path or value.start() <= path.start()):
            begin, at = value.start(), _end_of(text, value.start())
        elif path:
            begin, at = path.span()
        else:
            return
        if text[begin] == "{" or _OF_JAPANESE.search(text, begin, at):
            yield begin, at


def _end_of(text: str, begin: int) -> int:
    """Behind the value that begins there; behind all of the text where that was cut off before its end."""
    marks = (
        "\"'" if text[begin + 1 :].lstrip().startswith("'") else '"'
    )  # those of Python where it wrote the value
    depth, quoted, escaped = 0, "", False
    for at in range(begin, len(text)):
        sign = text[at]
        if escaped or (quoted and sign == "\\"):
            escaped = not escaped
        elif sign in (quoted or marks):
            quoted = "" if quoted else sign
        elif not quoted:
            depth += (sign in _OPENING) - (sign in _CLOSING)
        if not quoted and not depth:
            return at + 1
    return len(text)
