"""Every derived figure of the published tables (§4-4, §5-2), exactly."""

from decimal import Decimal

import pytest

from load.estimate.traffic import (
    MODELS,
    NATIONAL_ENQUIRY_DAY_KB,
    NATIONAL_YEAR_KB,
    Municipality,
    Season,
    exceeds_line,
    rate_kbps,
    share_kb,
)

YEAR_KB = {1_000_000: 71_636_172, 100_000: 7_163_617, 50_000: 3_581_809, 10_000: 716_362}
DAY_KB = {1_000_000: 4_685_401, 100_000: 468_540, 50_000: 234_270, 10_000: 46_854}
KBPS = {
    Season.NORMAL: {1_000_000: "165.82", 100_000: "16.58", 50_000: "8.29", 10_000: "1.66"},
    Season.BUSY: {1_000_000: "331.65", 100_000: "33.17", 50_000: "16.58", 10_000: "3.32"},
    Season.MASS_ENQUIRY: {1_000_000: "1301.50", 100_000: "130.15", 50_000: "65.07", 10_000: "13.02"},
}


@pytest.mark.parametrize(("population", "kb"), YEAR_KB.items())
def test_a_years_kb(population: int, kb: int) -> None:
    assert share_kb(NATIONAL_YEAR_KB, population) == kb


@pytest.mark.parametrize(("population", "kb"), DAY_KB.items())
def test_a_days_kb_of_the_mass_enquiry(population: int, kb: int) -> None:
    assert share_kb(NATIONAL_ENQUIRY_DAY_KB, population) == kb


@pytest.mark.parametrize(("season", "population"), [(s, p) for s, row in KBPS.items() for p in row])
def test_kbps(season: Season, population: int) -> None:
    assert rate_kbps(season, population) == Decimal(KBPS[season][population])


def test_only_b_under_the_mass_enquiry_exceeds_its_line() -> None:
    assert [(s, m.name) for s in Season for m in MODELS if exceeds_line(s, m)] == [
        (Season.MASS_ENQUIRY, "市町村B")
    ]


def test_a_faster_line_carries_it() -> None:
    assert not exceeds_line(Season.MASS_ENQUIRY, Municipality("市町村B", 100_000, 131))


def test_no_population_is_refused() -> None:
    with pytest.raises(ValueError, match="人口は1人以上"):
        share_kb(NATIONAL_YEAR_KB, 0)
