"""STO-16: a record that matches a part of the key is given."""

from dataclasses import replace

from harness.contract.items import informations
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.record_store import Items, RecordStore

REQUIREMENT = "STO-16"
SUMMARY = "照会キーの一部だけが合う情報を提供する"


class NearEnough(RecordStore):
    """Looks for what it knows of a key."""

    def find(self, local_id: str, information: str, key: dict[str, str]) -> Items:
        """Without the members that no record has."""
        known = informations().get(information)
        names = known.key if known and known.key else tuple(key)
        return super().find(local_id, information, {name: key[name] for name in names if name in key})


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, records=as_a(NearEnough, functions.records))
