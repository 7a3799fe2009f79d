"""LOG-10: since and until change nothing."""

from dataclasses import replace
from typing import Any

from mocks.gateway.access_log import AccessLog
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "LOG-10"
SUMMARY = "期間の指定を無視する"


class WholeTime(AccessLog):
    """Shows all time."""

    def access_entries(self, filters: dict[str, str]) -> list[dict[str, Any]]:
        """Of all time."""
        return super().access_entries(without_period(filters))

    def audit_entries(self, filters: dict[str, str]) -> list[dict[str, Any]]:
        """Of all time."""
        return super().audit_entries(without_period(filters))


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, access_log=as_a(WholeTime, functions.access_log))


def without_period(filters: dict[str, str]) -> dict[str, str]:
    """The other filters."""
    return {name: value for name, value in filters.items() if name not in {"since", "until"}}
