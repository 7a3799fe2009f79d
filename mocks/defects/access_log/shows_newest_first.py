"""LOG-08: entries come newest first."""

from dataclasses import replace
from typing import Any

from mocks.gateway.access_log import AccessLog
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "LOG-08"
SUMMARY = "アクセス記録を新しい順に示す"


class NewestFirst(AccessLog):
    """Shows what happened last."""

    def access_entries(self, filters: dict[str, str]) -> list[dict[str, Any]]:
        """Newest first."""
        return super().access_entries(filters)[::-1]


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, access_log=as_a(NewestFirst, functions.access_log))
