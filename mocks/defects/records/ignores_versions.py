"""STO-18: an older version replaces a newer one."""

from dataclasses import replace

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.record_store import RecordStore

REQUIREMENT = "STO-18"
SUMMARY = "古い版の情報で新しい版を上書きする"


class Versionless(RecordStore):
    """Believes what comes last."""

    def check_version(self, place: tuple[str, str, str], version: int | None) -> None:
        """Whatever comes last."""


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, records=as_a(Versionless, functions.records))
