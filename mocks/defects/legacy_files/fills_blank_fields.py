"""LEG-06: a blank number becomes zero."""

from dataclasses import replace

from harness.contract.legacy_layout import Field
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.legacy_files import LegacyFiles

REQUIREMENT = "LEG-06"
SUMMARY = "空白の数値の項目を0として取り込む"


class ZeroForBlank(LegacyFiles):
    """Reads a blank as zero."""

    def text(self, field: Field, data: bytes) -> str:
        """Zero where nothing stands."""
        text = super().text(field, data)
        return text or ("0" if field.type in {"9", "S9"} else "")


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, legacy_files=as_a(ZeroForBlank, functions.legacy_files))
