"""NTC-05: a 連絡 without 受領 is not sent again."""

from dataclasses import replace

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.notices import Notice, Notices

REQUIREMENT = "NTC-05"
SUMMARY = "受領のない連絡を送り直さない"


class OnceOnly(Notices):
    """Sends once."""

    def due(self, now: float) -> list[Notice]:
        """Nothing."""
        super().due(now)
        return []


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, notices=as_a(OnceOnly, functions.notices))
