"""The suite bites: a defect is convicted by the requirement that it breaks, the clean gateway by none. A part of the
defects and one of the clean gateways a day; `renkei matrix` runs all defects."""

from pathlib import Path

import pytest

from harness.catalogue.requirements import requirements
from harness.contract.versions import LATEST
from harness.matrix.coverage import later_scenarios
from mocks.defects.registry import defect, names
from tests.bench.bench_run import Ended, renkei
from tests.certificate.made import CLEAN, PREFECTURE, whole
from tests.day import DAY, of_today

PARTS = 14  # a whole round in as many days
BRIEFLY = ("requester-only", "clock-4.5", "provider-only", "clock+4.5", "table-only")
IN_ACTS = ("answers-under-former-codes", "keeps-its-directory", "forgets-its-directory")
UNDECLARED = {r.id for r in requirements().values() if r.lacks}
LATER = {
    id_ for id_ in requirements() if later_scenarios(id_)
}  # of a version that the gateway does not declare


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Ended:
    """The whole suite on the clean gateway of today: of a city by one version of the contract, or of a prefecture."""
    return Ended(0, "", "", whole(tmp_path_factory).folder)


def test_the_clean_gateway_passes_every_requirement(clean: Ended) -> None:
    assert clean.results()["verdict"] == "適合"
    verdicts = clean.verdicts()
    if CLEAN == PREFECTURE:
        assert set(verdicts.values()) == {"合格", "対象外"}
        assert {verdicts[id_] for id_ in ("UC-01", "UC-04", "AUTH-05")} == {"合格"}
    else:
        outside = UNDECLARED if CLEAN.endswith(LATEST) else UNDECLARED | LATER
        assert verdicts == {id_: "対象外" if id_ in outside else "合格" for id_ in requirements()}


@pytest.mark.skipif(CLEAN == PREFECTURE, reason="県が尋ねず、提供しないものがある")
def test_no_rule_and_no_alternative_goes_untried(clean: Ended) -> None:
    told = {row["id"]: row["untried"] for row in clean.results()["judge"]["rules"]}
    assert any(id_.startswith("contract-2-") for id_ in told) == (CLEAN.endswith(LATEST))
    assert not any(told.values()), {id_: untried for id_, untried in told.items() if untried}


@pytest.mark.parametrize("kind", [of_today(BRIEFLY)])
def test_a_clean_gateway_of_one_side_or_whose_clock_is_off_passes(kind: str, tmp_path: Path) -> None:
    """It is judged by what it declares, and its clock may be off as far as the contract lets it be."""
    ended = renkei(tmp_path, "--gateway", f"reference:{kind}", "-n", "1", "--brief")
    assert ended.code == 0, ended.out
    assert set(ended.verdicts().values()) == {"合格", "対象外"}
    assert kind.startswith("clock") or {id_ for id_ in UNDECLARED if ended.verdicts()[id_] == "合格"}


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


@pytest.mark.parametrize("name", [name for name in names()[DAY % PARTS :: PARTS] if name not in IN_ACTS])
def test_a_defect_is_convicted_by_its_requirement(name: str, tmp_path: Path) -> None:
    broken = defect(name).requirement
    ended = renkei(tmp_path, "--gateway", f"reference+{name}", "--requirement", broken)
    assert (ended.code, ended.verdicts()) == (1, {broken: "不合格"})


def test_what_shows_in_acts_alone_is_convicted_by_its_requirement(tmp_path: Path) -> None:
    """One a day: a run of one requirement leaves acts out."""
    name = of_today(IN_ACTS)
    ended = renkei(tmp_path, "--gateway", f"reference+{name}", "--use-case", "健診と予防接種")
    assert (ended.code, ended.verdicts()[defect(name).requirement]) == (1, "不合格"), name


@pytest.mark.parametrize(("gateway", "workers"), [("null", "1"), ("refuses-everything", "0")])
def test_no_requirement_is_passed_vacuously(gateway: str, workers: str, tmp_path: Path) -> None:
    ended = renkei(tmp_path, "--gateway", gateway, "-n", workers, "--brief")
    assert ended.code == 1
    verdicts = ended.verdicts()
    assert {id_ for id_, verdict in verdicts.items() if verdict == "対象外"} == UNDECLARED | LATER
    assert {verdicts[id_] for id_ in set(requirements()) - UNDECLARED - LATER} <= {"不合格", "判定不能"}
    assert "不合格" in verdicts.values()
