"""POR-03: a portal session is good for ever."""

from dataclasses import replace

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.portal import Portal

REQUIREMENT = "POR-03"
SUMMARY = "期限の切れたポータルの利用を受け付ける"


class EndlessPortal(Portal):
    """Spares residents the second login."""

    def is_over(self, expires: float) -> bool:
        """Never."""
        return False


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, portal=as_a(EndlessPortal, functions.portal))
