"""バッチ (§4-3 連携確認機能): enquiries that go out in order, each with its own outcome."""

import json
from dataclasses import dataclass
from sqlite3 import Row
from typing import ClassVar

from harness.contract.messages import new_id
from harness.contract.processing_status import batch_row_status
from harness.contract.refusals import RefusedError
from mocks.gateway.storage import Storage, dump
from mocks.gateway.wishes import EnquiryWish


@dataclass(frozen=True)
class BatchRow:
    """One row: what was wished, and the enquiry that it became, or the refusal that it met."""

    number: int
    wish: EnquiryWish
    enquiry_id: str | None
    error: dict[str, str] | None


@dataclass(frozen=True)
class Batches:
    """Which enquiries belong to which batch."""

    TABLES: ClassVar[str] = """
        CREATE TABLE IF NOT EXISTS batch_rows (
          batch_id TEXT NOT NULL, number INTEGER NOT NULL, wish TEXT NOT NULL, enquiry_id TEXT, error TEXT,
          PRIMARY KEY (batch_id, number)) WITHOUT ROWID;
    """

    storage: Storage

    def open(self, wishes: list[EnquiryWish]) -> str:
        """Stores a batch whose rows are not submitted yet; its id."""
        batch_id = new_id()
        for number, wish in enumerate(wishes):
            self.storage.run(
                "INSERT INTO batch_rows VALUES (?, ?, ?, NULL, NULL)", batch_id, number, dump(wish.to_wire())
            )
        return batch_id

    def note(self, batch_id: str, number: int, enquiry_id: str | None, error: dict[str, str] | None) -> None:
        """What became of a row when it was submitted."""
        self.storage.run(
            "UPDATE batch_rows SET enquiry_id = ?, error = ? WHERE batch_id = ? AND number = ?",
            enquiry_id,
            dump(error) if error else None,
            batch_id,
            number,
        )

    def rows(self, batch_id: str) -> list[BatchRow]:
        """The rows in their order. Raises RefusedError NOT_FOUND."""
        found = self.storage.rows("SELECT * FROM batch_rows WHERE batch_id = ? ORDER BY number", batch_id)
        if not found:
            raise RefusedError("NOT_FOUND")
        return [_row(row) for row in found]

    def in_sending_order(self, rows: list[BatchRow]) -> list[BatchRow]:
        """The order in which rows are submitted: that of the request."""
        return rows

    def goes_on_after(self, refused: RefusedError) -> bool:
        """Are the rows behind a refused one submitted?"""
        return True

    def to_resend(self, rows: list[tuple[BatchRow, str]]) -> list[BatchRow]:
        """Of rows with their 処理状況, those that failed."""
        return [row for row, status in rows if status in batch_row_status().transitions["resent"].sources]


def _row(row: Row) -> BatchRow:
    error = json.loads(row["error"]) if row["error"] else None
    return BatchRow(row["number"], EnquiryWish.from_wire(json.loads(row["wish"])), row["enquiry_id"], error)
