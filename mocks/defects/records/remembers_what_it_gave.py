"""STO-09: what was given once is given again, whatever has been registered since."""

from dataclasses import dataclass, field

from harness.contract.messages import Items
from mocks.defects.defect import breaks
from mocks.gateway.record_store import RecordStore
from mocks.gateway.storage import dump_key


@dataclass(frozen=True)
class Caching(RecordStore):
    """Spares the database."""

    given: dict[tuple[str, ...], Items] = field(default_factory=dict)

    def extract(self, local_id: str, information: str, key: dict[str, str], affair: str) -> Items:
        """As it was the first time."""
        place = (local_id, information, dump_key(key), affair)
        if place not in self.given:
            self.given[place] = super().extract(local_id, information, key, affair)
        return self.given[place]


DEFECT = breaks("STO-09", "一度提供した情報を、訂正の後も提供し続ける", records=Caching)
