"""Strategies: what they draw meets the published contract, and reaches its edges."""

from typing import Any

import pytest
from hypothesis import HealthCheck, find, given, settings
from hypothesis import strategies as st

from harness.contract.items import informations
from harness.contract.json_binding import peek
from harness.contract.law.lawfulness import Asked
from harness.contract.messages import Kind, Message
from harness.contract.organisations import organisations
from harness.contract.roles import role_fits
from harness.contract.schemas import problem_with
from harness.residents.household import Household
from harness.residents.people import Person
from renkei.messages import messages, sealed
from renkei.strategies import households, records, residents, values

FEW = settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
EDGES = settings(max_examples=2000, derandomize=True)
INFORMATION = informations()["地方税関係情報"]


@FEW
@given(households(children=2), residents())
def test_households_are_as_wished(home: Household, person: Person) -> None:
    assert len(home.children) == 2
    assert len(person.my_number) == 12


@FEW
@given(records())
def test_records_meet_the_schema_and_their_table(record: dict[str, Any]) -> None:
    assert problem_with("record", record) is None
    information = informations()[record["information"]]
    assert set(record["items"]) == {item.name for item in information.items}
    assert set(record["key"]) == set(information.key)
    assert set(record.get("reasons", ())) == {n for n, v in record["items"].items() if v is None}


@FEW
@given(messages())
def test_messages_are_lawful_and_go_over_the_wire(message: Message) -> None:
    header, known = message.header, organisations()
    wire = peek(sealed(message))
    assert problem_with("message", wire) is None
    inner = {
        n: wire["header"][n] for n in ("message_id", "correlation_id", "kind", "from", "to", "information")
    }
    assert problem_with("content", {**inner, "content": message.content}) is None
    assert role_fits(header.role, header.affair)
    back = header.kind in {Kind.ANSWER, Kind.ERROR, Kind.NOTICE}
    parties = (header.recipient, header.sender) if back else (header.sender, header.recipient)
    requester, provider = (known[code] for code in parties)
    asked = Asked(header.basis, requester, header.affair, provider, header.information)
    assert asked.verdicts("1") == {True}


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_can_be_drawn(kind: Kind) -> None:
    assert find(messages(kind=kind), lambda _: True, settings=FEW).header.kind == kind


def test_who_may_be_told_nothing_is_said() -> None:
    with pytest.raises(ValueError, match="000001"):
        messages(recipient="000001")


@pytest.mark.parametrize(
    ("name", "edge"),
    [("総所得額", -(10**13 - 1)), ("総所得額", 0), ("扶養親族数", 99), ("本人障害区分", "2")],
)
def test_values_reach_the_edges_of_their_item(name: str, edge: Any) -> None:
    item = next(item for item in INFORMATION.items if item.name == name)
    assert find(values(item), lambda value: value == edge, settings=EDGES) == edge


def test_texts_have_the_characters_that_break_gateways() -> None:
    item = next(i for i in informations()["住民票関係情報"].items if i.name == "氏名")
    found = find(values(item), lambda value: "\U00020bb7" in str(value), settings=EDGES)
    assert found == "\U00020bb7"


def test_an_unknown_information_is_refused() -> None:
    with pytest.raises(KeyError, match="何か"):
        find(st.one_of(records("何か")), lambda _: True)
