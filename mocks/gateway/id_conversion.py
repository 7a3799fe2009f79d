"""ID変換 (§4-3 中間インターフェース機能 No.2): リンクコード ⇔ 識別番号. Only these two identify a person."""

from dataclasses import dataclass
from typing import ClassVar

from harness.contract.refusals import RefusedError
from mocks.gateway.storage import Storage

_COLUMNS = ("enrolment_token", "name", "kana", "birth_date", "sex", "address")


@dataclass(frozen=True)
class IdConversion:
    """The residents of the municipality. The 個人番号 is not kept: nothing here needs it (番号法20条)."""

    TABLES: ClassVar[str] = """
        CREATE TABLE IF NOT EXISTS subjects (
          local_id TEXT PRIMARY KEY, link_code TEXT NOT NULL UNIQUE, enrolment_token TEXT NOT NULL,
          name TEXT NOT NULL, kana TEXT NOT NULL,
          birth_date TEXT NOT NULL, sex TEXT NOT NULL, address TEXT NOT NULL) WITHOUT ROWID;
    """

    storage: Storage

    def register(self, local_id: str, subject: dict[str, str], link_code: str) -> bool:
        """Stores or replaces a subject; True where it is new.

        Raises RefusedError LINK_CODE_UNAVAILABLE where the code belongs to another 識別番号: linking it to a
        second resident would mix the two up.
        """
        row = self.storage.row("SELECT local_id FROM subjects WHERE link_code = ?", link_code)
        if row and row["local_id"] != local_id:
            raise RefusedError("LINK_CODE_UNAVAILABLE", "別の識別番号に結び付いている")
        known = self.is_known(local_id)
        values = [subject[c] for c in _COLUMNS]
        self.storage.run(
            "INSERT OR REPLACE INTO subjects VALUES (?, ?, ?, ?, ?, ?, ?, ?)", local_id, link_code, *values
        )
        return not known

    def link_code_redeemed_with(self, local_id: str, enrolment_token: str) -> str | None:
        """The link code where this token was redeemed for this resident before, else None."""
        row = self.storage.row(
            "SELECT link_code FROM subjects WHERE local_id = ? AND enrolment_token = ?",
            local_id,
            enrolment_token,
        )
        return str(row["link_code"]) if row else None

    def is_known(self, local_id: str) -> bool:
        """Is there a resident of this 識別番号?"""
        return self.storage.row("SELECT 1 FROM subjects WHERE local_id = ?", local_id) is not None

    def local_id_of(self, link_code: str) -> str:
        """②: リンクコード → 識別番号. Raises RefusedError SUBJECT_UNKNOWN."""
        row = self.storage.row("SELECT local_id FROM subjects WHERE link_code = ?", link_code)
        if row is None:
            raise RefusedError("SUBJECT_UNKNOWN")
        return str(row["local_id"])

    def must_lead_to(self, link_code: str, local_id: str) -> None:
        """Raises RefusedError SUBJECT_UNKNOWN where the code is not this resident's any more."""
        if self.local_id_of(link_code) != local_id:
            raise RefusedError("SUBJECT_UNKNOWN")

    def code_for_answer(self, local_id: str) -> str:
        """③: 識別番号 → our own リンクコード, for an answer. Raises RefusedError SUBJECT_UNKNOWN."""
        return self._link_code_of(local_id)

    def code_for_enquiry(self, local_id: str) -> str:
        """識別番号 → our own リンクコード, for an enquiry. Raises RefusedError SUBJECT_UNKNOWN."""
        return self._link_code_of(local_id)

    def _link_code_of(self, local_id: str) -> str:
        row = self.storage.row("SELECT link_code FROM subjects WHERE local_id = ?", local_id)
        if row is None:
            raise RefusedError("SUBJECT_UNKNOWN")
        return str(row["link_code"])
