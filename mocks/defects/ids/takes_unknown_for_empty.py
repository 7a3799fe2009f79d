"""ID-04: an unknown link code is treated as a resident without records."""

from dataclasses import replace

from harness.contract.refusals import RefusedError
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.id_conversion import IdConversion

REQUIREMENT = "ID-04"
SUMMARY = "対応する者のないリンクコードを、情報のない住民として扱う"


class EverybodyIsKnown(IdConversion):
    """Finds somebody for every code."""

    def local_id_of(self, link_code: str) -> str:
        """An empty 識別番号 where there is none; no record belongs to it."""
        try:
            return super().local_id_of(link_code)
        except RefusedError:
            return ""


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, ids=as_a(EverybodyIsKnown, functions.ids))
