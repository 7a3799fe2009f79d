"""DEC-06: a 連絡 is accepted though 連絡 is not declared."""

from dataclasses import replace

from harness.contract.messages import Header, Kind
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.offers import Offers

REQUIREMENT = "DEC-06"
SUMMARY = "連絡を宣言しないのに連絡を受け付ける"
PROFILE = "provider-only"


class ListeningAnyway(Offers):
    """Has more doors than its statement names."""

    def must_take(self, header: Header) -> None:
        """連絡 too."""
        if header.kind != Kind.NOTICE:
            super().must_take(header)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, offers=as_a(ListeningAnyway, functions.offers))
