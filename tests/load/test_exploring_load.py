"""A part of a load may be what exploration does: it is prepared with the answer that is right, judged by that, and changes nothing else."""

import json
from array import array
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from harness.contract.json_binding import peek
from harness.contract.messages import Kind, parse_timestamp
from harness.contract.refusals import refusals
from harness.contract.roles import roles
from harness.contract.schemas import problem_with
from load.judge.answers import Answered
from load.judge.gates import Gate, lost
from load.judge.reconciliation import Recorded, judge, reconcile
from load.judge.sample import Checked
from load.judge.watching import Watch
from load.prepare.exploring import _WISHES, Others, _Wish
from load.prepare.prepared import NORTH, Prepared, read
from load.prepare.preparing import Wanted, prepare
from load.prepare.profiles import Profile, ProfileError
from load.send.sent import Sent, row
from tests.load.statements import OWN, statement
from tests.load.test_answers import FakeControl, answers
from tests.load.test_preparing import LASTS, MIX, population
from tests.load.test_reconciliation import GOOD

OF_STATUS = {refusal.status for refusal in refusals().values()} | {200}


def prepared(folder: Path, part: float, count: int = 200) -> list[Prepared]:
    prepare(statement(), population(), Wanted(count, MIX, 3, LASTS, exploration=part), folder)
    return list(read(folder))


def told(requests: list[Prepared]) -> list[tuple[int, str, str, str]]:
    return [(one.index, one.name, one.face, one.person) for one in requests]


def test_what_is_not_explored_is_as_without(tmp_path: Path) -> None:
    without, some = prepared(tmp_path / "a", 0.0), prepared(tmp_path / "b", 0.3)
    assert all(one.carried for one in without)
    explored = {one.index for one in some if not one.carried}
    assert 30 < len(explored) < 90
    assert [one for one in told(some) if one[0] not in explored] == [
        one for one in told(without) if one[0] not in explored
    ]
    assert told(some) == told(prepared(tmp_path / "c", 0.3))


def test_each_wish_is_prepared_with_a_right_answer(tmp_path: Path) -> None:
    explored = [one for one in prepared(tmp_path, 0.9, 600) if not one.carried]
    declared = {
        name
        for face in ("north", "south")
        for name in Others(statement(), Wanted(1, MIX, 1, 1.0).ring).wishes(face)
    }
    assert {one.name.removeprefix("探索 ") for one in explored} == declared == _WISHES.keys() - {"保留を見る"}
    assert {one.expected["status"] for one in explored} <= OF_STATUS
    assert all(one.correlation_id == "" for one in explored)


def test_messages_are_wrong_in_one_thing(tmp_path: Path) -> None:
    found: dict[str, Any] = {
        one.name.removeprefix("探索 照会が届く: "): (peek(one.body)["header"], one.expected["status"])
        for one in prepared(tmp_path, 0.9, 600)
        if one.face == "north" and not one.carried
    }
    assert {name: status for name, (_, status) in found.items()} == {
        "適法でない": 403,
        "期限切れ": 410,
        "他団体宛て": 403,
        "本文の署名者が違う": 401,
        "外側の署名者が違う": 401,
    }
    assert found["適法でない"][0]["basis"]["item"] == "999"
    assert found["他団体宛て"][0]["to"] != OWN
    for name, (header, _) in found.items():
        assert problem_with("header", header) is None
        late = parse_timestamp(header["expires_at"]) < parse_timestamp(header["sent_at"])
        assert late == (name == "期限切れ")


def test_requests_are_of_the_contract(tmp_path: Path) -> None:
    south = [one for one in prepared(tmp_path, 0.9, 600) if one.face == "south" and not one.carried]
    schemas = {"/v1/enquiries": "enquiry", "/v1/records": "record", "/v1/records/deletion": "record-key"}
    for one in south:
        schema = schemas.get(one.path)
        assert (schema is None) == (one.method == "GET")
        assert schema is None or problem_with(schema, json.loads(one.body)) is None
    assert {one.headers.get("X-Staff-Role") for one in south} - {None} <= {*roles(), "nobody"}


@pytest.mark.parametrize(
    ("status", "misjudged", "failed"),
    [(403, False, False), (202, True, True), (404, True, True), (500, False, True)],
)
def test_what_is_right_is_what_the_contract_says(status: int, misjudged: bool, failed: bool) -> None:
    one = Sent(0, 0, 0, 0, status, right=403)
    assert (one.accepted, one.rejected, one.misjudged, one.failed) == (False, False, misjudged, failed)
    assert row(one.line.rstrip("\n")) == one


def test_the_verdict_counts_it_apart_from_enquiries(tmp_path: Path) -> None:
    control = FakeControl()
    known = answers(control, tmp_path, 3)
    known.names[2] = "探索 照会する: 適法でない"
    for id_ in ("c0", "c1"):
        control.happen(id_)
    known.indexes.pop("c2")
    known.collect()
    record = Recorded(Counter({("受信", "c0"): 1, ("受信", "c1"): 1, ("送信", "m1"): 1, ("送信", "m2"): 1}))
    sent = [Sent(0, 0, 0, 0, 202), Sent(1, 0, 0, 0, 202), Sent(2, 0, 0, 0, 403, right=403)]
    good: list[Checked] = [GOOD]
    assert judge(reconcile(sent, known, record), good).code == ""
    sent[2] = replace_status(sent[2], 202)
    wrong = judge(reconcile(sent, known, record), good)
    assert (wrong.code, "適法でない 202（403）" in wrong.observed) == ("UNEXPECTED_STATUS", True)


def replace_status(sent: Sent, status: int) -> Sent:
    return Sent(sent.index, 0, 0, 0, status, right=sent.right)


def test_the_rate_that_is_achieved_is_of_what_has_an_answer() -> None:
    watch = Watch(array("d", [0.1, 0.2, 0.3, 0.4]), ("n",) * 4, 0, (), uncarried={1, 2, 3})
    watch.take_sent(
        [Sent(0, 0, 0, 1, 202), Sent(1, 0, 0, 1, 403, right=403), Sent(2, 0, 0, 1, 202, right=403)]
    )
    assert (watch.to_answer, watch.sent, watch.accepted, watch.errors) == (1, 3, 1, 1)


def test_what_was_refused_wrongly_loses_no_rate_of_answers_and_no_ratio_of_few() -> None:
    gates = (Gate("achieved_rate", 0.9), Gate("error_ratio", 0.3))
    watch = Watch(array("d", [0.1] * 10), ("n",) * 10, 0, gates, uncarried=set(range(2, 10)))
    watch.take_sent([Sent(0, 0, 0, 1, 202), *(Sent(n, 0, 0, 1, 500, right=403) for n in (2, 3))])
    watch.take_dropped(["4,0"])
    assert lost(gates, watch.so_far()) is None  # 2 errors of 10, and both enquiries may still be answered
    watch.take_sent([Sent(n, 0, 0, 1, 500, right=403) for n in (5, 6)])
    assert lost(gates, watch.so_far()) == gates[1]
    watch.take_dropped(["1,0"])
    assert lost(gates, watch.so_far()) == gates[0]


def test_all_may_be_late_and_enquiries_alone_are_answered() -> None:
    gates = (Gate("lag_p99_ms", 1), Gate("p99_ms", 1))
    names = ("n",) * 200
    watch = Watch(array("d", [0.0] * 200), names, 0, gates, uncarried=set(range(100, 200)))
    watch.take_sent([Sent(n, 0, 2_000_000, 3_000_000, 403, right=403) for n in range(100, 103)])
    assert lost(gates, watch.so_far()) is None  # 3 of 200 are not yet more than one of a hundred, and one
    watch.take_answers([Answered(f"c{n}", 9_000_000, Kind.ANSWER, n) for n in range(3)])
    assert lost(gates, watch.so_far()) == gates[1]


@pytest.mark.parametrize("code", sorted(code for code, one in refusals().items() if one.status is None))
def test_a_refusal_that_no_answer_over_http_says_is_none_to_wait_for(code: str) -> None:
    with pytest.raises(ValueError, match=code):
        _Wish(NORTH, _WISHES["照会が届く: 期限切れ"].make, code)


def test_a_profile_says_which_part() -> None:
    text = 'summary = "s"\nper_second = 1\n[[phase]]\nseconds = 1\ntimes = 1\n'
    assert Profile.parse(text, "p").exploration == 0.0
    assert Profile.parse(f"exploration = 0.25\n{text}", "p").exploration == 0.25
    with pytest.raises(ProfileError, match="exploration"):
        Profile.parse(f"exploration = 1\n{text}", "p")
