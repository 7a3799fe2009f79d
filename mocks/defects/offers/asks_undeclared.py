"""DEC-03: enquiries go out though 照会側 is not declared."""

from mocks.defects.defect import breaks
from mocks.gateway.offers import Need, Offers


class AskingAnyway(Offers):
    """Has more doors than its statement names."""

    def must_offer(self, needs: tuple[Need, ...]) -> None:
        """All but this one."""
        super().must_offer(tuple(need for need in needs if need != ("roles", "照会側")))


DEFECT = breaks("DEC-03", "照会側を宣言しないのに照会する", profile="provider-only", offers=AskingAnyway)
