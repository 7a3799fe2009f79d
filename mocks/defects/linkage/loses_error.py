"""CON-04: a partner's error changes nothing."""

from dataclasses import replace
from typing import Any

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.linkage import Enquiry, Linkage

REQUIREMENT = "CON-04"
SUMMARY = "相手団体のエラーを処理状況に反映せず、送信済のままにする"


class ErrorLosing(Linkage):
    """Waits for good news."""

    def note_error(self, enquiry: Enquiry, error: dict[str, Any]) -> None:
        """Nothing is noted."""


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, linkage=as_a(ErrorLosing, functions.linkage))
