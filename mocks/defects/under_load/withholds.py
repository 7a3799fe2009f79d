"""Now and then an answer is taken and recorded, and the business system never sees it: its enquiry stays 送信済 (CON-03)."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from harness.contract.messages import Items
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.linkage import Enquiry, Linkage


@dataclass(frozen=True)
class WithholdingLinkage(Linkage):
    """Does not note the answer that is due."""

    due: Callable[[], bool] = lambda: False

    def note_answer(self, enquiry: Enquiry, items: Items, reasons: dict[str, str] | None = None) -> None:
        """Every answer but the one that is due."""
        if not self.due():
            super().note_answer(enquiry, items, reasons)


def break_it(functions: Functions, due: Callable[[], bool]) -> Functions:
    """The gateway with this defect."""
    return replace(functions, linkage=as_a(WithholdingLinkage, functions.linkage, due=due))
