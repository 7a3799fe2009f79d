"""DEC-01: the health object names another version of the table than the statement."""

from dataclasses import replace

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.offers import Offers

REQUIREMENT = "DEC-01"
SUMMARY = "状態の応答で、宣言した別表第二の版を示さない"


class Tableless(Offers):
    """Has an old version in its configuration."""

    def tables(self) -> tuple[str, ...]:
        """An old one."""
        return ("1999-01-01",)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, offers=as_a(Tableless, functions.offers))
