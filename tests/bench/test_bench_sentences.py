"""What a sentence says of several things, it looks at in each of them."""

from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from harness.catalogue.findings import NonconformityError
from harness.contract.affairs import affairs
from harness.contract.items import informations
from harness.contract.messages import Kind
from harness.contract.organisations import organisations
from harness.gateways.exchange import Reply
from harness.steps.sentences import network_connection, portal
from harness.steps.verbs.filling import typed_values
from harness.steps.verbs.scene import Incoming

OWN, ASKER = organisations()["221007"], organisations()["401307"]
TAX, YEAR = "地方税関係情報", "2011"
ANSWER = {"status": 202, "header": {"kind": Kind.ANSWER}, "content": {"items": {}}}


def asked(scene: Any) -> None:
    network_connection._each_answered_once(scene)


def batch(sent: dict[str, int]) -> Any:
    """Two rows, and how many answers each had."""
    taken = {"status": 202, "problem": None, "text": "", "error": None, "seconds": 0.0}
    incoming = [Incoming("p", ASKER, TAX, id_, id_, taken) for id_ in ("first", "second")]
    return SimpleNamespace(
        incoming=incoming,
        own=OWN,
        household=SimpleNamespace(claimant=SimpleNamespace(ref="p")),
        control=SimpleNamespace(
            add_person=lambda ref: {"person": ref},
            enquire=lambda _: {"message_id": "f", "correlation_id": "fence", "delivery": taken},
        ),
        exchanges=lambda _=0, **about: [ANSWER] * sent.get(about["correlation_id"], 0),
        correlation_ids=set(),
        waiting_seconds=0.0,
    )


def test_every_row_is_answered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_connection, "fence", lambda *_: None)
    asked(batch({"first": 1, "second": 1}))
    for sent, code in (({"second": 1}, "NO_ANSWER"), ({"first": 2, "second": 1}, "DUPLICATE_ANSWER")):
        with pytest.raises(NonconformityError) as found:
            asked(batch(sent))
        assert found.value.finding.code == code


@pytest.mark.parametrize("change", ["", "less", "more"])
def test_of_a_certain_year_just_what_residents_are_shown_is_shown(change: str) -> None:
    needed = informations()[TAX].used_by(affairs()["自己情報の提供"].text)
    registered: dict[str, Any] = {item.name: "1" for item in informations()[TAX].items}
    shown = dict.fromkeys(needed, "1")
    changed = {"": shown, "less": dict(list(shown.items())[1:]), "more": {**shown, "庁内メモ": "1"}}[change]
    person = SimpleNamespace(ref="p")
    about = {"lookup_id": str(UUID(int=4)), "local_id": "1", "information": TAX}
    reply = Reply("own", 200, {**about, "items": changed}, "{}", 0.0)
    scene: Any = SimpleNamespace(
        noted={"look": reply}, person=lambda _: person, kept={("p", TAX, YEAR): registered}
    )

    def looked() -> None:
        portal._shown_of_year(scene, YEAR, "申請者", TAX)

    if not change:
        looked()
        return
    with pytest.raises(NonconformityError) as found:
        looked()
    assert found.value.finding.code == "ITEMS_DIFFER"


def test_any_occurrence_of_what_repeats_may_be_said_and_none_of_what_does_not() -> None:
    known = next(one for one in informations().values() if one.further_items)
    once, further = (
        next(i.name for i in some if not i.is_integer) for some in (known.items, known.further_items)
    )
    for name in (once, further, f"{further}[2]", f"{further}[100]"):
        assert typed_values(known.name, [["項目", "値"], [name, ""]]).keys() == {name}
    for name in (f"{once}[2]", f"{further}[二]", "ない項目"):
        with pytest.raises(KeyError):
            typed_values(known.name, [["項目", "値"], [name, ""]])
