"""JF-02: a pension that is paid arrives as none."""

from dataclasses import replace
from typing import Any

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.linkage import Enquiry, Linkage

REQUIREMENT = "JF-02"
SUMMARY = "届いた公的年金の受給の有無を、いつも無として業務システムに渡す"


class NoPensions(Linkage):
    """Fills a flag that it has no column for."""

    def note_answer(
        self, enquiry: Enquiry, items: dict[str, Any], reasons: dict[str, str] | None = None
    ) -> None:
        """受給の有無 becomes 0."""
        super().note_answer(enquiry, {n: "0" if n == "受給の有無" else v for n, v in items.items()}, reasons)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, linkage=as_a(NoPensions, functions.linkage))
