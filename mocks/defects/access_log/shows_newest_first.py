"""LOG-08: entries come newest first."""

from mocks.defects.defect import breaks
from mocks.gateway.access_log import AccessLog


class NewestFirst(AccessLog):
    """Shows what happened last."""

    def access_entries(self, filters: dict[str, str]) -> list[dict[str, object]]:
        """Newest first."""
        return super().access_entries(filters)[::-1]


DEFECT = breaks("LOG-08", "アクセス記録を新しい順に示す", access_log=NewestFirst)
