"""A record that somebody with the key of its signer has changed: verdicts, checks, answers, times, names."""

from pathlib import Path
from typing import Any

import pytest

from harness.certificate.archive import unpacked
from harness.certificate.audit import audit
from harness.certificate.claims import JOURNAL
from tests.certificate.made import Entries, Made, codes


def checks(entries: Entries, verdict: str) -> Entries:
    """The checks of this verdict."""
    return [e for e in entries if e["type"] == "check" and e["verdict"] == verdict]


def passed(entries: Entries) -> Entries:
    """Every failure turned into a success, to the last step."""
    for check in checks(entries, "不合格"):
        check.update(verdict="合格", code=None, observed=None, expected=None, step=None)
        for entry in entries:
            if entry["type"] == "step" and entry["scenario"] == check["scenario"]:
                entry["outcome"] = "ok"
    entries[-1]["exit_code"] = 0
    return entries


def without_check(entries: Entries) -> Entries:
    """A failing scenario that never was."""
    gone = {check["scenario"] for check in checks(entries, "不合格")}
    for entry in entries:
        if entry["type"] == "plan":
            entry["scenarios"] = [s for s in entry["scenarios"] if s not in gone]
    entries[-1]["exit_code"] = 0
    return [e for e in entries if e.get("scenario") not in gone]


def not_applicable(entries: Entries) -> Entries:
    """The requirement that failed called 対象外, its scenarios taken out."""
    failed = {id_ for check in checks(entries, "不合格") for id_ in check["requirements"]}
    for entry in entries:
        if entry["type"] == "run":
            entry["selected"] |= dict.fromkeys(failed, "実装適合宣言の roles に 応答側 がない")
    return without_check(entries)


def other_answer(entries: Entries) -> Entries:
    """What the gateway answered on the south face, made better."""
    for entry in entries:
        if entry["type"] == "exchange" and entry["face"] == "south" and entry["status"] == 200:
            entry["response"] = {"entries": []}
    return entries


def other_request(entries: Entries) -> Entries:
    """What the suite asked, made easier."""
    for entry in entries:
        if entry["type"] == "control" and entry["path"] == "/enquiries":
            entry["request"] = {**entry["request"], "alteration": None}
    return entries


def without_message(entries: Entries) -> Entries:
    """One message fewer on the north face."""
    north = [e for e in entries if e["type"] == "exchange" and e["face"] == "north"]
    return [e for e in entries if e is not north[len(north) // 2]]


def twice(entries: Entries) -> Entries:
    """A second check that is better than the first."""
    better = [{**check, "verdict": "合格", "code": None} for check in checks(entries, "不合格")]
    return [*entries[:-1], *better, entries[-1]]


def slow(entries: Entries) -> Entries:
    """An answer that took longer than the contract allows, and passed."""
    next(e for e in entries if e["type"] == "exchange" and e["face"] == "south")["seconds"] = 9.0
    return entries


def slow_inbox(entries: Entries) -> Entries:
    """The same on the north face."""
    to_gateway = (e for e in entries if e.get("direction") == "to_gateway" and not e["problem"])
    next(to_gateway)["seconds"] = 9.0
    return entries


def backwards(entries: Entries) -> Entries:
    """A check before everything else."""
    checks(entries, "合格")[0]["at"] = "2001-01-01T00:00:00.000Z"
    return entries


def quick(entries: Entries) -> Entries:
    """A run that says that it took no time."""
    entries[-1]["seconds"] = 600.0
    return entries


def waited_less(entries: Entries) -> Entries:
    """The gateway made to look faster."""
    entries[-1]["waiting_seconds"] += 60.0
    return entries


def patient(entries: Entries) -> Entries:
    """Somebody who waited longer than the contract lets a gateway take."""
    next(e for e in entries if e["type"] == "wait")["attempts"] = 5000
    return entries


def another_product(entries: Entries) -> Entries:
    """Another product than the one that answered."""
    next(e for e in entries if e["type"] == "run")["product"] = "別の製品"
    return entries


def another_organisation(entries: Entries) -> Entries:
    """A gateway of somebody else."""
    next(e for e in entries if e["type"] == "health")["response"]["organisation"] = "401307"
    return entries


def another_time(entries: Entries) -> Entries:
    """A clock that was a day off."""
    next(e for e in entries if e["type"] == "health")["response"]["time"] = "2001-01-01T00:00:00.000Z"
    return entries


def unintroduced(entries: Entries) -> Entries:
    """A gateway that nobody asked who it is."""
    return [e for e in entries if e["type"] != "health"]


def no_number(entries: Entries) -> Entries:
    """What is no number, in the record of a bench that writes none."""
    return _with_no_number(entries, "south")


def no_number_of_a_message(entries: Entries) -> Entries:
    """The same in what the gateway sent, which nobody waits for."""
    return _with_no_number([*entries], "from_gateway")


def _with_no_number(entries: Entries, way: str) -> Entries:
    exchanges = (e for e in entries if e["type"] == "exchange")
    next(e for e in exchanges if way in (e["face"], e.get("direction")))["seconds"] = float("nan")
    return entries


def cut_off(entries: Entries) -> Entries:
    """No end."""
    return entries[:-1]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (passed, "VERDICT_DIFFERS"),
        (without_check, "CHECK_MISSING"),
        (not_applicable, "RECORD_DIFFERS"),
        (other_answer, "RECORD_DIFFERS"),
        (other_request, "RECORD_DIFFERS"),
        (without_message, "RECORD_DIFFERS"),
        (twice, "CHECK_MISSING"),
        (cut_off, "RUN_INCOMPLETE"),
        (slow, "RECORD_DIFFERS"),
        (slow_inbox, "RECORD_DIFFERS"),
        (backwards, "RECORD_DIFFERS"),
        (quick, "RECORD_DIFFERS"),
        (waited_less, "RECORD_DIFFERS"),
        (patient, "VERDICT_DIFFERS"),
        (another_product, "RECORD_DIFFERS"),
        (another_organisation, "RECORD_DIFFERS"),
        (another_time, "RECORD_DIFFERS"),
        (unintroduced, "RECORD_DIFFERS"),
        (no_number, "RECORD_DIFFERS"),
        (no_number_of_a_message, "RECORD_DIFFERS"),
    ],
)
def test_a_record_that_its_own_signer_has_changed_is_found(
    failing: Made, tmp_path: Path, change: Any, expected: str
) -> None:
    assert expected in codes(failing.forged(tmp_path / "forged.zip", change))


@pytest.mark.parametrize(
    "line", [b"nonsense\n", b'{"type":"step","a":1,"a":2}\n', b"[" * 50_000 + b"\n", b"\xff\n"]
)
def test_a_damaged_line_is_one_sentence(failing: Made, tmp_path: Path, line: bytes) -> None:
    files = unpacked(failing.path)
    files[JOURNAL] = line + files[JOURNAL]
    found = audit(failing.signed(tmp_path / "forged.zip", files))
    assert [one.code for one in found.objections] == ["RECORD_DIFFERS"]
