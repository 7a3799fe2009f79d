"""Facts of a claim for 児童扶養手当: what the claimant states and what gateways answered, put together by the office."""

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Final, Literal

from harness.catalogue.findings import NonconformityError
from harness.residents.data_items import DISABILITY, PENSION, TAX, disability_items
from harness.use_cases.child_rearing_allowance.rules import income_year_of
from harness.use_cases.claim import Claim, Items, Knowledge
from harness.use_cases.days import birthday, last_of_school_year, next_month
from harness.use_cases.reading import is_paid, text, whole

# 区分 of 本人障害 and 本人寡婦: なし, 普通 (一般), 特別.
Degree = Literal["none", "ordinary", "special"]
_DEGREES: Final[tuple[Degree, ...]] = ("none", "ordinary", "special")


class Claimant(Enum):
    """Who claims (法4条1項); an orphan's 養育者 has a limit of its own (法9条の2)."""

    MOTHER = "母"
    FATHER = "父"
    GUARDIAN = "養育者"
    ORPHANS_GUARDIAN = "孤児等の養育者"


@dataclass(frozen=True, slots=True)
class IncomeFacts:
    """One person's 所得課税証明書情報, item by item as a gateway gives it, and what the claimant shows on paper beside it; yen
    and heads.

    total_income may be negative after a loss. young_dependants: 控除対象扶養親族 aged 16 to 18, none of the specific ones;
    maintained_children: 児童 who are no dependants (法9条1項). disabled_dependants, specially_disabled_dependants: for whom
    障害者控除 was given besides. casualty to spouse_special: 雑損, 医療費, 小規模企業共済等掛金, 配偶者特別控除 as they were
    given. wages_and_pensions: 給与所得 and 公的年金等に係る所得 within the total, None where that is not known. Raises ValueError
    for counts, amounts and 区分 that cannot be.
    """

    total_income: int
    dependants: int = 0
    elderly_dependants: int = 0
    specific_dependants: int = 0
    disability: Degree = "none"
    widow: Degree = "none"
    working_student: bool = False
    young_dependants: int = 0
    maintained_children: int = 0
    disabled_dependants: int = 0
    specially_disabled_dependants: int = 0
    casualty: int = 0
    medical: int = 0
    mutual_aid: int = 0
    spouse_special: int = 0
    wages_and_pensions: int | None = None

    def __post_init__(self) -> None:
        """Checks that dependants add up, nothing given is negative, and 区分 are known."""
        told_apart = (self.elderly_dependants, self.specific_dependants, self.young_dependants)
        disabled = (self.disabled_dependants, self.specially_disabled_dependants)
        if min(self.dependants, self.maintained_children, *told_apart, *disabled) < 0:
            raise ValueError(f"扶養親族数は0人以上: {self}")
        if sum(told_apart) > self.dependants or sum(disabled) > self.dependants:
            raise ValueError(f"老人・特定・19歳未満の控除対象・障害のある扶養親族は扶養親族の内数: {self}")
        if (
            min(
                self.casualty,
                self.medical,
                self.mutual_aid,
                self.spouse_special,
                self.wages_and_pensions or 0,
            )
            < 0
        ):
            raise ValueError(f"控除額と給与・公的年金等の所得は0円以上: {self}")
        if self.disability not in _DEGREES or self.widow not in _DEGREES:
            raise ValueError(f"区分は {'、'.join(_DEGREES)} のいずれか: {self}")


@dataclass(frozen=True, slots=True)
class ChildFacts:
    """A child that the claimant brings up; disabled: 政令で定める程度の障害 (法3条1項); barred: the ground of 法4条2項 for
    which nothing is paid for this child, as the rules name it, "" for none."""

    birth_date: date
    disabled: bool = False
    barred: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a decision needs. Amounts in yen a year, of the year that income_year() names.

    grounds_met: a ground of 法4条1項 (離婚, 死亡 …) is shown by the papers attached to the claim.
    pensions: annual amounts of each 公的年金給付 (法3条2項) the claimant is entitled to, not 老齢福祉年金.
    disability_pension: one of them is a 障害基礎年金 or the like (法13条の2第2項).
    supporters: 扶養義務者 who share the livelihood (法10条), or maintain a 養育者 (法11条).
    circumstances: what else the claim has, by the names in rules.toml of what is not modelled.
    Raises ValueError for negative child support or pensions.
    """

    claim_date: date
    claimant: Claimant
    children: tuple[ChildFacts, ...]
    income: IncomeFacts
    child_support: int = 0
    supporters: tuple[IncomeFacts, ...] = ()
    pensions: tuple[int, ...] = ()
    grounds_met: bool = True
    disability_pension: bool = False
    circumstances: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Checks that amounts received are not negative."""
        if min((self.child_support, *self.pensions)) < 0:
            raise ValueError(f"養育費・年金額は0円以上: {self}")


def facts_of(claim: Claim, known: Knowledge) -> Facts:
    """The claim and its papers, and what is known of each person; an income that nobody asked for is not counted. Raises
    NonconformityError where the claimant's income is missing or an item cannot be read."""
    home = claim.home
    income, pensions = known(home.claimant, TAX), known(home.claimant, PENSION)
    if income is None:
        raise NonconformityError("ITEMS_DIFFER", "申請者の地方税関係情報がない", "地方税関係情報")
    supporters = [known(person, TAX) for person in home.supporters]
    return Facts(
        claim_date=claim.day,
        claimant=Claimant(claim.stated["head"].value),
        children=tuple(
            ChildFacts(c.birth_date, _is_disabled(known(c, DISABILITY) or disability_items(None)))
            for c in home.children
        ),
        income=replace(_income_facts(income), **claim.stated.get("on_paper", {})),
        child_support=claim.stated["child_support"],
        supporters=tuple(_income_facts(items) for items in supporters if items),
        pensions=(whole(pensions, "年金額"),) if pensions and is_paid(pensions) else (),
        disability_pension=bool(
            pensions and is_paid(pensions) and text(pensions, "年金種別").startswith("障害基礎")
        ),
        circumstances=claim.circumstances,
    )


def payment_month(claim_date: date) -> date:
    """First day of the month after the claim, from which the allowance is paid (法7条1項)."""
    return next_month(claim_date)


def income_year(claim_date: date) -> int:
    """Calendar year whose income decides on the first month that a claim is paid for (法9条1項, 法7条1項): last year's for
    August to July, since November 2018 for November to October, else that of the year before."""
    return income_year_of(payment_month(claim_date))


def fiscal_year_for(claim_date: date) -> str:
    """相当年度 to enquire for: the fiscal year in which the income of income_year() is taxed, one later:
    a claim of 2012-03 uses income of 2010, 相当年度 "2011".
    """
    return str(income_year(claim_date) + 1)


def is_eligible_child(child: ChildFacts, on: date) -> bool:
    """Whether this is a 児童 on a day (法3条1項): to 31 March after reaching 18, or under 20 if disabled.

    An age is reached on the day before the birthday (年齢計算ニ関する法律).
    """
    if on < child.birth_date:
        return False
    return on <= last_of_school_year(child.birth_date, 18) or (
        child.disabled and on < birthday(child.birth_date, 20)
    )


def _income_facts(items: Items) -> IncomeFacts:
    """Items of 地方税関係情報 as a business system reads them."""
    try:
        return IncomeFacts(
            total_income=whole(items, "総所得額"),
            dependants=whole(items, "扶養親族数"),
            elderly_dependants=whole(items, "老人扶養親族数"),
            specific_dependants=whole(items, "特定扶養親族数"),
            disability=_degree(items, "本人障害区分"),
            widow=_degree(items, "本人寡婦区分"),
            working_student=text(items, "本人勤労学生区分") == "1",
        )
    except ValueError as error:
        raise NonconformityError("VALUE_CHANGED", str(error), "制度としてあり得る値") from error


def _degree(items: Items, name: str) -> Degree:
    code = text(items, name)
    if code not in {"0", "1", "2"}:
        raise NonconformityError("VALUE_CHANGED", f"{name} が {code!r}", "区分 0、1、2 のいずれか")
    return _DEGREES[int(code)]


def _is_disabled(items: Items) -> bool:
    """政令で定める程度の障害 (児童扶養手当法施行令1条): grades 1 to 3 count here (own)."""
    return text(items, "障害等級") in {"1", "2", "3"}
