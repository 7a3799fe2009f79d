"""What contract 2 decides is broken by what contract 1 leaves open, and judged of a gateway of contract 2 alone."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from harness.model.judges.contract_2 import decided
from harness.model.rules import rules
from harness.model.weighing import weighed
from tests.model.histories import OWN, PARTNER, Told, broken, occasions
from tests.model.test_model_contract_2_inbox import ASKED, TRIALS
from tests.model.test_model_contract_2_south import METHOD
from tests.model.test_model_contract_2_south import TRIALS as REQUESTS
from tests.model.test_model_contract_2_state import TRIALS as STATES

STATUS = {"enquiry_id": "e", "correlation_id": "c", "status": "受付"}
TABLES = ["2012-02-14", "2015-09-09"]


def enquired(told: Told, method: str, **more: object) -> None:
    path, status = ("/v1/enquiries", 202) if method == "POST" else ("/v1/enquiries/e", 200)
    told.call(method, path, status=status, answer={**STATUS, **more})


def result(told: Told, **more: object) -> None:
    told.call("GET", "/v1/enquiries/e/result", answer={"items": {}, **more})


def answered(told: Told, **more: object) -> None:
    told.send("照会応答", content={"items": {}, **more}, asked=told.deliver())


def health(told: Told, tables: list[str]) -> None:
    told.call("GET", "/v1/health", answer={"tables": tables})


def logged(told: Told, log: str = "access", **entry: object) -> None:
    whole = {"recorded_at": "2027-01-15T08:00:00.000Z", "items": [], "event": "受信", **entry}
    told.call("GET", f"/v1/logs/{log}", caller="audit", answer={"entries": [whole]})


def recorded(told: Told, kind: str, *, turned: bool) -> None:
    """A message of a kind that came, in the access log, with the parties one way or the other."""
    header = told.deliver(kind).header
    parties = (PARTNER, OWN) if kind in {"照会依頼", "受領"} else (OWN, PARTNER)
    requester, provider = reversed(parties) if turned else parties
    logged(told, message_id=header["message_id"], kind=kind, requester=requester, provider=provider)


def receipt(told: Told, kind: str, **header: object) -> None:
    told.send(kind, asked=told.deliver("連絡"), header=header)


KINDS = ("照会依頼", "照会応答", "連絡", "受領", "エラー")
Tells = Callable[[Told], Any]
CASES: list[tuple[str, str, Tells, Tells]] = [
    ("status-error", "POST", lambda t: enquired(t, "POST"), lambda t: enquired(t, "POST", error=None)),
    ("status-error", "GET", lambda t: enquired(t, "GET"), lambda t: enquired(t, "GET", error=None)),
    ("no-empty-reasons", "結果", lambda t: result(t, reasons={}), result),
    ("no-empty-reasons", "照会応答", lambda t: answered(t, reasons={}), answered),
    ("health-tables", "health", lambda t: health(t, TABLES[1:]), lambda t: health(t, TABLES[::-1])),
    (
        "refused-items",
        "照会応答",
        lambda t: logged(t, kind="照会応答", event="拒否", items=["総所得額"]),
        lambda t: logged(t, kind="照会応答", event="拒否"),
    ),
    (
        "refused-items",
        "ほか",
        lambda t: logged(t, kind="連絡", event="拒否", items=["住所"]),
        lambda t: logged(t, kind="照会応答", event="拒否"),
    ),
    *(
        (
            "log-parties",
            kind,
            lambda t, kind=kind: recorded(t, kind, turned=True),
            lambda t, kind=kind: recorded(t, kind, turned=False),
        )
        for kind in KINDS
    ),
    *(
        (
            "log-moments",
            log,
            lambda t, log=log: logged(t, log, recorded_at="2027-01-15T08:00:00+09:00"),
            lambda t, log=log: logged(t, log, recorded_at="2027-01-15T08:00:00.123456+09:00"),
        )
        for log in ("access", "audit")
    ),
    (
        "notice-mode",
        "連絡",
        lambda t: t.send("連絡", header={"mode": "バッチ"}),
        lambda t: t.send("連絡"),
    ),
    *(
        (
            "receipt-header",
            kind,
            lambda t, kind=kind, name=name: receipt(t, kind, **{name: "another"}),
            lambda t, kind=kind: receipt(t, kind),
        )
        for kind in ("受領", "エラー")
        for name in ("basis", "affair", "information", "role", "mode", "expires_at", "link_code")
    ),
]


@pytest.mark.parametrize(("rule", "alternative", "breaks", "keeps"), CASES)
def test_a_rule_is_broken_and_kept(rule: str, alternative: str, breaks: Tells, keeps: Tells) -> None:
    one, other = Told(), Told()
    breaks(one)
    keeps(other)
    assert broken(decided, one) == [f"contract-2-{rule}"]
    assert broken(decided, other) == []
    assert (f"contract-2-{rule}", alternative) in occasions(decided, one)


def test_every_alternative_is_tried() -> None:
    tried = {(f"contract-2-{rule}", alternative) for rule, alternative, _, _ in CASES}
    tried |= {(f"contract-2-{trial.rule}", trial.alternative) for trial in TRIALS}
    tried |= {(f"contract-2-{trial.rule}", trial.alternative) for trial in REQUESTS}
    tried |= {(f"contract-2-{trial.rule}", trial.alternative) for trial in STATES}
    tried |= {("contract-2-asked-link-code", alternative) for alternative in ASKED}
    tried |= {("contract-2-method-before-token", alternative) for alternative in METHOD}
    named = [rule for rule in rules().values() if rule.id.startswith("contract-2-")]
    assert tried == {(rule.id, alternative) for rule in named for alternative in rule.alternatives}
    assert {rule.contract for rule in named} == {"2"}


@pytest.mark.parametrize(("version", "convicted"), [("1", 0), ("2", 1)])
def test_a_gateway_of_contract_1_is_never_judged_by_contract_2(version: str, convicted: int) -> None:
    for _, _, breaks, _ in CASES:
        told = Told()
        told.declared = replace(told.declared, contract=version)
        breaks(told)
        weight = weighed(told.history(), [decided])
        assert len(weight.violations) == convicted
        assert bool(weight.occasions) == bool(convicted)


def test_an_acknowledgement_may_be_of_either_of_two_messages() -> None:
    told = Told()
    first = told.deliver("連絡")
    told.deliver("連絡", header={"correlation_id": first.header["correlation_id"], "role": "other"})
    told.send("受領", asked=first)
    told.send("受領", asked=first, header={"role": "other"})
    assert broken(decided, told) == []


def test_who_is_meant_by_an_id_that_came_twice_is_not_known() -> None:
    told = Told()
    first = told.deliver("連絡")
    told.deliver("受領", header={"message_id": first.header["message_id"]})
    id_ = first.header["message_id"]
    logged(told, message_id=id_, kind="連絡", requester=PARTNER, provider=OWN)
    assert broken(decided, told) == []


def test_what_was_altered_on_its_way_is_nobodys_measure() -> None:
    told = Told()
    id_ = told.deliver("連絡", alteration="from-another").header["message_id"]
    logged(told, message_id=id_, kind="連絡", requester=PARTNER, provider=OWN)
    receipt_of = told.deliver("連絡", alteration="other-basis")
    told.send("受領", asked=receipt_of, header={"role": "other"})
    assert broken(decided, told) == []
