"""Income, pension and disability records of a household's people. Distributions are (own)."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from harness.residents.draw import Draw
from harness.residents.people import Person
from harness.residents.records import Degree, Disability, Income, Pension
from harness.residents.tax import Circumstances, assess

PENSION_AGE: Final = 65  # 国民年金法26条
_ELDERLY_AGE: Final = 70  # 老人扶養親族: 所得税法2条1項34号の4
_DEPENDANT_INCOME: Final = 380_000  # 扶養親族: 所得税法2条1項34号
_WIDOW_INCOME: Final = 5_000_000  # 特別の寡婦: 租税特別措置法41条の17 as of 2012
_PENSION_YEN: Final = 786_500  # 老齢基礎年金満額 and 障害基礎年金2級, fiscal 2012
_HEAVY_PENSION_YEN: Final = 983_100  # 障害基礎年金1級, fiscal 2012
_CONDITIONS: Final = ("肢体不自由", "聴覚障害", "視覚障害", "内部障害")


def total_income(choices: Draw, year: int, *, ceiling: int) -> int:
    """総所得額 of one year in yen, 0 for one person in eight, else below `ceiling`; 10% up or down a year."""
    if choices.below(0, 8) == 0:
        return 0
    base = ceiling // 8 + choices.below(1, ceiling * 6 // 8)
    return base * (95 + choices.below(2 + year % 2, 10)) // 100


def parents_income(
    person: Person, choices: Draw, year: int, children: Sequence[Person], degrees: tuple[Degree, bool]
) -> Income:
    """Income of a claimant in fiscal year `year`; degrees: disability, and whether widowed or divorced."""
    disability, alone = degrees
    new_year = date(year, 1, 1)
    ages = [child.age_on(new_year) for child in children if child.birth_date < new_year]
    total = total_income(choices, year, ceiling=4_000_000)
    widow: Degree = "none"
    if alone:
        is_special = person.sex.name == "FEMALE" and bool(ages) and total <= _WIDOW_INCOME
        widow = "special" if is_special else "ordinary"
    specific = sum(16 <= age <= 22 for age in ages)
    return income_record(
        person, year, total, Circumstances(len(ages), 0, specific, disability, widow), choices
    )


def supporters_incomes(people: Sequence[Person], choices: Sequence[Draw], year: int) -> tuple[Income, ...]:
    """Incomes of a claimant's 扶養義務者: a second one depends on the first."""
    incomes = []
    for place, (person, choice) in enumerate(zip(people, choices, strict=True)):
        others = people[1:] if place == 0 else ()
        elderly = sum(other.age_on(date(year, 1, 1)) >= _ELDERLY_AGE for other in others)
        ceiling = 6_000_000 if place == 0 else _DEPENDANT_INCOME
        circumstances = Circumstances(len(others), elderly, 0, "none", "none")
        total = total_income(choice, year, ceiling=ceiling)
        incomes.append(income_record(person, year, total, circumstances, choice))
    return tuple(incomes)


def income_record(
    person: Person, year: int, total: int, circumstances: Circumstances, choices: Draw
) -> Income:
    """An income record with the tax that belongs to it; one in four people earns something beside wages."""
    other = total * choices.below(4, 20) // 100 if choices.below(5, 4) == 0 else 0
    tax = assess(total, circumstances)
    return Income(
        person.ref,
        str(year),
        total,
        total - other,
        circumstances.dependants,
        circumstances.elderly_dependants,
        circumstances.specific_dependants,
        circumstances.disability,
        circumstances.widow,
        working_student=False,
        annual_tax=tax.annual_tax,
        per_capita_levy=tax.per_capita_levy,
        income_levy=tax.income_levy,
        taxable_income=tax.taxable_income,
    )


def pension(person: Person, choices: Draw, disability: Disability | None, reference: date) -> Pension:
    """The pension that fits the person: old age from 65, else disability, else a survivor's."""
    number = f"{choices.below(6, 10**4):04d}{choices.below(7, 10**6):06d}"
    if person.age_on(reference) >= PENSION_AGE:
        years = 25 + choices.below(
            8, 16
        )  # 25 contribution years were the minimum until 2017 (国民年金法26条)
        return Pension(
            person.ref, "老齢基礎年金", _PENSION_YEN * years // 40 // 100 * 100, "日本年金機構", number
        )
    if disability is not None and disability.grade <= 2:
        yen = _HEAVY_PENSION_YEN if disability.grade == 1 else _PENSION_YEN
        return Pension(person.ref, "障害基礎年金", yen, "日本年金機構", number)
    yen = 300_000 + choices.below(8, 6_000) * 100
    return Pension(person.ref, "遺族共済年金", yen, "地方職員共済組合", number)


def disability(person: Person, choices: Draw, degree: Degree, reference: date) -> Disability:
    """A 身体障害者手帳 of that degree, issued after birth and before `reference`."""
    grade = 1 + choices.below(9, 2) if degree == "special" else 3 + choices.below(9, 4)
    days = max(1, (reference - person.birth_date).days)
    issued_on = date.fromordinal(person.birth_date.toordinal() + choices.below(10, days))
    condition = _CONDITIONS[choices.below(11, len(_CONDITIONS))]
    return Disability(person.ref, grade, issued_on, f"{condition}（{grade}級）")
