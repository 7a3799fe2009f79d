"""AUTH-01: `to` is not compared."""

from harness.contract.messages import Header
from mocks.defects.defect import breaks
from mocks.gateway.authorisation import Authorisation


class ForEverybody(Authorisation):
    """Takes every message for its own."""

    def check_addressee(self, header: Header) -> None:
        """Every addressee will do."""


DEFECT = breaks("AUTH-01", "他団体宛ての電文を受け付ける", authorisation=ForEverybody)
