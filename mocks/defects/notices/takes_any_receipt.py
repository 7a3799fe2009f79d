"""NTC-09: a 受領 for nothing is accepted."""

from harness.contract.messages import Header, Kind
from harness.contract.refusals import RefusedError
from mocks.defects.defect import breaks
from mocks.gateway.notices import Notice, Notices


class Trusting(Notices):
    """Takes every 受領 for good news."""

    def answered_by(self, header: Header) -> Notice:
        """Some 連絡, where there is none."""
        try:
            return super().answered_by(header)
        except RefusedError:
            if header.kind != Kind.RECEIPT:
                raise
            return Notice("", "", header, {}, "")


DEFECT = breaks("NTC-09", "送った覚えのない連絡の受領を受け付ける", notices=Trusting)
