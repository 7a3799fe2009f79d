"""DEC-05: a batch is accepted though バッチ is not declared."""

from dataclasses import replace

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.offers import Need, Offers

REQUIREMENT = "DEC-05"
SUMMARY = "バッチを宣言しないのに受け付ける"
PROFILE = "requester-only"


class BatchingAnyway(Offers):
    """Has more doors than its statement names."""

    def must_offer(self, needs: tuple[Need, ...]) -> None:
        """All but this one."""
        super().must_offer(tuple(need for need in needs if need != ("modes", "バッチ")))


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, offers=as_a(BatchingAnyway, functions.offers))
