"""STO-03: text is stored in NFC, which turns U+FA19 into U+795E."""

from unicodedata import normalize

from harness.contract.messages import Items
from mocks.defects.defect import breaks
from mocks.gateway.record_store import RecordStore


class NormalisingStore(RecordStore):
    """Tidies text up."""

    def stored(self, items: Items) -> Items:
        """Text in NFC."""
        return {k: normalize("NFC", v) if isinstance(v, str) else v for k, v in items.items()}


DEFECT = breaks("STO-03", "登録された文字を NFC 正規化して保管する", records=NormalisingStore)
