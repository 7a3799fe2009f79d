"""STO-03: text is stored in NFC, which turns U+FA19 into U+795E."""

from dataclasses import replace
from unicodedata import normalize

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.record_store import Items, RecordStore

REQUIREMENT = "STO-03"
SUMMARY = "登録された文字を NFC 正規化して保管する"


class NormalisingStore(RecordStore):
    """Tidies text up."""

    def stored(self, items: Items) -> Items:
        """Text in NFC."""
        return {k: normalize("NFC", v) if isinstance(v, str) else v for k, v in items.items()}


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, records=as_a(NormalisingStore, functions.records))
