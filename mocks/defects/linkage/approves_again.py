"""CON-08: a decision can be taken again, and is sent again."""

from dataclasses import replace

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.linkage import Linkage, Pending

REQUIREMENT = "CON-08"
SUMMARY = "承認するたびに照会応答を送る"


class Forgiving(Linkage):
    """Keeps what was decided on its list."""

    def decide(self, correlation_id: str, decision: str, now: float) -> Pending:
        """The entry stays decidable."""
        pending = super().decide(correlation_id, decision, now)
        self.storage.run("UPDATE pending SET decision = NULL WHERE seq = ?", pending.seq)
        return pending


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, linkage=as_a(Forgiving, functions.linkage))
