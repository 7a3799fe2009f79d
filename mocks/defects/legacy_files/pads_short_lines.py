"""LEG-04: a line that is too short is filled up."""

from dataclasses import replace
from typing import Any

from harness.contract.legacy_layout import layout
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.legacy_files import LegacyFiles

REQUIREMENT = "LEG-04"
SUMMARY = "長さの足りない行を補って取り込む"


class Padding(LegacyFiles):
    """Reads past the end of a line."""

    def record(self, information: str, line: bytes) -> dict[str, Any]:
        """With blanks to its width."""
        return super().record(information, line.ljust(sum(field.width for field in layout(information))))


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, legacy_files=as_a(Padding, functions.legacy_files))
