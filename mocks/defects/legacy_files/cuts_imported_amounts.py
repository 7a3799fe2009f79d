"""LEG-01: the last digit of imported amounts is lost."""

from dataclasses import replace

from harness.contract.legacy_layout import Field
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.legacy_files import LegacyFiles

REQUIREMENT = "LEG-01"
SUMMARY = "取り込んだ金額の1円の位を失う"


class Rounding(LegacyFiles):
    """Counts columns from zero once too often."""

    def number(self, field: Field, text: str) -> int:
        """In tens of yen."""
        return super().number(field, text) // 10 * 10


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, legacy_files=as_a(Rounding, functions.legacy_files))
