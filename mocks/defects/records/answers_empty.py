"""STO-05: a missing record is answered with an answer without items."""

from dataclasses import replace

from harness.contract.refusals import RefusedError
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.record_store import Items, RecordStore

REQUIREMENT = "STO-05"
SUMMARY = "該当する情報がなくても、項目のない照会応答を返す"


class NeverWithoutAnswer(RecordStore):
    """Has something for everybody."""

    def extract(self, local_id: str, information: str, key: dict[str, str], affair: str) -> Items:
        """Nothing, where there is nothing."""
        try:
            return super().extract(local_id, information, key, affair)
        except RefusedError:
            return {}


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, records=as_a(NeverWithoutAnswer, functions.records))
