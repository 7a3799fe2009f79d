"""生活保護: the decision on an application, and the clock that it runs against. 法 = 生活保護法.

Amounts are those of rules.toml; what counts as income is simplified and marked (own)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from harness.use_cases.dated_rules import Row, in_force, load
from harness.use_cases.days import birthday, last_of_school_year
from harness.use_cases.decision import Decision, Judgement, Outcome, Reason, yen
from harness.use_cases.modelled import judged, not_modelled
from harness.use_cases.public_assistance.facts import Facts

BENEFIT = "public_assistance"
_ADULT, _SECOND, _DECEMBER, _WHOLE, _FAMILY = 18, 2, 12, 100, 6
SUPPORT_INCOME = 6_000_000  # 総所得額 from which 扶養 is looked into (own)


@dataclass(frozen=True, slots=True)
class Clock:
    """The limits of one application, all inclusive, with the articles that set them."""

    decide_by: date
    extended_to: date
    decide_article: str
    refused_article: str

    def state(self, today: date) -> str:
        """期限内, 延長中 (reasons must be given), or みなし却下: the applicant may take it as refused."""
        if today <= self.decide_by:
            return "期限内"
        return "延長中" if today <= self.extended_to else "みなし却下"


def clock(applied_on: date) -> Clock:
    """14 days, 30 when extended, counted from the day after the application (民法140条)."""
    rule = in_force(load(BENEFIT)["clock"], applied_on)
    return Clock(
        applied_on + timedelta(days=rule["decide_days"]),
        applied_on + timedelta(days=rule["extended_days"]),
        rule["decide_article"],
        rule["refused_article"],
    )


def forward_by(received_on: date) -> date:
    """By when a 町村長 sends an application on to the 実施機関: within 5 days (法24条10項, 6項 until 2014-06-30)."""
    days: int = in_force(load(BENEFIT)["clock"], received_on)["forward_days"]
    return received_on + timedelta(days=days)


def decide(facts: Facts) -> Judgement:
    """開始 with the monthly difference between 最低生活費 and income, else 却下; in force from the application (own)."""
    return judged(BENEFIT, facts.circumstances, facts.applied_on, lambda: _decide(facts))


def minimum_cost(facts: Facts, standard: Row) -> int:
    """最低生活費 in yen a month: 第1類, 第2類 with 冬季加算, 母子加算, 児童養育加算, 住宅扶助. Raises OutsideTablesError."""
    heads = len(facts.ages)
    common = _by_heads(standard["common"], standard["common_further"], heads)
    if facts.applied_on.month in standard["winter_months"]:
        common += _by_heads(standard["winter"], standard["winter_further"], heads)
    children = facts.children_of_single_parent
    addition = _by_heads(standard["single_parent"], standard["single_parent_further"], children)
    limit: int = standard["rent_limit"][(heads > 1) + (heads > _FAMILY)]
    return (
        _individual(facts.ages, standard) + common + addition + child_raising(facts) + min(facts.rent, limit)
    )


def child_raising(facts: Facts) -> int:
    """児童養育加算 in yen a month: to the end of 中学校, by age and, of all below 18, by order of birth. Raises
    OutsideTablesError."""
    rule, on = in_force(load(BENEFIT)["child_raising"], facts.applied_on), facts.applied_on
    raised = [born for born in sorted(facts.children_born) if on <= last_of_school_year(born, _ADULT)]
    return sum(_for_child(born, place, on, rule) for place, born in enumerate(raised, start=1))


def _decide(facts: Facts) -> Judgement:
    standard = in_force(load(BENEFIT)["standard"], facts.applied_on)
    if facts.assisted_elsewhere:
        return not_modelled(BENEFIT, "他の実施機関による保護")
    for row in load(BENEFIT)["unmodelled"]:
        for what, amount in facts.incomes:
            if amount and row.get("income") == what:
                return not_modelled(BENEFIT, row["fact"], f"{what} 月額{yen(amount)}")
    if facts.applied_on.month == _DECEMBER:
        return not_modelled(BENEFIT, "期末一時扶助")
    needed, income = minimum_cost(facts, standard), sum(yen_ for _, yen_ in facts.incomes)
    counted = [f"{what} {yen(amount)}" for what, amount in facts.incomes if amount]
    reasons = (
        Reason(f"最低生活費（生活扶助と住宅扶助） 月額{yen(needed)}", standard["article"]),
        Reason(f"収入 月額{yen(income)}（{'、'.join(counted) or 'なし'}）", "法4条1項、2項、8条1項"),
        *_support(facts.supporters),
    )
    if income >= needed:
        return Decision(Outcome.REFUSED, 0, None, reasons)
    return Decision(Outcome.STARTED, needed - income, facts.applied_on, reasons)


def _individual(ages: Sequence[int], standard: Row) -> int:
    """第1類: less a head in larger households."""
    whole: int = sum(
        max((first, yen_) for first, yen_ in standard["individual"] if age >= first)[1] for age in ages
    )
    _, percent = max(row for row in standard["individual_percent"] if len(ages) >= row[0])
    return (whole * percent + 500) // 1_000 * 10 if percent < _WHOLE else whole


def _for_child(born: date, place: int, on: date, rule: Row) -> int:
    """Until the month in which 3 is reached, to the end of 小学校, to the end of 中学校; nothing after that."""
    reaches_three = birthday(born, 3) - timedelta(days=1)
    amounts = [
        (reaches_three.replace(day=1) >= on.replace(day=1), rule["infant"]),
        (on <= last_of_school_year(born, 12), rule["elementary_third" if place > _SECOND else "elementary"]),
        (on <= last_of_school_year(born, 15), rule["junior"]),
    ]
    return next((amount for holds, amount in amounts if holds), 0)


def _by_heads(amounts: Sequence[int], further: int, heads: int) -> int:
    if heads == 0:
        return 0
    return amounts[min(heads, len(amounts)) - 1] + max(0, heads - len(amounts)) * further


def _support(supporters: tuple[int, ...]) -> tuple[Reason, ...]:
    """扶養 comes before 保護, but is no condition of it: it is looked into and does not refuse."""
    able = [income for income in supporters if income >= SUPPORT_INCOME]
    if not able:
        return ()
    return (Reason(f"扶養義務者（総所得額{yen(able[0])}）に扶養の可否を確認する", "法4条2項、77条、28条2項"),)
