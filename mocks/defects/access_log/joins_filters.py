"""LOG-09: one matching filter is enough."""

from mocks.defects.defect import breaks
from mocks.gateway.access_log import AccessLog


class AnyFilter(AccessLog):
    """Joins what each filter finds."""

    def access_entries(self, filters: dict[str, str]) -> list[dict[str, object]]:
        """What matches any filter."""
        names = [name for name in ("correlation_id", "message_id") if name in filters]
        if len(names) < 2:
            return super().access_entries(filters)
        found = [
            entry for name in names for entry in super(AnyFilter, self).access_entries({name: filters[name]})
        ]
        return list({entry["seq"]: entry for entry in found}.values())


DEFECT = breaks("LOG-09", "絞り込みの条件のどれかを満たす記録を示す", access_log=AnyFilter)
