"""LEG-03: a code without a character becomes a geta mark."""

from harness.contract.legacy_layout import Field
from mocks.defects.defect import breaks
from mocks.gateway.legacy_files import LegacyFiles


class Replacing(LegacyFiles):
    """Prints something for everything."""

    def text(self, field: Field, data: bytes) -> str:
        """With 〓 where nothing fits."""
        text = data.decode("cp932", errors="replace")
        return "".join("〓" if 0xE000 <= ord(c) < 0xF900 else c for c in text).rstrip(" \u3000")


DEFECT = breaks("LEG-03", "対応する文字のない符号を〓に置き換える", legacy_files=Replacing)
