"""CON-02: the refusal of staff is taken off the list, and the answer goes out all the same."""

from dataclasses import dataclass, field, replace

from harness.contract.messages import Message
from mocks.defects.defect import Defect
from mocks.gateway.functions import Functions
from mocks.gateway.id_conversion import IdConversion
from mocks.gateway.linkage import Linkage, Pending
from mocks.gateway.record_store import RecordStore


@dataclass(frozen=True)
class DeafToStaff(Linkage):
    """Sends what staff refused to send."""

    records: RecordStore = field(kw_only=True)
    ids: IdConversion = field(kw_only=True)

    def answer_to_refused(self, pending: Pending) -> Message:
        """The answer itself."""
        header = pending.header
        items = self.records.extract(pending.local_id, header.information, pending.key, header.affair)
        return self.answer(header, self.ids.code_for_answer(pending.local_id), items)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    whole = functions.linkage
    linkage = DeafToStaff(
        whole.organisation, whole.storage, whole.opened, records=functions.records, ids=functions.ids
    )
    return replace(functions, linkage=linkage)


DEFECT = Defect("CON-02", "職員が拒否した照会依頼にも、情報を送る", break_it)
