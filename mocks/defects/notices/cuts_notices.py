"""NTC-01: only the first item of a 連絡 is sent."""

from dataclasses import replace
from typing import Any

from harness.contract.messages import Header
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.notices import Notice, Notices

REQUIREMENT = "NTC-01"
SUMMARY = "連絡の項目の一部を送らない"


class Short(Notices):
    """Sends what matters most."""

    def open(self, local_id: str, header: Header, items: dict[str, Any], redeliver_at: float) -> Notice:
        """With its first item."""
        return super().open(local_id, header, dict(list(items.items())[:1]), redeliver_at)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, notices=as_a(Short, functions.notices))
