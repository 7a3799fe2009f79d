"""自己情報 through the residents' portal (§2-2 新No.3): who was authenticated may see what is held about them."""

import secrets
import time
from dataclasses import dataclass
from typing import ClassVar, Final

from harness.contract.affairs import affairs
from harness.contract.refusals import RefusedError
from mocks.gateway.storage import Storage

AFFAIR: Final = affairs()["自己情報の提供"].text
DEFAULT_SECONDS = 600  # guide §2: life of a session without valid_seconds


@dataclass(frozen=True)
class Portal:
    """Sessions that the portal opened, each for one resident."""

    TABLES: ClassVar[str] = """
        CREATE TABLE IF NOT EXISTS portal_sessions (
          session TEXT PRIMARY KEY, local_id TEXT NOT NULL, expires REAL NOT NULL) WITHOUT ROWID;
    """

    storage: Storage

    def open(self, local_id: str, seconds: int, now: float) -> str:
        """A new session for an authenticated resident; opaque."""
        session = secrets.token_urlsafe(32)
        self.storage.run("INSERT INTO portal_sessions VALUES (?, ?, ?)", session, local_id, now + seconds)
        return session

    def resident(self, session: str | None) -> str:
        """Whose session this is. Raises RefusedError PORTAL_SESSION_INVALID."""
        row = self.storage.row("SELECT * FROM portal_sessions WHERE session = ?", session or "")
        if row is None or self.is_over(row["expires"]):
            raise RefusedError("PORTAL_SESSION_INVALID")
        local_id: str = row["local_id"]
        return local_id

    def is_over(self, expires: float) -> bool:
        """Has the session ended?"""
        return expires <= time.time()

    def must_be_subject(self, resident: str, local_id: str) -> None:
        """Raises RefusedError NOT_THE_SUBJECT for everybody else's information."""
        if resident != local_id:
            raise RefusedError("NOT_THE_SUBJECT")
