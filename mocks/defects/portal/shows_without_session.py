"""POR-03: whoever has no session sees anybody."""

from harness.contract.refusals import RefusedError
from mocks.defects.defect import breaks
from mocks.gateway.portal import Portal


class OpenPortal(Portal):
    """Leaves it to the portal who may ask."""

    def resident(self, session: str | None) -> str:
        """Nobody in particular, where the session is unknown."""
        try:
            return super().resident(session)
        except RefusedError:
            return ""

    def must_be_subject(self, resident: str, local_id: str) -> None:
        """Nobody in particular may see anything."""
        if resident:
            super().must_be_subject(resident, local_id)


DEFECT = breaks("POR-03", "知らないしるしの要求にも、情報を示す", portal=OpenPortal)
