"""NTC-04: a 受領 changes nothing."""

from dataclasses import replace
from typing import Any

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.notices import Notices

REQUIREMENT = "NTC-04"
SUMMARY = "受領が届いても連絡を送信済のままにする"


class Unmoved(Notices):
    """Is through with what it has sent."""

    def note(self, correlation_id: str, status: str, error: dict[str, Any] | None = None) -> None:
        """Anything but 受領済."""
        if status != "受領済":
            super().note(correlation_id, status, error)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, notices=as_a(Unmoved, functions.notices))
