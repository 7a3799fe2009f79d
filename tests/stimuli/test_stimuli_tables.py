"""What is made from the contract: everything that it names is there, drawn by seed alone."""

import json
from pathlib import Path
from random import Random

import pytest

from harness.contract.items import informations
from harness.contract.law import Basis, bases
from harness.contract.law.lawfulness import Asked
from harness.contract.organisations import organisations
from harness.contract.roles import role_fits
from harness.contract.schemas import document, problem_with
from harness.contract.versions import VERSIONS
from harness.stimuli.bodies import _SCHEMAS, _faults, _objects
from harness.stimuli.citations import citations
from harness.stimuli.faults import _members, unreadable
from harness.stimuli.south_requests import told
from harness.stimuli.tables import TABLES
from harness.stimuli.values import GREATEST, value

OWN = organisations()["221007"]
FEATURE = Path(__file__).parents[2] / "features" / "00_機能" / "26_契約の表.feature"


def test_each_table_is_sent_by_one_scenario() -> None:
    sent = [
        line.split("「")[1].split("」")[0]
        for line in FEATURE.read_text().splitlines()
        if "契約から作った「" in line
    ]
    assert sorted(sent) == sorted(TABLES)


@pytest.mark.parametrize("contract", VERSIONS)
@pytest.mark.parametrize("asks", [True, False])
def test_citations_are_lawful_and_their_roles_fit(asks: bool, contract: str) -> None:
    found = citations(bases(), OWN, contract, asks=asks)
    assert len({c.affair for c in found}) > 5
    for c in found:
        asked = Asked(Basis(c.table, c.item), c.requester, c.affair, c.provider, c.information)
        assert asked.verdicts(contract) == {True}
        assert role_fits(c.role, c.affair)
        assert (c.requester if asks else c.provider) == OWN


def test_values_meet_the_schema_of_records_whatever_the_seed() -> None:
    for seed in range(200):
        draw = Random(seed)
        for information in informations().values():
            items = {item.name: value(draw, item) for item in information.items}
            record = {"local_id": "1", "information": information.name, "key": {}, "items": items}
            assert problem_with("record", record) is None


def test_values_reach_their_edges() -> None:
    draw = Random(1)
    item = next(i for i in informations()["地方税関係情報"].items if i.type == "S9")
    drawn = [value(draw, item) for _ in range(300)]
    assert {0, GREATEST, -GREATEST, None} <= set(drawn)


@pytest.mark.parametrize("name", sorted(set(_SCHEMAS.values()) - {"empty"}))
def test_every_schema_is_broken_in_every_object(name: str) -> None:
    body = BODIES[name]
    assert problem_with(name, body) is None
    objects = list(_objects(document(name), body, ()))
    faults = [fault for path, schema in objects for fault in _faults(body, path, schema)]
    wrong = [fault for fault in faults if problem_with(name, fault)]
    assert len(wrong) > len(faults) / 3
    assert {len(path) for path, _ in objects} >= ({0, 1} if name in {"enquiry", "notice", "record"} else {0})


BODIES: dict[str, object] = {
    "record": {"local_id": "1", "information": "x", "key": {}, "items": {}},
    "records": {"records": [{"local_id": "1", "information": "x", "key": {}, "items": {}}]},
    "record-key": {"local_id": "1", "information": "x", "key": {}},
    "import": {"information": "x", "file": ""},
    "handling": {"scope": "subject", "key": "1", "mode": "自動", "reason": "x"},
    "enquiry": {
        "local_id": "1",
        "to": "221007",
        "basis": {"table": "t", "item": "1"},
        "affair": "x",
        "information": "x",
        "key": {},
        "mode": "オンライン",
    },
    "batch": {
        "rows": [
            {
                "local_id": "1",
                "to": "221007",
                "basis": {"table": "t", "item": "1"},
                "affair": "x",
                "information": "x",
                "key": {},
            }
        ]
    },
    "notice": {
        "local_id": "1",
        "to": "221007",
        "basis": {"table": "t", "item": "1"},
        "affair": "x",
        "information": "x",
        "items": {},
    },
    "portal-login": {"local_id": "1"},
    "refusal-by-staff": {"reason": "x"},
    "subject": {
        "enrolment_token": "x" * 24,
        "my_number": "123456789018",
        "name": "x",
        "kana": "x",
        "birth_date": "2000-01-01",
        "sex": "1",
        "address": "x",
    },
}


@pytest.mark.parametrize(
    "answer", [None, [], {}, {"id": 1}, {"id": ""}, {"id": "a b"}, {"id": "a\nb"}, {"id": "番号"}]
)
def test_what_could_stand_in_no_path_and_no_header_is_not_taken_from_an_answer(answer: object) -> None:
    assert told(answer, "id") is None
    assert told({"id": "a-1_B"}, "id") == "a-1_B"


def test_what_cannot_be_read_is_among_the_faults_of_members_and_none_is_there_twice() -> None:
    made = [json.dumps(recipe, ensure_ascii=False) for recipe in _members()]
    assert {json.dumps(recipe, ensure_ascii=False) for recipe in unreadable()} <= set(made)
    assert len(made) == len(set(made))
