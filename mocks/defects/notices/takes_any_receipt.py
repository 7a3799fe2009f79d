"""NTC-09: a 受領 for nothing is accepted."""

from dataclasses import replace

from harness.contract.messages import Header, Kind
from harness.contract.refusals import RefusedError
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.notices import Notice, Notices

REQUIREMENT = "NTC-09"
SUMMARY = "送った覚えのない連絡の受領を受け付ける"


class Trusting(Notices):
    """Takes every 受領 for good news."""

    def answered_by(self, header: Header) -> Notice:
        """Some 連絡, where there is none."""
        try:
            return super().answered_by(header)
        except RefusedError:
            if header.kind != Kind.RECEIPT:
                raise
            return Notice("", "", header, {})


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, notices=as_a(Trusting, functions.notices))
