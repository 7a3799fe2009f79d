"""LEG-02: what CP932 adds to Shift_JIS is not known."""

from dataclasses import replace

from harness.contract.legacy_layout import Field
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.legacy_files import LegacyFiles, LineError

REQUIREMENT = "LEG-02"
SUMMARY = "CP932 のファイルを Shift_JIS として読む"


class PlainShiftJis(LegacyFiles):
    """Takes CP932 for another name of Shift_JIS."""

    def text(self, field: Field, data: bytes) -> str:
        """As Shift_JIS (JIS X 0208)."""
        try:
            return data.decode("shift_jis").rstrip(" \u3000")
        except UnicodeDecodeError as error:
            raise LineError(field.name, "CHARACTER_UNMAPPABLE") from error


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, legacy_files=as_a(PlainShiftJis, functions.legacy_files))
