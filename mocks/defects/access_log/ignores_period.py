"""LOG-10: since and until change nothing."""

from mocks.defects.defect import breaks
from mocks.gateway.access_log import AccessLog


class WholeTime(AccessLog):
    """Shows all time."""

    def access_entries(self, filters: dict[str, str]) -> list[dict[str, object]]:
        """Of all time."""
        return super().access_entries(without_period(filters))

    def audit_entries(self, filters: dict[str, str]) -> list[dict[str, object]]:
        """Of all time."""
        return super().audit_entries(without_period(filters))


def without_period(filters: dict[str, str]) -> dict[str, str]:
    """The other filters."""
    return {name: value for name, value in filters.items() if name not in {"since", "until"}}


DEFECT = breaks("LOG-10", "期間の指定を無視する", access_log=WholeTime)
