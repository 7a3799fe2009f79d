"""LEG-05: a line of wrong length is passed over without a word."""

from dataclasses import replace

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.legacy_files import LegacyFiles

REQUIREMENT = "LEG-05"
SUMMARY = "長さの誤った行を、知らせずに捨てる"


class Skipping(LegacyFiles):
    """Skips what does not look like a record."""

    def lines(self, data: bytes) -> list[bytes]:
        """Those of the usual length."""
        lines = super().lines(data)
        longest = max((len(line) for line in lines), default=0)
        return [line for line in lines if len(line) == longest]


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, legacy_files=as_a(Skipping, functions.legacy_files))
