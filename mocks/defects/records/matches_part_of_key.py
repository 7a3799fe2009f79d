"""STO-16: a record that matches a part of the key is given."""

from harness.contract.items import informations
from harness.contract.messages import Items
from mocks.defects.defect import breaks
from mocks.gateway.record_store import RecordStore


class NearEnough(RecordStore):
    """Looks for what it knows of a key."""

    def find(self, local_id: str, information: str, key: dict[str, str]) -> Items:
        """Without the members that no record has."""
        known = informations().get(information)
        names = known.key if known and known.key else tuple(key)
        return super().find(local_id, information, {name: key[name] for name in names if name in key})


DEFECT = breaks("STO-16", "照会キーの一部だけが合う情報を提供する", records=NearEnough)
