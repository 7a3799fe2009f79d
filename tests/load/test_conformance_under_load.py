"""A gateway that fails once in so many messages is convicted under load, and the clean one passes, over any line."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from harness.catalogue.findings import ConfigurationError, NonconformityError
from harness.catalogue.verdicts import Verdict
from harness.contract.items import informations
from harness.contract.statement import Statement
from load.line.shaped_line import LineQuality
from load.prepare.asking import Asking, asked_elsewhere, asked_of
from load.prepare.prepared import NORTH, SOUTH
from load.prepare.preparing import Share
from tests.load.load_scene import BOTH, NORTH_ONLY, SOUTH_ONLY, Finished, Load, run_load
from tests.load.statements import statement

pytestmark = pytest.mark.slow
COUNT = 150
FAILED = 3  # of 150, once in 50


def lists(outcome: Finished) -> dict[str, int]:
    """What the reconciliation found, by kind."""
    return {name: count for name, count in outcome.entries[-1]["counts"].items() if count}


def test_a_clean_gateway_passes_on_both_faces(tmp_path: Path) -> None:
    outcome = run_load("reference", tmp_path, Load(COUNT, BOTH))
    assert outcome.verdict == (Verdict.PASS, ""), outcome.conclusion.judgement
    assert lists(outcome) == {}
    numbers = outcome.entries[-1]
    assert (numbers["sent"], numbers["accepted"], numbers["answered"]) == (COUNT, COUNT, COUNT)
    samples = [e for e in outcome.entries if e["type"] == "sample"]
    assert len(samples) == COUNT
    assert {e["name"].split()[0] for e in samples} == {"照会依頼", "業務システムの照会"}


def test_every_information_that_may_be_asked_for_can_be_loaded(tmp_path: Path) -> None:
    mix = [Share(NORTH, one, 1) for one in may_be_asked(asked_of)]
    mix += [Share(SOUTH, one, 1) for one in may_be_asked(asked_elsewhere)]
    assert len(mix) > 20
    outcome = run_load("reference", tmp_path, Load(COUNT, mix, people=10))
    assert outcome.verdict == (Verdict.PASS, ""), outcome.conclusion.judgement
    assert len({e["name"] for e in outcome.entries if e["type"] == "sample"}) > 20


def may_be_asked(way: Callable[[Statement, str], Asking]) -> list[str]:
    """The informations for which there is a row and a partner."""
    found = []
    for name in informations():
        with suppress(ConfigurationError):
            found.append(way(statement(), name).information)
    return found


def test_a_clean_gateway_passes_over_a_line_that_delays_and_the_line_carried_it(tmp_path: Path) -> None:
    outcome = run_load("reference", tmp_path, Load(40, BOTH, line=LineQuality(2_000_000, 0.02)))
    assert outcome.verdict == (Verdict.PASS, ""), outcome.conclusion.judgement
    carried = {side: outcome.line[side]["carried"] for side in ("up", "down")}
    assert min(carried.values()) > 40 * 1_500  # an enquiry or an answer is 2 kB


def test_a_clean_gateway_is_not_blamed_for_a_line_that_is_cut(tmp_path: Path) -> None:
    """Longer than anybody waits for an answer (5 s): acceptances are lost on the way, messages are delivered again."""
    line = LineQuality(2_000_000, cuts=((0.1, 5.8),))
    outcome = run_load("reference", tmp_path, Load(40, BOTH, line=line, quiet=10.0))
    assert outcome.verdict == (Verdict.PASS, ""), outcome.conclusion.judgement
    found = outcome.conclusion.reconciliation
    assert found.accepted < found.sent == 40
    assert found.answered >= found.accepted


@pytest.mark.parametrize(
    ("defect", "code", "found"),
    [
        ("loses", "NO_ANSWER", {"lost": FAILED}),
        ("repeats", "DUPLICATE_ANSWER", {"doubled": FAILED}),
        ("mixes-up", "WRONG_RECORD", {}),
        ("forgets", "RECORD_MISMATCH", {"unrecorded": FAILED}),
    ],
)
def test_once_in_fifty_is_found_as_often_as_it_happens(
    tmp_path: Path, defect: str, code: str, found: dict[str, int]
) -> None:
    outcome = run_load(f"reference+{defect}-one-in-50", tmp_path, Load(COUNT))
    assert outcome.verdict == (Verdict.FAIL, code)
    assert lists(outcome) == found
    failed = [e for e in outcome.entries if e["type"] == "sample" and e["verdict"] != Verdict.PASS]
    assert len(failed) == (FAILED if defect == "mixes-up" else 0)


def test_a_lost_answer_is_found_outside_of_the_sample_too(tmp_path: Path) -> None:
    outcome = run_load("reference+loses-one-in-50", tmp_path, Load(COUNT, share=0.01))
    assert len([e for e in outcome.entries if e["type"] == "sample"]) <= 2
    assert lists(outcome) == {"lost": FAILED}


def test_an_answer_that_the_business_system_never_sees_is_found_in_the_sample_and_outside(
    tmp_path: Path,
) -> None:
    outcome = run_load("reference+withholds-one-in-10", tmp_path, Load(60, SOUTH_ONLY, share=0.5))
    assert outcome.verdict == (Verdict.FAIL, "STATUS_NOT_REACHED"), outcome.conclusion.judgement
    failed = [e for e in outcome.entries if e["type"] == "sample" and e["verdict"] != Verdict.PASS]
    assert len(failed) + lists(outcome).get("unseen", 0) in {5, 6, 7}  # the bench asks once before the load


@pytest.mark.parametrize(
    ("defect", "code", "kind"),
    [("asks-twice", "BAD_MESSAGE", "unsubmitted"), ("rejects", "UNEXPECTED_STATUS", "rejected")],
)
def test_what_should_not_have_been_asked_or_refused_is_counted(
    tmp_path: Path, defect: str, code: str, kind: str
) -> None:
    mix = SOUTH_ONLY if defect == "asks-twice" else NORTH_ONLY
    outcome = run_load(f"reference+{defect}-one-in-10", tmp_path, Load(60, mix, share=0.1))
    assert outcome.verdict == (Verdict.FAIL, code), outcome.conclusion.judgement
    assert lists(outcome)[kind] in {5, 6, 7}  # the bench asks once before the load


def test_a_gateway_that_takes_nobody_in_is_named_before_any_load(tmp_path: Path) -> None:
    with pytest.raises(NonconformityError, match="UNEXPECTED_STATUS"):
        run_load("refuses-everything", tmp_path, Load(10))


def test_a_load_without_residents_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="1人以上"):
        run_load("reference", tmp_path, Load(10, people=0))
