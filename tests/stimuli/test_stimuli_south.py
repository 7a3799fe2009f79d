"""Stimuli of the south face: proper where they are meant to be, and wrong in what they say."""

import json
from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any, cast

import pytest

from harness.contract.items import informations
from harness.contract.law import Basis, bases
from harness.contract.law.lawfulness import Asked as Cited
from harness.contract.organisations import organisations
from harness.contract.roles import role_fits
from harness.contract.schemas import problem_with
from harness.contract.versions import VERSIONS
from harness.gateways.exchange import Limits, Reply
from harness.gateways.south import Request, SouthFace
from harness.gateways.transport import Call
from harness.model.south.requests import Asked, Strange, asked
from harness.model.state.cp932 import decoded
from harness.stimuli.bodies import _filled, _with_broken_text
from harness.stimuli.files import _NO_CODES, _UNMAPPABLE
from harness.stimuli.keys import _KEYS, _items
from harness.stimuli.paths import _METHODS, _UNKNOWN
from harness.stimuli.sessions import _near
from harness.stimuli.spellings import _airy, _backwards, _escaped, _long
from harness.stimuli.stage import Stage
from harness.stimuli.unlawful import _wishes
from tests.model.south_told import BODIES as PROPER

OWN = organisations()["221007"]


@pytest.mark.parametrize("spelling", [_escaped, _airy, _backwards, _long])
def test_a_spelling_changes_no_value(spelling: Callable[[Any], str]) -> None:
    body = {"a": '葛\U000e0100 \U00020bb7"\\/\n', "l": [1, {"名": None}, -3], "o": {"x": "", "y": {}}}
    written = spelling(body)
    assert json.loads(written) == body
    assert written != json.dumps(body)


def test_how_a_body_is_written_is_sent_and_not_kept() -> None:
    sent: list[Call] = []
    kept: list[Mapping[str, Any]] = []

    class Somebody:
        def send(self, base: str, call: Call) -> Reply:
            sent.append(call)
            return Reply(call.name, 200, {}, "{}", 0.0)

    statement: Any = SimpleNamespace(south_url="http://gateway", contract="1", tokens=SimpleNamespace())
    face = SouthFace(Somebody(), statement, Limits(), lambda entry: kept.append(cast(dict[str, Any], entry)))
    face.ask(Request("PUT", "/v1/records", "", {"a": 1}, written=b'   {"a":1}'))
    assert (sent[0].written, sent[0].header("Content-Type")) == (b'   {"a":1}', "application/json")
    assert kept[0]["request"] == {"a": 1}
    assert "raw" not in kept[0]


@pytest.mark.parametrize("name", sorted(PROPER))
def test_one_text_of_a_proper_body_is_no_utf_8(name: str) -> None:
    body = PROPER[name]
    broken = list(_with_broken_text(name, body))
    assert broken or not body
    for raw in broken:
        with pytest.raises(UnicodeDecodeError):
            raw.decode()
        assert json.loads(raw.decode(errors="replace")) != body
    if name in {"record", "notice", "handling", "refusal-by-staff"}:
        assert all(problem_with(name, json.loads(raw.decode(errors="replace"))) is None for raw in broken)


def test_a_record_is_filled_with_what_may_be_left_out() -> None:
    body = {"local_id": "1", "information": "x", "key": {}, "items": {}}
    filled = _filled("PUT /v1/records", body)
    assert {"reasons", "version"} <= filled.keys()
    assert problem_with("record", filled) is None
    bulk = _filled("POST /v1/records/bulk", {"records": [body]})
    assert problem_with("records", bulk) is None
    assert bulk["records"] == [filled]


@pytest.mark.parametrize("contract", VERSIONS)
def test_wishes_that_no_row_has_differ_in_one_thing(contract: str) -> None:
    stage = cast(
        Stage,
        SimpleNamespace(
            own=OWN,
            south=SimpleNamespace(
                statement=SimpleNamespace(
                    contract=contract, declares=SimpleNamespace(tables=("2015-09-09", "条例"))
                )
            ),
            citations=lambda **_: (),
        ),
    )
    kinds = list(_wishes(stage))
    assert [bool(found) for found in kinds[:5]] == [True, True, contract == "2", True, True]
    for wish in (wish for found in kinds[:5] for wish in found):
        cited = Basis(wish.table, wish.item)
        asked = Cited(cited, OWN, wish.affair, wish.provider, wish.information)
        assert asked.verdicts(contract) == {False}
        assert role_fits(wish.role, wish.affair)
        assert wish.table in bases()


def test_keys_are_different_records() -> None:
    assert all(one != other for number, one in enumerate(_KEYS) for other in _KEYS[:number])
    for key in _KEYS:
        record = {"local_id": "1", "information": "x", "key": key, "items": {}}
        assert problem_with("record", record) is None


def test_items_of_every_shape_meet_the_schema() -> None:
    for information in informations().values():
        for items in _items(information):
            record = {"local_id": "1", "information": information.name, "key": {}, "items": items}
            assert problem_with("record", record) is None


def test_what_is_no_character_is_none_for_the_judge_too() -> None:
    for raw in (*_NO_CODES, *_UNMAPPABLE):
        assert decoded(b"A" + raw + b"A").text is None


def test_near_sessions_are_others() -> None:
    for session in ("abcDEF0123456789", "0" * 32):
        near = list(_near(session))
        assert session not in near
        assert all(near)


def test_unknown_paths_are_unknown_and_no_method_is_missed() -> None:
    for path in _UNKNOWN:
        strange = SimpleNamespace(path=path.replace("{}", "x"), method="GET")
        assert asked(cast(Any, strange)) is Strange.PATH
    for method in _METHODS:
        found = asked(cast(Any, SimpleNamespace(path="/v1/enquiries", method=method)))
        assert isinstance(found, Asked) == (method == "POST")
