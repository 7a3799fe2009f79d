"""DEC-01: the health object names another version of the table than the statement."""

from mocks.defects.defect import breaks
from mocks.gateway.offers import Offers


class Tableless(Offers):
    """Has an old version in its configuration."""

    def tables(self) -> tuple[str, ...]:
        """An old one."""
        return ("1999-01-01",)


DEFECT = breaks("DEC-01", "状態の応答で、宣言した別表第二の版を示さない", offers=Tableless)
