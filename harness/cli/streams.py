"""Standard output and standard error as they have to be for a verdict: no write to them fails, nothing said by a gateway
acts on whoever reads them, and what the suite says is said in the language that was asked for."""

import errno
import io
import locale
import os
import re
import select
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, TextIO

from harness.contract.texts import without_orders
from harness.languages.choice import Tell, spoken

_STANDARD: Final = (0, 1, 2)
_GONE: Final = frozenset(
    {errno.EPIPE, errno.EBADF, errno.ECONNRESET}
)  # nobody reads any more, which is no loss
# By which GitHub takes orders, at the start of a line.
_ORDER_AT_START: Final = re.compile(r"(?:(?<=[\r\n])|\A)([^\S\r\n]*)::")
# Between what is said: ends of lines, and what a terminal is told (ECMA-48 §5.4) of colours and cursor.
_BETWEEN: Final = re.compile(r"(\r?\n|\r|\x1b\[[0-?]*[ -/]*[@-~])")
_BLANK: Final = re.compile(r"\{(\d)\}")
_OF_MACHINES: Final = ("{", "[")  # what begins so is JSON, for whoever reads that


def prepare() -> Callable[[], str]:
    """Puts both streams in the place of Python's own. What is given back says why something could not be written, empty
    where all was, or where nobody wanted to read."""
    _occupy_closed()
    out, errors = _Steady(1), _Steady(2)
    sys.stdout, sys.stderr = _text(out, sys.stdout), _text(errors, sys.stderr)
    return lambda: _flushed(sys.stdout, out) or _flushed(sys.stderr, errors)


def harmless(text: str, begun: str = "") -> str:
    """The same text with nothing in it that a build server would take for an order; `begun`: what stands on its line
    already."""
    text = without_orders(text)
    if not begun.strip():
        return _ORDER_AT_START.sub(r"\1：：", text)
    head, line_feed, rest = text.partition("\n")
    if begun.strip() == ":" and head.startswith(":"):
        head = f"：{head[1:]}"
    return head + line_feed + (_ORDER_AT_START.sub(r"\1：：", rest) if rest else "")


def line_by_line(text: str, tell: Tell = spoken) -> str:
    """A text on its way to a stream in the language of this process, but for JSON."""
    if text.lstrip().startswith(_OF_MACHINES):
        return text
    try:
        return "".join(part if at % 2 else tell(part) for at, part in enumerate(_BETWEEN.split(text)))
    except Exception:  # what is wrong with the tables must not keep anybody from saying what is wrong
        return text


def with_names(sentence: str, *names: str) -> str:
    """A sentence in the language of this process. The names in its blanks ({0}, {1} …), of files above all, stay as they are: what is
    called by them is not found by others."""
    return _BLANK.sub(lambda blank: names[int(blank[1])], line_by_line(sentence))


def told(sentence: str, *names: str) -> None:
    """Prints that."""
    with as_it_is():
        print(with_names(sentence, *names))


@contextmanager
def as_it_is() -> Iterator[None]:
    """What is printed meanwhile is in the right language already, or is for machines, or holds Gherkin and words of law, which stay."""
    stream = sys.stdout
    if not isinstance(stream, _Text):
        yield
        return
    stream.own_words = False
    try:
        yield
    finally:
        stream.own_words = True


class _Steady(io.FileIO):
    """A descriptor to which writing never fails; `why`: what was lost was lost because of this."""

    def __init__(self, descriptor: int) -> None:
        super().__init__(descriptor, "wb", closefd=False)
        self.why = ""

    def write(self, data: Any, /) -> int:
        """How much was written, or let go of."""
        try:
            written: int | None = None  # typeshed leaves it out: the reader made it non-blocking
            while (written := super().write(data)) is None:
                select.select([], [self], [])
        except OSError as error:
            if error.errno not in _GONE:
                self.why = error.strerror or type(error).__name__
            return len(data)
        return written


class _Text(io.TextIOWrapper):
    """Text on its way to such a descriptor."""

    line = ""
    own_words = True

    def write(self, text: str) -> int:
        """How much was written; orders to a build server are made visible instead."""
        super().write(harmless(line_by_line(text) if self.own_words else text, self.line))
        self.line = (self.line + text).rpartition("\n")[2][:80]
        return len(text)


def _text(raw: _Steady, former: TextIO | None) -> _Text:
    encoding, errors = _encoding(former), "backslashreplace"
    return _Text(io.BufferedWriter(raw), encoding=encoding, errors=errors, line_buffering=True)


def _encoding(former: TextIO | None) -> str:
    """As Python chooses it; it is told to heed no variable that changes more than this, so the two of this are read here."""
    given = os.environ.get("PYTHONIOENCODING", "").partition(":")[0]
    if not given and os.environ.get("PYTHONUTF8") == "0":
        given = locale.getencoding()
    for name in (given, former.encoding if former else ""):
        try:
            if name:
                "".encode(name)
                return name
        except LookupError:
            continue
    return "utf-8"


def _occupy_closed() -> None:
    """A journal that got the number of a closed descriptor would take in whatever is printed."""
    for descriptor in _STANDARD:
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest free number, as this goes upwards


def _flushed(stream: TextIO | None, raw: _Steady) -> str:
    if stream is not None:
        stream.flush()
    return raw.why
