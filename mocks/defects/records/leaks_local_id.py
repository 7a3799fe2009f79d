"""ID-03: a reason meant for our own operators goes out to the partner."""

from dataclasses import replace

from harness.contract.refusals import RefusedError
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.record_store import Items, RecordStore

REQUIREMENT = "ID-03"
SUMMARY = "該当情報なしのエラーの理由に識別番号を書く"


class TalkativeStore(RecordStore):
    """Says whom it did not find."""

    def find(self, local_id: str, information: str, key: dict[str, str]) -> Items:
        """Raises RefusedError RECORD_NOT_FOUND with the 識別番号 in its reason."""
        try:
            return super().find(local_id, information, key)
        except RefusedError as refused:
            raise RefusedError(refused.refusal.code, f"識別番号 {local_id}") from refused


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, records=as_a(TalkativeStore, functions.records))
