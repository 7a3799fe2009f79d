"""児童扶養手当: facts of a claim as the office puts them together from what is known, and the decision."""

from harness.catalogue.findings import NonconformityError
from harness.residents.data_items import DISABILITY, PENSION, TAX, disability_items
from harness.steps.verbs.knowledge import Items, Knowledge
from harness.steps.verbs.reading_items import income_facts, is_disabled, pension_amounts
from harness.steps.verbs.scene import Scene
from harness.use_cases.child_rearing_allowance.decide import decide
from harness.use_cases.child_rearing_allowance.facts import (
    ChildFacts,
    Claimant,
    Facts,
    IncomeFacts,
    payment_month,
)
from harness.use_cases.child_rearing_allowance.rules import rules_on
from harness.use_cases.decision import Decision


def judge(scene: Scene, known: Knowledge) -> Decision:
    """The claim and its papers, and what is known of each person; an income that nobody asked for is not counted."""
    home = scene.household
    income, pensions = known(home.claimant, TAX), known(home.claimant, PENSION)
    if income is None:
        raise NonconformityError("ITEMS_DIFFER", "申請者の地方税関係情報がない", "地方税関係情報")
    supporters = [known(person, TAX) for person in home.supporters]
    facts = Facts(
        claim_date=scene.claim["date"],
        claimant=Claimant(scene.claim["head"].value),
        children=tuple(
            ChildFacts(c.birth_date, is_disabled(known(c, DISABILITY) or disability_items(None)))
            for c in home.children
        ),
        income=_facts_of(income),
        child_support=scene.claim["child_support"],
        supporters=tuple(_facts_of(items) for items in supporters if items),
        pensions=pension_amounts(pensions) if pensions else (),
    )
    return decide(facts, rules_on(payment_month(facts.claim_date)))


def _facts_of(items: Items) -> IncomeFacts:
    try:
        return income_facts(items)
    except ValueError as error:
        raise NonconformityError("VALUE_CHANGED", str(error), "制度としてあり得る値") from error
