"""The whole record is judged once, and comes to the same when it is derived again from a masked record."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from harness.certificate.derived import differences
from harness.certificate.redaction import masks_of, redacted
from harness.contract.journal import FILE_NAME, WHOLE_RECORD, Entry, Journal
from harness.contract.journal_entries import CheckEntry
from harness.contract.journal_text import DamagedLineError
from harness.contract.messages import timestamp
from harness.plugin.looking import Look, look, looking
from harness.plugin.whole_record import GRACE_SECONDS, conclude, conclude_again
from harness.record.conclusion import exit_code
from harness.record.reader import read
from harness.record.run import read_run
from reports.run.junit import junit
from reports.run.sarif import sarif
from tests.model.records import OWN, delivered, sent

SCENARIO = "00_機能/18_ID変換_応答側.feature:10"
PLACE = "features/00_機能/18_ID変換_応答側.feature"
LOCAL_ID = "0987654321"
RUN: dict[str, Any] = {
    "seed": "1",
    "organisation": OWN,
    "gateway": "reference",
    "statement": {"contract": "1"},
    "declares": {"roles": ["照会側", "応答側"]},
    "options": {"requirements": []},
    "selected": {"ID-03": None},
    "command": [],
}
CHECK: dict[str, Any] = {
    "requirements": ["ID-03"],
    "persons": ["p"],
    "correlation_ids": [],
    "verdict": "合格",
    "waiting_seconds": 0.0,
    **dict.fromkeys(("code", "observed", "expected", "see", "step")),
}
ANNOUNCED: dict[str, Any] = {
    "use_case": None,
    "feature": "f",
    "rule": None,
    "name": "n",
    "example": {},
    "line": 10,
}


def journal_of(folder: Path, *more: dict[str, Any]) -> Path:
    """A run of one scenario that passed, and what else was recorded."""
    folder.mkdir()
    journal = Journal.open(folder / FILE_NAME, "bench")
    journal.write(Entry.RUN, **RUN)
    journal.write(Entry.PLAN, scenarios=[SCENARIO])
    about = {**ANNOUNCED, "file": SCENARIO.partition(":")[0], "tags": [], "requirements": ["ID-03"]}
    journal.write(Entry.SCENARIO, scenario=SCENARIO, **about)
    journal.write(Entry.PEOPLE, scenario=SCENARIO, people={"p": {"識別番号": LOCAL_ID}})
    for number, entry in enumerate(more, start=1):
        fields = {n: v for n, v in entry.items() if n not in {"type", "at"}}
        numbered = {"seq": number} if entry["type"] == Entry.EXCHANGE else {}
        journal.write(Entry(entry["type"]), **{**fields, **numbered})
    journal.write(Entry.CHECK, scenario=SCENARIO, **CHECK)
    journal.close()
    return folder


def concluded(folder: Path) -> dict[str, CheckEntry]:
    """The checks of the record as a whole, by requirement."""
    journal = Journal.open(folder / FILE_NAME, "bench")
    conclude(journal, folder / FILE_NAME, Look(0, ()), wait=False)
    journal.close()
    return checks(folder)


def checks(folder: Path) -> dict[str, CheckEntry]:
    """By requirement."""
    entries = [e for e in read(folder / FILE_NAME) if e["type"] == Entry.CHECK]
    return {e["requirements"][0]: e for e in entries if e["scenario"].startswith(WHOLE_RECORD)}


ASKED = delivered()
TWICE = (ASKED, sent(ASKED), sent(ASKED))
LEAK = {
    "type": "heard",
    "direction": "from_gateway",
    "asked": "POST /v1/inbox",
    "status": 202,
    "message_id": None,
    "correlation_id": None,
    "kind": "照会応答",
    "wire": f"X-Subject: {LOCAL_ID}",
    "body": None,
}


def test_a_clean_record_comes_to_no_check(tmp_path: Path) -> None:
    folder = journal_of(tmp_path / "run", ASKED, sent(ASKED))
    assert concluded(folder) == {}
    assert exit_code(read_run(folder), complete=True) == 0


def test_each_requirement_is_convicted_once_and_every_view_says_so(tmp_path: Path) -> None:
    folder = journal_of(tmp_path / "run", *TWICE, LEAK, LEAK)
    found = concluded(folder)
    assert {id_: check["code"] for id_, check in found.items()} == {
        "ID-03": "LEAK",
        "NET-03": "DUPLICATE_ANSWER",
    }
    assert LOCAL_ID not in json.dumps(found)
    run = read_run(folder)
    assert exit_code(run, complete=True) == 1
    results = json.loads(sarif(run))["runs"][0]["results"]
    assert {r["ruleId"] for r in results} == {"ID-03", "NET-03"}
    places = [p["logicalLocations"] for r in results for p in r["locations"] if r["ruleId"] == "NET-03"]
    assert [[p["fullyQualifiedName"] for p in logical] for logical in places] == [[f"{PLACE}:10"]]
    assert junit(run).count(b"<failure") == 2


def test_a_gateway_that_went_away_after_the_scenarios_is_said_once(tmp_path: Path) -> None:
    folder = journal_of(tmp_path / "run", ASKED)
    assert exit_code(read_run(folder), complete=True) == 0
    journal = Journal.open(folder / FILE_NAME, "bench")
    conclude(journal, folder / FILE_NAME, Look(0, ()), wait=False, gone="終わった")
    journal.close()
    found = checks(folder)
    assert [(id_, c["code"], c["observed"]) for id_, c in found.items()] == [
        ("SOU-16", "NO_CONNECTION", "終わった")
    ]
    assert exit_code(read_run(folder), complete=False) == 1


def test_a_run_that_is_taken_up_again_says_it_once(tmp_path: Path) -> None:
    folder = journal_of(tmp_path / "run", *TWICE)
    concluded(folder)
    concluded(folder)
    entries = [e for e in read(folder / FILE_NAME) if str(e.get("scenario")).startswith(f"{WHOLE_RECORD}:")]
    assert [e["type"] for e in entries] == [Entry.SCENARIO, Entry.CHECK]


def derived(record: Path, target: Path) -> list[str]:
    """What an audit objects to about the record as a whole, where the scenario itself comes to the same."""
    journal_of(target)
    journal = Journal.open(target / FILE_NAME, "bench")
    conclude_again(journal, record / FILE_NAME)
    journal.close()
    found = differences(record / FILE_NAME, target / FILE_NAME)
    # What was observed then leaves the run folder as it follows from the record: not here, where nothing was bundled.
    return [o.code for o in found if "run の" not in o.observed and " の observed " not in o.observed]


@pytest.mark.parametrize("taken_out", [None, Entry.CHECK, Entry.SEEN])
def test_an_audit_derives_it_again_from_the_masked_record(tmp_path: Path, taken_out: Entry | None) -> None:
    folder = journal_of(tmp_path / "run", *TWICE, LEAK)
    concluded(folder)
    masked = redacted(folder / FILE_NAME, masks_of(folder / FILE_NAME))
    lines = [json.loads(line) for line in masked.splitlines()]
    assert not {Entry.HEARD, Entry.PEOPLE} & {line["type"] for line in lines}
    kept = [e for e in lines if e["type"] != taken_out or not e["scenario"].startswith(WHOLE_RECORD)]
    record = tmp_path / "record"
    record.mkdir()
    (record / FILE_NAME).write_text("".join(json.dumps(e) + "\n" for e in kept), encoding="utf-8")
    objections = derived(record, tmp_path / "derived")
    assert bool(objections) == (taken_out is not None)


def test_the_record_stays_open_after_the_last_message_that_was_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    for name, more in (("quiet", (delivered(status=410),)), ("busy", (ASKED, sent(ASKED)))):
        folder = journal_of(tmp_path / name, *({**one, "at": timestamp()} for one in more))
        journal = Journal.open(folder / FILE_NAME, "bench")
        conclude(journal, folder / FILE_NAME, Look(0, ()), wait=True)
        journal.close()
    assert slept[0] == 0.0
    assert 0.0 <= slept[1] <= GRACE_SECONDS


@pytest.mark.parametrize("beyond", [0, 1_000_000], ids=["by another process", "by this one"])
def test_what_is_there_is_looked_through_beside_the_rest(beyond: int, tmp_path: Path) -> None:
    path = journal_of(tmp_path / "run", LEAK) / FILE_NAME
    with looking(path, beyond=beyond) as begun:
        found = begun.result()
    assert found == look(path)
    assert [violation.requirement for violation in found.found] == ["ID-03"]
    with looking(path, found, beyond) as once_more:
        assert once_more.result() == found


@pytest.mark.parametrize("beyond", [0, 1_000_000], ids=["by another process", "by this one"])
def test_a_damaged_record_is_said_whoever_looks(beyond: int, tmp_path: Path) -> None:
    path = journal_of(tmp_path / "run", LEAK) / FILE_NAME
    path.write_bytes(path.read_bytes() + b"{\n")
    with looking(path, beyond=beyond) as begun, pytest.raises(DamagedLineError):
        begun.result()
