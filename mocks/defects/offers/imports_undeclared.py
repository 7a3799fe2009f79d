"""DEC-07: a file is imported though it is not declared."""

from dataclasses import replace

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.offers import Need, Offers

REQUIREMENT = "DEC-07"
SUMMARY = "ファイルの取込みを宣言しないのに取り込む"
PROFILE = "provider-only"


class ImportingAnyway(Offers):
    """Has more doors than its statement names."""

    def must_offer(self, needs: tuple[Need, ...]) -> None:
        """All but this one."""
        super().must_offer(tuple(need for need in needs if need != ("legacy_files", "CP932固定長")))


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, offers=as_a(ImportingAnyway, functions.offers))
