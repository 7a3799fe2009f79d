"""JF-03: a grade of disability arrives as none."""

from dataclasses import replace
from typing import Any

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.linkage import Enquiry, Linkage

REQUIREMENT = "JF-03"
SUMMARY = "届いた障害等級を、いつもなしとして業務システムに渡す"


class NoGrades(Linkage):
    """Fills a code that it has no column for."""

    def note_answer(
        self, enquiry: Enquiry, items: dict[str, Any], reasons: dict[str, str] | None = None
    ) -> None:
        """障害等級 becomes 0."""
        super().note_answer(enquiry, {n: "0" if n == "障害等級" else v for n, v in items.items()}, reasons)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, linkage=as_a(NoGrades, functions.linkage))
