"""CON-10: what waits longest stands last."""

from mocks.defects.defect import breaks
from mocks.gateway.linkage import Linkage, Pending


class LastInFirst(Linkage):
    """Shows what came last."""

    def pending(self, now: float) -> list[Pending]:
        """Newest first."""
        return super().pending(now)[::-1]


DEFECT = breaks("CON-10", "応答待ちの一覧を新しい順に示す", linkage=LastInFirst)
