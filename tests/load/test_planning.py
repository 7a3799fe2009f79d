"""From the command line to arrivals: everything impossible is said before anything starts, and the rate is the published one."""

from pathlib import Path

import pytest

from load.estimate.capacity import CapacityError, on_the_line
from load.estimate.estimates import EstimatesError
from load.estimate.traffic import Season
from load.prepare.planning import Asked, plan_of, wish_of
from load.prepare.profiles import ProfileError
from tests.load.statements import statement

OWN = 'summary = "x"\nper_second = 50\n[[phase]]\nseconds = 10\ntimes = 1\n'


@pytest.mark.parametrize(
    ("asked", "error", "says"),
    [
        (Asked("夏"), ProfileError, "それはない"),
        (Asked("E-通常期"), ProfileError, "それはない"),
        (Asked("通常期", population=0, line="128k"), ProfileError, "人口は1人以上"),
        (Asked("通常期", population=10), ProfileError, "その団体の回線"),
        (Asked("A-通常期", population=10, line="10M"), ProfileError, "どちらか一方"),
        (Asked("通常期", municipality="Z"), ProfileError, "A、B、C、D"),
        (Asked("通常期", line="0k"), CapacityError, "0より大きい速度"),
        (Asked("通常期", line="fast"), CapacityError, "0より大きい速度"),
        (Asked("通常期", scale=0.0), ProfileError, "--scale"),
        (Asked("通常期", scale=float("nan")), ProfileError, "--scale"),
        (Asked("通常期", seconds=0.0), ProfileError, "1秒以上"),
        (Asked("横浜型", line="none"), ProfileError, "接続数の上限は回線にある"),
        (Asked("通常期", table=Path("none.toml")), EstimatesError, "none.toml"),
    ],
)
def test_what_is_impossible_is_said_before_anything_starts(
    asked: Asked, error: type[ValueError], says: str
) -> None:
    with pytest.raises(error, match=says) as caught:
        wish_of(asked)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("cuts", "overlap"), [("[[1, 5], [3, 8]]", True), ("[[3, 8], [1, 3]]", False)])
def test_cuts_that_overlap_are_said(tmp_path: Path, cuts: str, overlap: bool) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(f"{OWN}[line]\ncuts = {cuts}\n", encoding="utf-8")
    if overlap:
        with pytest.raises(CapacityError, match="重なっている"):
            wish_of(Asked(str(path)))
    else:
        assert wish_of(Asked(str(path))).line


@pytest.mark.parametrize(("name", "kbps"), [("A", 10_000), ("B", 128), ("C", 128), ("D", 128)])
def test_a_municipality_has_its_own_line(name: str, kbps: float) -> None:
    line = wish_of(Asked(f"{name}-通常期")).line
    assert line is not None
    assert line.bits_per_second == kbps * 1000


def test_arrivals_carry_the_published_volume() -> None:
    """As many KB a second as the estimate has on the line, by messages of our own size."""
    wish = wish_of(Asked("A-一斉照会", seconds=60.0))
    plan = plan_of(wish, statement(), 1)
    assert plan.estimate is not None
    offered = on_the_line(Season.MASS_ENQUIRY, wish.table, wish.municipality.population)
    own = plan.estimate["arrivals_per_second"] * plan.estimate["own_message_kb"] * 8
    assert own == pytest.approx(offered.kbps, rel=1e-6)
    assert plan.count == pytest.approx(plan.estimate["arrivals_per_second"] * 60, rel=0.1)


def test_twice_the_scale_is_twice_the_arrivals() -> None:
    plans = [plan_of(wish_of(Asked("A-繁忙期", scale=s, seconds=60.0)), statement(), 1) for s in (1.0, 2.0)]
    assert plans[1].count == pytest.approx(2 * plans[0].count, rel=0.1)


def test_a_profile_of_ones_own_has_its_own_rate(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(OWN, encoding="utf-8")
    plan = plan_of(wish_of(Asked(str(path), line="none")), statement(), 3)
    assert plan.estimate is None
    assert plan.count == pytest.approx(500, rel=0.2)


def test_without_a_line_there_is_no_gate_of_the_line() -> None:
    wishes = [wish_of(Asked("A-通常期", line=line)) for line in (None, "none")]
    over, without = ({gate.name for gate in wish.gates} for wish in wishes)
    assert over - without == {"line_utilisation"}


def test_cuts_are_stretched_with_the_phases() -> None:
    line = wish_of(Asked("復旧", seconds=24.0)).line
    assert line is not None
    assert line.cuts == ((6.0, 12.0),)
