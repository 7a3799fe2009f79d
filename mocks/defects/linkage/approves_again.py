"""CON-08: a decision can be taken again, and is sent again."""

from mocks.defects.defect import breaks
from mocks.gateway.linkage import Linkage, Pending


class Forgiving(Linkage):
    """Keeps what was decided on its list."""

    def decide(self, correlation_id: str, decision: str, now: float) -> Pending:
        """The entry stays decidable."""
        pending = super().decide(correlation_id, decision, now)
        self.storage.run("UPDATE pending SET decision = NULL WHERE seq = ?", pending.seq)
        return pending


DEFECT = breaks("CON-08", "承認するたびに照会応答を送る", linkage=Forgiving)
