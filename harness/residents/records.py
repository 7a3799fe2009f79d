"""What organisations hold about a person: income of a fiscal year, pension, disability. Amounts in yen."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

# 区分 of 本人障害 and 本人寡婦: なし, 普通 (一般), 特別.
Degree = Literal["none", "ordinary", "special"]


@dataclass(frozen=True, slots=True)
class Income:
    """所得課税証明書情報 of one person and one 相当年度 (§3-4); yen and heads.

    fiscal_year: the fiscal year in which the tax is levied; it taxes the calendar year before it.
    specific_dependants: 特定扶養親族等 of 児童扶養手当法施行令2条の4, aged 16-22 on 31 December (own).
    """

    person_ref: str
    fiscal_year: str
    total_income: int
    employment_income: int
    dependants: int
    elderly_dependants: int
    specific_dependants: int
    disability: Degree
    widow: Degree
    working_student: bool
    annual_tax: int
    per_capita_levy: int
    income_levy: int
    taxable_income: int


@dataclass(frozen=True, slots=True)
class Pension:
    """A 公的年金給付 (児童扶養手当法3条2項) that a person is entitled to; annual_amount in yen."""

    person_ref: str
    kind: str
    annual_amount: int
    provider: str
    basic_number: str


@dataclass(frozen=True, slots=True)
class Disability:
    """A 身体障害者手帳: grade 1 (heaviest) to 6 (身体障害者福祉法施行規則別表5号)."""

    person_ref: str
    grade: int
    issued_on: date
    description: str

    @property
    def degree(self) -> Degree:
        """Tax category: grades 1 and 2 are 特別障害者 (所得税法施行令10条2項3号)."""
        return "special" if self.grade <= 2 else "ordinary"
