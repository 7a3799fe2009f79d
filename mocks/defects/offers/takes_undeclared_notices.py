"""DEC-06: a 連絡 is accepted though 連絡 is not declared."""

from harness.contract.messages import Header, Kind
from mocks.defects.defect import breaks
from mocks.gateway.offers import Offers


class ListeningAnyway(Offers):
    """Has more doors than its statement names."""

    def must_take(self, header: Header) -> None:
        """連絡 too."""
        if header.kind != Kind.NOTICE:
            super().must_take(header)


DEFECT = breaks(
    "DEC-06", "連絡を宣言しないのに連絡を受け付ける", profile="provider-only", offers=ListeningAnyway
)
