"""Facts of an application for 小児慢性特定疾病医療費: certificate, review, tax of the guardian, other benefits."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from harness.residents.data_items import TAX
from harness.use_cases.claim import Claim, Knowledge
from harness.use_cases.reading import is_paid, must_know, text, whole


class Review(Enum):
    """What the 小児慢性特定疾病審査会 said."""

    NOT_ASKED = "未付議"
    NOT_ELIGIBLE = "対象でない"
    ELIGIBLE = "対象である"


class Condition(Enum):
    """What lowers the ceiling (令22条1項): the lightest one holds."""

    GENERAL = "一般"
    SEVERE = "重症患者"
    VENTILATOR = "人工呼吸器等装着者"
    HAEMOPHILIA = "血友病患者"


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a decision needs; yen a year.

    certificate_meets: the 指定医's certificate shows the condition of 法6条の2第3項; other_benefit: the name of a
    benefit under another law that covers the same care, "" where there is none. others: ceilings a month of everybody else
    of the household who is paid this or 特定医療費; diagnosed_on, excused: when the 指定医 saw the condition, and whether there
    was a reason for applying late (since October 2023). circumstances: what else there is, by the names in rules.toml of what
    is not modelled.
    """

    applied_on: date
    certificate_meets: bool
    review: Review
    per_capita_levy: int
    income_levy: int
    total_income: int
    assisted: bool = False
    other_benefit: str = ""
    condition: Condition = Condition.GENERAL
    others: tuple[int, ...] = ()
    diagnosed_on: date | None = None
    excused: bool = False
    circumstances: tuple[str, ...] = ()


def facts_of(claim: Claim, known: Knowledge) -> Facts:
    """Raises NonconformityError where the guardian's tax is not known, or an item cannot be read."""
    guardian, child = claim.home.claimant, claim.home.children[0]
    tax, other = must_know(known, guardian, TAX), known(child, "他法令給付関係情報")
    return Facts(
        applied_on=claim.day,
        certificate_meets=claim.stated.get("certificate", True),
        review=Review(claim.stated.get("review", "未付議")),
        per_capita_levy=whole(tax, "市区町村民税均等割額"),
        income_levy=whole(tax, "市区町村民税所得割額"),
        total_income=whole(tax, "総所得額"),
        assisted=is_paid(known(guardian, "生活保護関係情報")),
        other_benefit=text(other, "給付の種類") if other and is_paid(other) else "",
        condition=Condition(claim.stated.get("condition", "一般")),
        others=claim.stated.get("others", ()),
        diagnosed_on=claim.stated.get("diagnosed_on"),
        circumstances=claim.circumstances,
    )
