"""Legal values of 児童扶養手当 on one day, typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Final

from harness.use_cases.dated_rules import Row, in_force, load

BENEFIT: Final = "child_rearing_allowance"


class Level(Enum):
    """Which amount: the one paid (特例水準 included), or the one of 法5条の2 alone."""

    PAID = "支給額"
    STATUTORY = "本来水準"


class PensionRegime(Enum):
    """What a 公的年金給付 does: bars the allowance (法4条3項2号), or reduces it (法13条の2)."""

    BARS = "bars"
    REDUCES = "reduces"


@dataclass(frozen=True, slots=True)
class Amount:
    """Yen a month for the first child, and the rate at which income reduces it."""

    first_child: int
    rate: Decimal
    article: str

    @property
    def share(self) -> "Share":
        """The same as that of any other child."""
        return Share(self.first_child, self.rate)


@dataclass(frozen=True, slots=True)
class Share:
    """Yen a month for one child, and the rate at which income reduces it; rate 0: not at all."""

    full: int
    rate: Decimal


@dataclass(frozen=True, slots=True)
class Addition:
    """Yen a month more for the second child, and for each further one."""

    second: Share
    further: Share
    article: str


@dataclass(frozen=True, slots=True)
class ClaimantLimit:
    """Limits on a claimant's yearly 所得 in yen, and what each dependant adds to both."""

    full_limit: int
    none_limit: int
    each_dependant: int
    each_elderly: int
    each_specific: int
    each_young: int
    article: str


@dataclass(frozen=True, slots=True)
class SupporterLimit:
    """Limit on the yearly 所得 in yen of a 扶養義務者, or of a 養育者 of orphans."""

    limit: int
    each_dependant: int
    each_elderly: int
    article: str
    orphan_article: str


@dataclass(frozen=True, slots=True)
class Deduction:
    """What is taken from 総所得額, in yen; child support counts with a percentage. wages: at most, from 給与 and 公的年金等."""

    flat: int
    flat_article: str
    wages: int
    child_support_percent: int
    child_support_article: str
    disability: Mapping[str, int]
    disability_article: str
    widow: Mapping[str, int]
    widow_article: str
    working_student: int
    working_student_article: str


@dataclass(frozen=True, slots=True)
class PensionRule:
    """The regime in force, with its article."""

    regime: PensionRegime
    article: str


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that decides a claim; compare two sets to show one regime beside another."""

    amount: Amount
    addition: Addition
    claimant_limit: ClaimantLimit
    supporter_limit: SupporterLimit
    deduction: Deduction
    pension: PensionRule


def rules_on(day: date, level: Level = Level.PAID) -> Rules:
    """Rules for an allowance whose first month begins on or contains `day`.

    Raises OutsideTablesError: they are for April 2011 to March 2026, 本来水準 April 2012 to September 2013.
    """
    tables = load(BENEFIT)
    amount = in_force(tables["amount"], day, level=level.value)
    addition = in_force(tables["addition"], day)
    pension = in_force(tables["pension"], day)
    return Rules(
        Amount(amount["first_child"], Decimal(amount["rate"]), amount["article"]),
        Addition(_share(addition["second"]), _share(addition["further"]), addition["article"]),
        ClaimantLimit(**_values(in_force(tables["claimant_limit"], day))),
        SupporterLimit(**_values(in_force(tables["supporter_limit"], day))),
        Deduction(**_values(in_force(tables["deduction"], day))),
        PensionRule(PensionRegime(pension["regime"]), pension["article"]),
    )


def income_year_of(month: date) -> int:
    """The calendar year whose income decides on a month that is paid for. Raises OutsideTablesError."""
    first: int = in_force(load(BENEFIT)["income_period"], month)["first_month"]
    return month.year - (1 if month.month >= first else 2)


def bars_child(ground: str, month: date) -> bool | None:
    """Whether 法4条2項 has this ground in a month; None where the rules do not say what it does then."""
    rows = [row for row in load(BENEFIT)["barred"] if row["ground"] == ground]
    return True if any(row["from"] <= month <= row["until"] for row in rows) else None


def _share(row: Row) -> Share:
    return Share(row["full"], Decimal(row["rate"]))


def _values(row: Row) -> dict[str, Any]:
    return {field: value for field, value in row.items() if field not in ("from", "until")}
