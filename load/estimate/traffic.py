"""The traffic estimates of the source document (§4-4, §5-2): from a year's KB to kbps on an access line."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

NATIONAL_YEAR_KB = 9_173_538_531  # §4-4: 34 use cases, all municipalities, a year
NATIONAL_ENQUIRY_DAY_KB = 600_000_000  # §5-2 参考ケース（一斉照会）, a day
NATIONAL_POPULATION = 128_057_352  # 2010 census, by which the document scales


class Season(Enum):
    """A case of §5-2, and the seconds over which it spreads its KB."""

    NORMAL = ("通常期", NATIONAL_YEAR_KB, 3_456_000)  # 960 hours
    BUSY = ("繁忙期", NATIONAL_YEAR_KB, 1_728_000)  # 480 hours
    MASS_ENQUIRY = ("一斉照会", NATIONAL_ENQUIRY_DAY_KB, 28_800)  # 8 hours

    def __init__(self, ja: str, national_kb: int, seconds: int) -> None:
        self.ja, self.national_kb, self.seconds = ja, national_kb, seconds

    @classmethod
    def named(cls, ja: str) -> "Season":
        """By its name. Raises ValueError with the names there are."""
        for season in cls:
            if season.ja == ja:
                return season
        raise ValueError(f"--profile {ja}: それはない（ある: {'、'.join(s.ja for s in cls)}）。")

    def share_kb(self, population: int) -> int:
        """A municipality's KB of the case. Raises ValueError for no population."""
        return share_kb(self.national_kb, population)


@dataclass(frozen=True)
class Municipality:
    """A model municipality of §5-2: population and the rate of its access line in kbps."""

    name: str
    population: int
    line_kbps: int


MODELS = (
    Municipality("市町村A", 1_000_000, 10_000),
    Municipality("市町村B", 100_000, 128),
    Municipality("市町村C", 50_000, 128),
    Municipality("市町村D", 10_000, 128),
)


def share_kb(national_kb: int, population: int, of: int = NATIONAL_POPULATION) -> int:
    """A municipality's KB, by population out of `of`; half a KB is rounded up. Raises ValueError for no population."""
    if population <= 0:
        raise ValueError(f"人口は1人以上: {population}")
    return int(_round(Decimal(national_kb) * population / of, 0))


def rate_kbps(season: Season, population: int) -> Decimal:
    """kbps of the published tables, at two decimals."""
    return kbps(season.share_kb(population), season.seconds)


def kbps(kb: int, seconds: int) -> Decimal:
    """At two decimals. KB/s is rounded at three decimals first, as the document does: without it 繁忙期 of B and 一斉照会 of C
    come out 0.01 off the published tables."""
    return _round(_round(Decimal(kb) / seconds, 3) * 8, 2)


def exceeds_line(season: Season, municipality: Municipality) -> bool:
    """Does the case need more than the line carries?"""
    return rate_kbps(season, municipality.population) > municipality.line_kbps


def _round(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
