"""個別連携業務接続 (§4-3 中間インターフェース機能 No.5): files of business systems outside 地域情報プラットフォーム."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from harness.contract.items import informations
from harness.contract.legacy_layout import ENCODING, LINE_END, LOCAL_ID, Field, layout
from harness.contract.messages import Value
from harness.contract.refusals import RefusedError, refusals
from mocks.gateway.record_store import Record
from mocks.gateway.storage import Storage

_BLANKS = " \u3000"
# Where CP932 puts 外字, whose meaning only their maker knows, and what Python makes of the byte 0x80, which is no code.
_NO_CHARACTERS = frozenset(map(chr, range(0xE000, 0xF900))) | {"\x80"}


class LineError(Exception):
    """A line that cannot be taken: item (None for the whole line) and code of refusals.toml."""

    def __init__(self, item: str | None, code: str) -> None:
        self.item, self.code = item, code
        super().__init__(f"{item}: {code}")


@dataclass(frozen=True)
class FileSet:
    """That a file is one of several (`set` of schema `import`)."""

    id: str
    number: int
    of: int
    lines: int


@dataclass(frozen=True)
class LegacyFiles:
    """Turns lines of CP932 into records, and knows which files of a set are there."""

    TABLES: ClassVar[str] = """
        CREATE TABLE IF NOT EXISTS file_sets (
          id TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (id, number)) WITHOUT ROWID;
    """

    storage: Storage

    def check_announced(self, announced: FileSet, lines: int) -> None:
        """Is the file the one that was announced? Raises RefusedError INVALID_REQUEST."""
        if announced.number > announced.of:
            raise RefusedError("INVALID_REQUEST", "set の number が of を超える")
        if announced.lines != lines:
            raise RefusedError("INVALID_REQUEST", "ファイルの行数が set の lines と違う")

    def missing(self, announced: FileSet) -> list[int]:
        """The files of the set that are not there, now that this one is."""
        self.storage.run("INSERT OR IGNORE INTO file_sets VALUES (?, ?)", announced.id, announced.number)
        rows = self.storage.rows("SELECT number FROM file_sets WHERE id = ?", announced.id)
        there = {int(row["number"]) for row in rows}
        return [number for number in range(1, announced.of + 1) if number not in there]

    def lines(self, data: bytes) -> list[bytes]:
        """The lines of a file without their ends; the end of the last one may be absent."""
        return data.removesuffix(LINE_END).split(LINE_END) if data else []

    def record(self, information: str, line: bytes) -> Record:
        """The record of a line. Raises LineError."""
        fields = layout(information)
        if len(line) != sum(field.width for field in fields):
            raise LineError(None, "LINE_MALFORMED")
        values = dict(self._values(fields, line))
        local_id = str(values.pop(LOCAL_ID, ""))
        key = {name: str(values[name]) for name in informations()[information].key if name in values}
        return Record(local_id, information, key, values)

    def text(self, field: Field, data: bytes) -> str:
        """The characters of a field. Raises LineError CHARACTER_UNMAPPABLE."""
        try:
            text = data.decode(ENCODING)
        except UnicodeDecodeError as error:
            raise LineError(field.name, "CHARACTER_UNMAPPABLE") from error
        if not _NO_CHARACTERS.isdisjoint(text):
            raise LineError(field.name, "CHARACTER_UNMAPPABLE")
        return text.rstrip(_BLANKS)

    def number(self, field: Field, text: str) -> int:
        """The amount of a field. Raises LineError LINE_MALFORMED."""
        if not re.fullmatch(field.form or "", text):
            raise LineError(field.name, "LINE_MALFORMED")
        return int(text)

    def _values(self, fields: tuple[Field, ...], line: bytes) -> Iterator[tuple[str, Value]]:
        """Item by item; a blank field is an item that is not there."""
        start = 0
        for field in fields:
            text = self.text(field, line[start : start + field.width])
            start += field.width
            if text:
                yield field.name, self.number(field, text) if field.is_integer else text


def reported(number: int, error: LineError) -> dict[str, object]:
    """One row of `errors` in schema `import-result`; no value of the line is quoted."""
    return {"line": number, "item": error.item, "code": error.code, "reason": refusals()[error.code].ja}


def known(information: str) -> str:
    """The information. Raises RefusedError INVALID_REQUEST where no layout exists."""
    if information not in informations():
        raise RefusedError("INVALID_REQUEST", "information の様式がない")
    return information
