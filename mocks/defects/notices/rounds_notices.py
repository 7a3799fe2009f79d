"""UC-03: amounts of a 連絡 are sent in thousands."""

from dataclasses import replace
from typing import Any

from harness.contract.messages import Header
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.notices import Notice, Notices

REQUIREMENT = "UC-03"
SUMMARY = "連絡の数値を千の単位に切り捨てて送る"


class InThousands(Notices):
    """Sends round figures."""

    def open(self, local_id: str, header: Header, items: dict[str, Any], redeliver_at: float) -> Notice:
        """Whole thousands."""
        cut = {n: v // 1000 * 1000 if isinstance(v, int) else v for n, v in items.items()}
        return super().open(local_id, header, cut, redeliver_at)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, notices=as_a(InThousands, functions.notices))
