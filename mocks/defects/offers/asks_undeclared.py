"""DEC-03: enquiries go out though 照会側 is not declared."""

from dataclasses import replace

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.offers import Need, Offers

REQUIREMENT = "DEC-03"
SUMMARY = "照会側を宣言しないのに照会する"
PROFILE = "provider-only"


class AskingAnyway(Offers):
    """Has more doors than its statement names."""

    def must_offer(self, needs: tuple[Need, ...]) -> None:
        """All but this one."""
        super().must_offer(tuple(need for need in needs if need != ("roles", "照会側")))


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, offers=as_a(AskingAnyway, functions.offers))
