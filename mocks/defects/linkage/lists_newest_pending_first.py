"""CON-10: what waits longest stands last."""

from dataclasses import replace

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.linkage import Linkage, Pending

REQUIREMENT = "CON-10"
SUMMARY = "応答待ちの一覧を新しい順に示す"


class LastInFirst(Linkage):
    """Shows what came last."""

    def pending(self, now: float) -> list[Pending]:
        """Newest first."""
        return super().pending(now)[::-1]


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, linkage=as_a(LastInFirst, functions.linkage))
