"""LEG-03: a code without a character becomes a geta mark."""

from dataclasses import replace

from harness.contract.legacy_layout import Field
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.legacy_files import LegacyFiles

REQUIREMENT = "LEG-03"
SUMMARY = "対応する文字のない符号を〓に置き換える"


class Replacing(LegacyFiles):
    """Prints something for everything."""

    def text(self, field: Field, data: bytes) -> str:
        """With 〓 where nothing fits."""
        text = data.decode("cp932", errors="replace")
        return "".join("〓" if 0xE000 <= ord(c) < 0xF900 else c for c in text).rstrip(" \u3000")


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, legacy_files=as_a(Replacing, functions.legacy_files))
