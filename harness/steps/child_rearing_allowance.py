"""児童扶養手当: the decision from what came through the gateway, against the decision from the truth."""

from dataclasses import dataclass

from pytest_bdd import parsers, then

from harness.benefits.child_rearing_allowance import decide
from harness.benefits.child_rearing_allowance_facts import (
    ChildFacts,
    Claimant,
    Facts,
    IncomeFacts,
    fiscal_year_for,
    payment_month,
)
from harness.benefits.child_rearing_allowance_rules import rules_on
from harness.benefits.decision import Decision, yen
from harness.residents.people import Person
from harness.spec.findings import NonconformityError
from harness.steps.registers import (
    DISABILITY,
    PENSION,
    TAX,
    disability_items,
    income_facts,
    is_disabled,
    pension_amounts,
    tax_items,
)
from harness.steps.scene import Scene


@dataclass(frozen=True)
class _Known:
    """What one source knows of a claim: the gateway, or the truth. `disabled` are refs of children."""

    income: IncomeFacts
    supporters: tuple[IncomeFacts, ...]
    pensions: tuple[int, ...]
    disabled: frozenset[str]


@then(parsers.parse("届いた情報による判断は「{outcome}」、月額 {amount} 円である"))
def _decided_with_amount(scene: Scene, outcome: str, amount: str) -> None:
    decision = _from_received(scene)
    _check(decision, _from_truth(scene))
    if (decision.outcome.value, yen(decision.monthly_amount)) != (outcome, f"{amount}円"):
        raise NonconformityError("DECISION_DIFFERS", _told(decision), f"{outcome} 月額{amount}円")


@then(parsers.parse("届いた情報による判断は「{outcome}」である"))
def _decided(scene: Scene, outcome: str) -> None:
    decision = _from_received(scene)
    _check(decision, _from_truth(scene))
    if decision.outcome.value != outcome:
        raise NonconformityError("DECISION_DIFFERS", _told(decision), outcome)


@then("所得の情報がないため、判断しない")
def _undecided(scene: Scene) -> None:
    if any(information == TAX for _, information in scene.received):
        raise NonconformityError("DECISION_DIFFERS", "課税情報が届いた", "課税情報がないので判断できない")


def _check(decision: Decision, truth: Decision) -> None:
    """Oracle 1: same outcome, same amount, same first month."""
    if (decision.outcome, decision.monthly_amount, decision.payment_from) != (
        truth.outcome,
        truth.monthly_amount,
        truth.payment_from,
    ):
        raise NonconformityError("DECISION_DIFFERS", _told(decision), f"真実による判断 {_told(truth)}")


def _from_received(scene: Scene) -> Decision:
    """What the office knows: the claim and its papers, and what came through the gateway."""
    home, received = scene.household, scene.received
    pensions = received.get((home.claimant.ref, PENSION))
    supporters = tuple(_facts_of(received[(s.ref, TAX)]) for s in home.supporters if (s.ref, TAX) in received)
    known = _Known(
        income=_facts_of(received[(home.claimant.ref, TAX)]),
        supporters=supporters,
        pensions=pension_amounts(pensions) if pensions else (),
        disabled=frozenset(
            c.ref
            for c in home.children
            if is_disabled(received.get((c.ref, DISABILITY), disability_items(None)))
        ),
    )
    return _decide(scene, known)


def _from_truth(scene: Scene) -> Decision:
    """What is true of the household, without any gateway."""
    home, year = scene.household, fiscal_year_for(scene.claim["date"])

    def income(person: Person) -> IncomeFacts:
        known = home.income_of(person, year)
        assert known is not None
        return income_facts(tax_items(known))

    known = _Known(
        income=income(home.claimant),
        supporters=tuple(income(s) for s in home.supporters),
        pensions=tuple(p.annual_amount for p in home.pensions_of(home.claimant)),
        disabled=frozenset(
            c.ref for c in home.children if is_disabled(disability_items(home.disability_of(c)))
        ),
    )
    return _decide(scene, known)


def _decide(scene: Scene, known: _Known) -> Decision:
    facts = Facts(
        claim_date=scene.claim["date"],
        claimant=Claimant(scene.claim["head"].value),
        children=tuple(ChildFacts(c.birth_date, c.ref in known.disabled) for c in scene.household.children),
        income=known.income,
        child_support=scene.claim["child_support"],
        supporters=known.supporters,
        pensions=known.pensions,
    )
    return decide(facts, rules_on(payment_month(facts.claim_date)))


def _facts_of(items: dict[str, object]) -> IncomeFacts:
    try:
        return income_facts(items)
    except ValueError as error:
        raise NonconformityError("VALUE_CHANGED", str(error), "制度としてあり得る値") from error


def _told(decision: Decision) -> str:
    return f"{decision.outcome.value} 月額{yen(decision.monthly_amount)}（{decision.reasons[-1].text}）"
