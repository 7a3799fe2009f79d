"""The one reader of a journal: bytes → entries.

Two ways, as there are two readers' minds. `read` and its kin believe what the bench has written and stop at a damaged line.
`unbelieved` takes a line whoever wrote it, and makes of it what any reader of a view can take."""

import json
import math
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

from harness.contract.journal_entries import AnyEntry, Said
from harness.contract.journal_text import DamagedLineError, from_line


def read(path: Path) -> Iterator[AnyEntry]:
    """The entries in order. A last line cut off by a kill is passed over; nothing else is. Raises DamagedLineError."""
    with path.open("rb") as lines:
        yield from entries_of(lines)


def entries_of(lines: Iterable[bytes]) -> Iterator[AnyEntry]:
    """The same of lines."""
    return (entry_of(line) for line in lines if line.endswith(b"\n"))


def entry_of(line: bytes) -> AnyEntry:
    """The same of one line. A member that it lacks is missed by whoever asks for it, with KeyError."""
    return cast(AnyEntry, from_line(line))


def sound_entries(lines: Iterable[bytes]) -> Iterator[AnyEntry]:
    """Those that can be read, cut off or not; the others are counted elsewhere."""
    for line in lines:
        try:
            entry = entry_of(line)
        except DamagedLineError:
            continue
        if "type" in entry:
            yield entry


def is_entry(line: bytes) -> bool:
    """A whole line, with an entry on it."""
    try:
        entry_of(line)
    except DamagedLineError:
        return False
    return line.endswith(b"\n")


def unbelieved(line: bytes) -> tuple[Said, str]:
    """An entry and its JSON, valid where the line is not quite: NaN, Infinity and numbers beyond all bounds become strings, as
    no reader of a view would take them. Raises DamagedLineError."""
    odd: list[str] = []

    def kept(said: str) -> str:
        odd.append(said)
        return said

    def number(said: str) -> float | str:
        value = float(said)
        return value if math.isfinite(value) else kept(said)

    try:
        raw = line.decode("utf-8", "surrogatepass").rstrip("\n")
        entry = json.loads(raw, parse_constant=kept, parse_float=number)
        plain = json.dumps(entry, ensure_ascii=False) if odd else raw
    except (ValueError, RecursionError) as error:
        raise DamagedLineError(type(error).__name__) from error
    if not isinstance(entry, dict):
        raise DamagedLineError("オブジェクトではない")
    return entry, plain


def writer_of(line: bytes) -> str:
    """Who a line says that has written it; "" for a line of nobody."""
    try:
        by = from_line(line).get("by")
    except DamagedLineError:
        return ""
    return by if isinstance(by, str) else ""
