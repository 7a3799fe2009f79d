"""LOG-11: a seal covers its own entry only, so that a deleted one leaves no gap."""

from harness.contract.log_seal import seal
from mocks.defects.defect import breaks
from mocks.gateway.access_log import AccessLog


class LooseSeals(AccessLog):
    """Seals each entry by itself."""

    def sealed(self, previous: str, entry: dict[str, object]) -> str:
        """Without the seal before."""
        return seal("", entry)


DEFECT = breaks("LOG-11", "記録を前の記録と連ねずに封印する", access_log=LooseSeals)
