"""CON-18: the reason of a refusal by the network is lost."""

from harness.contract.refusals import RefusedError
from mocks.defects.defect import breaks
from mocks.gateway.linkage import Linkage


class Vague(Linkage):
    """Says that it did not work."""

    def note_undeliverable(self, correlation_id: str, error: dict[str, str]) -> None:
        """Undelivered, whatever was said."""
        super().note_undeliverable(correlation_id, dict(RefusedError("UNDELIVERED").content()))


DEFECT = breaks("CON-18", "ネットワークの拒否の理由を、届かないとだけ示す", linkage=Vague)
