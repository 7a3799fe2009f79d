"""POR-01: whoever logs in elsewhere ends the session that was there."""

from mocks.defects.defect import breaks
from mocks.gateway.portal import Portal


class OneSession(Portal):
    """One session a resident."""

    def open(self, local_id: str, seconds: int, now: float) -> str:
        """In place of those before it."""
        self.storage.run("DELETE FROM portal_sessions WHERE local_id = ?", local_id)
        return super().open(local_id, seconds, now)


DEFECT = breaks("POR-01", "別の端末で利用を始めると、先に始めた利用を終わらせる", portal=OneSession)
