"""The suite bites: a defect is convicted by the requirement that it breaks, the clean gateway by none. A part of the
defects, one profile and one clock a day; `renkei matrix` runs all defects."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from harness.catalogue.requirements import requirements
from harness.contract.versions import FIRST
from harness.matrix.coverage import later_scenarios
from mocks.defects.registry import defect, names
from tests.bench.bench_run import Ended, renkei
from tests.certificate.made import prefecture

PARTS = 10  # a whole round in as many days
DAY = int(os.environ.get("RENKEI_PART", datetime.now(UTC).toordinal()))
PART = DAY % PARTS
PROFILES = ("requester-only", "provider-only", "table-only")
CLOCKS = ("clock-4.5", "clock+4.5")
UNDECLARED = {r.id for r in requirements().values() if r.lacks}
LATER = {
    id_ for id_ in requirements() if later_scenarios(id_)
}  # of a version that the gateway does not declare


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Ended:
    """The whole suite on the clean gateway, which declares everything: by one version of the contract a day."""
    version = ("", ":contract-2")[DAY % 2]
    ended = renkei(tmp_path_factory.mktemp("clean"), "--gateway", f"reference{version}", "-n", "2")
    assert ended.code == 0, ended.out
    return ended


def test_the_clean_gateway_passes_every_requirement(clean: Ended) -> None:
    outside = UNDECLARED if DAY % 2 else UNDECLARED | LATER
    assert clean.verdicts() == {id_: "対象外" if id_ in outside else "合格" for id_ in requirements()}


def test_no_rule_and_no_alternative_goes_untried(clean: Ended) -> None:
    told = {row["id"]: row["untried"] for row in clean.results()["judge"]["rules"]}
    assert any(id_.startswith("contract-2-") for id_ in told) == bool(DAY % 2)
    assert not any(told.values()), {id_: untried for id_, untried in told.items() if untried}


@pytest.mark.parametrize("profile", [PROFILES[DAY % len(PROFILES)]])
def test_a_clean_gateway_that_declares_one_side_passes_what_it_declares(profile: str, tmp_path: Path) -> None:
    ended = renkei(tmp_path, "--gateway", f"reference:{profile}", "-n", "2", "--brief")
    assert ended.code == 0, ended.out
    assert set(ended.verdicts().values()) == {"合格", "対象外"}
    assert {id_ for id_ in UNDECLARED if ended.verdicts()[id_] == "合格"}


def test_a_clean_gateway_of_a_prefecture_passes_what_is_for_prefectures(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    ended = Ended(0, "", "", prefecture(tmp_path_factory).folder)
    assert ended.results()["verdict"] == "適合"
    assert set(ended.verdicts().values()) == {"合格", "対象外"}
    assert {ended.verdicts()[id_] for id_ in ("UC-01", "UC-04", "AUTH-05")} == {"合格"}


@pytest.mark.parametrize("clock", [CLOCKS[DAY % len(CLOCKS)]])
def test_a_clean_gateway_whose_clock_is_off_passes_as_far_as_the_contract_lets_it_be(
    clock: str, tmp_path: Path
) -> None:
    ended = renkei(tmp_path, "--gateway", f"reference:{clock}", "-n", "2", "--brief")
    assert ended.code == 0, ended.out
    assert set(ended.verdicts().values()) == {"対象外", "合格"}


@pytest.mark.parametrize("clock", ["clock-5.5", "clock+6"])
def test_a_clock_that_is_further_off_is_said_before_any_verdict(clock: str, tmp_path: Path) -> None:
    ended = renkei(tmp_path, "--gateway", f"reference:{clock}")
    assert ended.code == 2
    assert "時計が" in ended.err


def test_a_clock_that_is_none_is_said_with_what_there_is(tmp_path: Path) -> None:
    ended = renkei(tmp_path, "--gateway", "reference:clock+soon")
    assert (ended.code, "clock-4.5" in ended.err) == (2, True)


def test_every_mandatory_requirement_has_a_defect_that_proves_it() -> None:
    mandatory = {r.id for r in requirements().values() if r.level == "必須"}
    assert len(names()) >= 80
    assert mandatory - {defect(name).requirement for name in names()} == set()


@pytest.mark.parametrize("name", names()[PART::PARTS])
def test_a_defect_is_convicted_by_its_requirement(name: str, tmp_path: Path) -> None:
    broken = defect(name).requirement
    # What a later contract forbids shows in acts, which a run of one requirement leaves out.
    later = defect(name).contract != FIRST
    chosen = ("--use-case", "健診と予防接種") if later else ("--requirement", broken)
    ended = renkei(tmp_path, "--gateway", f"reference+{name}", *chosen)
    verdicts = ended.verdicts()
    assert (ended.code, verdicts[broken]) == (1, "不合格")
    assert later or set(verdicts) == {broken}


@pytest.mark.parametrize(("gateway", "workers"), [("null", "2"), ("refuses-everything", "0")])
def test_no_requirement_is_passed_vacuously(gateway: str, workers: str, tmp_path: Path) -> None:
    ended = renkei(tmp_path, "--gateway", gateway, "-n", workers, "--brief")
    assert ended.code == 1
    verdicts = ended.verdicts()
    assert {id_ for id_, verdict in verdicts.items() if verdict == "対象外"} == UNDECLARED | LATER
    assert {verdicts[id_] for id_ in set(requirements()) - UNDECLARED - LATER} <= {"不合格", "判定不能"}
    assert "不合格" in verdicts.values()
