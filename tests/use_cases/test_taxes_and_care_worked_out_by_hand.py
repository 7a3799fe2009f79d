"""The other decisions worked out by hand from the text of the laws, at limits and on days that no scenario has, every step of the
reckoning beside its amount; and what no rule knows."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from harness.use_cases.chronic_disease import decide as care
from harness.use_cases.chronic_disease.facts import Condition, Review
from harness.use_cases.chronic_disease.facts import Facts as Care
from harness.use_cases.decision import Judgement, Outcome
from harness.use_cases.disaster_relief import decide as relief
from harness.use_cases.disaster_relief.facts import Facts as Damage
from harness.use_cases.health_history.decide import decide_reminder
from harness.use_cases.health_history.facts import Facts as Health
from harness.use_cases.national_pension import decide as pension
from harness.use_cases.national_pension.facts import Facts as Couple
from harness.use_cases.public_assistance import decide as assistance
from harness.use_cases.public_assistance.facts import Facts as Household
from harness.use_cases.real_estate_acquisition_tax import decide as tax
from harness.use_cases.real_estate_acquisition_tax.facts import Facts as House
from tests.use_cases.deciding import decided, undecided


def amount(judgement: Judgement) -> int:
    return decided(judgement).monthly_amount


BUILT = House(date(2012, 8, 20), "新築", "居宅", 5_000, 12_230_000, lives_there=False)
USED = replace(BUILT, cause="売買", floor_area=24_000, unused=False, lives_there=True)


@pytest.mark.parametrize(
    ("house", "due"),
    [
        (BUILT, 6_900),  # 230,000 x 3%
        (replace(BUILT, price=12_229_999), 0),
        (replace(BUILT, floor_area=4_999), 366_900),
        (replace(BUILT, floor_area=4_000, let_flat=True), 6_900),
        (replace(USED, unused=True, lives_there=False, price=12_120_000), 3_600),  # 建売
        (replace(USED, unused=True, lives_there=False, price=12_119_999), 0),
        (replace(BUILT, excellent=True, floor_area=24_001, price=20_000_000), 600_000),
        (replace(BUILT, excellent=True, floor_area=24_000, price=20_000_000), 210_000),
        (replace(BUILT, kind="店舗", price=7_777_777), 311_000),  # 7,777,000 x 4%
        (replace(USED, built_on=date(1981, 12, 31), price=6_543_210), 196_200),
        (replace(USED, built_on=date(1981, 12, 31), price=6_543_210, quake_proof=True), 70_200),
        (replace(USED, built_on=date(1981, 6, 30), price=6_543_210, quake_proof=True), 91_200),
        (replace(USED, built_on=date(1997, 3, 31), price=13_500_000), 105_000),
        (replace(USED, built_on=date(1997, 4, 1), price=13_500_000), 45_000),
        (replace(USED, built_on=date(1985, 6, 30), price=6_543_210), 70_200),  # 2,343,000 x 3%
        (replace(USED, built_on=date(1985, 7, 1), price=6_543_210), 61_200),  # 2,043,000 x 3%
        (replace(USED, built_on=date(1998, 1, 1), cause="贈与", price=12_119_999), 0),
        (replace(USED, kind="事務所", price=8_765_432), 350_600),  # 8,765,000 x 4%
        (
            replace(USED, kind="事務所", price=8_765_432, acquired_on=date(2007, 6, 1)),
            306_700,
        ),  # 3.5%: 306,775
        (replace(USED, kind="事務所", price=119_999), 0),
        (replace(BUILT, let_flat=True, floor_area=3_999, price=12_345_678), 370_300),  # 12,345,000 x 3%
    ],
)
def test_taxes_on_houses(house: House, due: int) -> None:
    assert amount(tax.decide(house)) == due


COUPLE = Couple(date(2012, 5, 25), date(1947, 5, 20), "夫", "甲", "甲", 0, spouse_has_addition=True)


@pytest.mark.parametrize(
    ("born", "claimed", "start", "monthly"),
    [
        (date(1949, 4, 1), date(2014, 4, 5), date(2014, 4, 1), 7_658),  # 222,400 x 0.413: 91,900
        (date(1949, 4, 2), date(2014, 4, 5), date(2014, 5, 1), 7_175),  # 222,400 x 0.387: 86,100
        (date(1950, 9, 30), date(2015, 9, 29), date(2015, 10, 1), 6_735),  # 224,500 x 0.360: 80,820
        (date(1961, 4, 1), date(2026, 4, 1), date(2026, 4, 1), 1_889),  # 243,800 x 0.093: 22,673
        (date(1961, 4, 2), date(2026, 4, 1), date(2026, 5, 1), 1_361),  # 243,800 x 0.067: 16,335
        (date(1955, 4, 2), date(2020, 4, 1), date(2020, 5, 1), 4_254),  # 224,900 x 0.227: 51,052
        (date(1958, 6, 1), date(2023, 5, 31), date(2023, 6, 1), 2_801),  # 228,700 x 0.147: 33,619
        (date(1960, 2, 29), date(2025, 2, 28), date(2025, 3, 1), 2_348),  # 234,800 x 0.120: 28,176
    ],
)
def test_the_addition_on_both_sides_of_a_year_of_birth(
    born: date, claimed: date, start: date, monthly: int
) -> None:
    decision = decided(pension.decide(replace(COUPLE, birth_date=born, claim_date=claimed)))
    assert (decision.payment_from, decision.monthly_amount) == (start, monthly)


@pytest.mark.parametrize(("income", "monthly"), [(6_554_999, 8_300), (6_555_000, 0)])
def test_the_income_of_a_couple(income: int, monthly: int) -> None:
    for relation, own in (("夫", "世帯主"), ("世帯主", "妻"), ("世帯主", "妻（未届）")):
        couple = replace(COUPLE, relation=relation, own_relation=own, income=income)
        assert amount(pension.decide(couple)) == monthly


PATIENT = Care(date(2019, 1, 10), True, Review.NOT_ASKED, 3_500, 250_999, 5_000_000, others=(20_000,))


def test_a_severe_patient_shares_with_another() -> None:
    severe = replace(PATIENT, condition=Condition.SEVERE)
    assert amount(care.decide(severe)) == 4_000  # 20,000 x 5,000 / 25,000
    assert "端数" in undecided(care.decide(replace(severe, income_levy=251_000)))  # 6,666.67
    ventilator = replace(PATIENT, condition=Condition.VENTILATOR, others=(500,))
    assert amount(care.decide(ventilator)) == 250


def test_a_late_application_reaches_back_to_october_2023_at_most() -> None:
    late = replace(
        PATIENT, others=(), applied_on=date(2023, 12, 5), diagnosed_on=date(2023, 8, 1), excused=True
    )
    assert decided(care.decide(late)).payment_from == date(2023, 10, 1)
    assert decided(care.decide(replace(late, excused=False))).payment_from == date(2023, 11, 5)


@pytest.mark.parametrize(
    ("levies", "total", "day", "general", "severe"),
    [
        ((3_500, 70_999), 2_500_000, date(2015, 6, 30), 5_000, 2_500),
        ((3_500, 71_000), 2_500_000, date(2015, 6, 30), 10_000, 5_000),
        ((3_500, 251_000), 6_000_000, date(2020, 2, 1), 15_000, 10_000),
        ((3_500, 0), 900_000, date(2017, 5, 1), 5_000, 2_500),  # 均等割 alone is a tax
        ((0, 0), 800_000, date(2018, 1, 1), 1_250, 1_250),
        ((0, 0), 800_001, date(2018, 1, 1), 2_500, 2_500),
    ],
)
def test_ceilings_on_both_sides_of_each_levy(
    levies: tuple[int, int], total: int, day: date, general: int, severe: int
) -> None:
    patient = Care(day, True, Review.NOT_ASKED, *levies, total)
    assert amount(care.decide(patient)) == general
    assert amount(care.decide(replace(patient, condition=Condition.SEVERE))) == severe
    assert amount(care.decide(replace(patient, condition=Condition.VENTILATOR))) == 500
    assert amount(care.decide(replace(patient, condition=Condition.VENTILATOR, assisted=True))) == 0


@pytest.mark.parametrize(
    ("diagnosed", "excused", "start"),
    [
        (date(2024, 2, 10), False, date(2024, 2, 29)),  # a month before 31 March of a leap year
        (date(2024, 3, 15), False, date(2024, 3, 15)),
        (date(2023, 11, 30), True, date(2023, 12, 31)),
    ],
)
def test_how_far_an_application_of_31_march_2024_reaches_back(
    diagnosed: date, excused: bool, start: date
) -> None:
    late = replace(PATIENT, others=(), applied_on=date(2024, 3, 31), diagnosed_on=diagnosed, excused=excused)
    # Above the last bound, where no wages change the ceiling.
    assert decided(care.decide(replace(late, income_levy=300_000))).payment_from == start


ENCEPHALITIS = {f"日本脳炎第1期{n}接種日": "2010-05-01" for n in ("第1回", "第2回", "追加")}
DONE = {f"三種混合{n}接種日": "2008-01-01" for n in ("第1回", "第2回", "第3回", "追加")} | ENCEPHALITIS
POLIO = {f"ポリオ第{n}回接種日": "2008-01-01" for n in (1, 2)}
UNDONE = dict.fromkeys(("麻しん風しん第1期接種日", "麻しん風しん第2期接種日"), "")


@pytest.mark.parametrize(
    ("born", "on", "subjects"),
    [
        (date(2006, 4, 1), date(2012, 3, 31), ()),  # before the tables: nothing is decided
        (date(2006, 4, 1), date(2012, 4, 1), ()),  # at school since that day
        (date(2006, 4, 2), date(2012, 4, 1), ("麻しん風しん第2期",)),
    ],
)
def test_the_year_before_school(born: date, on: date, subjects: tuple[str, ...]) -> None:
    judgement = decide_reminder(Health(born, on, {**DONE, **POLIO, **UNDONE}))
    if on < date(2012, 4, 1):
        assert "収録期間" in undecided(judgement)
    else:
        assert decided(judgement).subjects == subjects


@pytest.mark.parametrize(
    ("on", "subjects"),
    [
        (date(2012, 8, 31), ("ポリオ第1回",)),
        (date(2012, 9, 1), ("不活化ポリオ第1回", "不活化ポリオ第2回")),
        (date(2012, 10, 22), ("不活化ポリオ第1回", "不活化ポリオ第2回", "不活化ポリオ第3回")),
    ],
)
def test_polio_of_an_infant_on_both_sides_of_september_2012(on: date, subjects: tuple[str, ...]) -> None:
    names = ("ポリオ第1回", "ポリオ第2回", "不活化ポリオ第1回", "不活化ポリオ第2回", "不活化ポリオ第3回")
    others = dict.fromkeys(
        ("BCG接種日", "三種混合第1回接種日", "三種混合第2回接種日", "三種混合第3回接種日"), "2012-08-01"
    )
    infant = Health(
        date(2012, 5, 1),
        on,
        {**others, "四か月児健診受診日": "2012-08-01", **dict.fromkeys((f"{n}接種日" for n in names), "")},
    )
    assert decided(decide_reminder(infant)).subjects == subjects


def test_the_polio_booster_since_23_october_2012() -> None:
    imported = {f"不活化ポリオ第{n}回接種日": "2011-09-01" for n in (1, 2, 3)} | {
        "不活化ポリオ追加接種日": ""
    }
    others = {**DONE, "麻しん風しん第1期接種日": "2010-01-01", "三歳児健診受診日": "2012-10-01"}
    child = Health(date(2009, 4, 1), date(2012, 10, 22), {**others, **imported})
    assert decided(decide_reminder(child)).outcome is Outcome.NOTHING_MISSING
    assert decided(decide_reminder(replace(child, on=date(2012, 10, 23)))).subjects == ("不活化ポリオ追加",)


@pytest.mark.parametrize(
    ("damage", "paid"),
    [
        (Damage(date(2012, 9, 1), "3", 1, "賃借"), 750_000),
        (Damage(date(2016, 4, 16), "2", 1, "建設・購入", demolished=True), 2_250_000),
        (Damage(date(2020, 7, 3), "2", 1, "建設・購入", moderate=True), 750_000),
        (Damage(date(2020, 7, 2), "2", 1, "建設・購入", moderate=True), 0),
        (Damage(date(2024, 1, 1), "2", 5, "補修", moderate=True), 500_000),
        (Damage(date(2024, 1, 1), "3", 5, "補修"), 1_500_000),
        (
            Damage(date(2016, 4, 16), "2", 1, "賃借", demolished=True),
            1_125_000,
        ),  # (1,000,000 + 500,000) x 75%
        (Damage(date(2020, 7, 3), "2", 1, "賃借", moderate=True), 187_500),  # 250,000 x 75%
        (Damage(date(2011, 4, 22), "0", 3, "建設・購入", evacuated=True), 3_000_000),  # 長期避難世帯
        (Damage(date(2012, 9, 1), "1", 2, "補修"), 0),
    ],
)
def test_relief(damage: Damage, paid: int) -> None:
    assert amount(relief.decide(damage)) == paid


NOT_MODELLED: list[tuple[Callable[[Any], Judgement], Any]] = [
    (assistance.decide, Household(date(2012, 7, 1), (45,))),
    (tax.decide, BUILT),
    (pension.decide, COUPLE),
    (care.decide, replace(PATIENT, others=())),
    (decide_reminder, Health(date(2012, 5, 1), date(2012, 5, 2), {})),
    (relief.decide, Damage(date(2012, 9, 1), "4", 2)),
]


@pytest.mark.parametrize(("decide", "facts"), NOT_MODELLED, ids=[type(f).__module__ for _, f in NOT_MODELLED])
def test_a_fact_that_no_rule_knows_leaves_everything_undecided(
    decide: Callable[[Any], Judgement], facts: Any
) -> None:
    assert decided(decide(facts))
    assert "外国での所得" in undecided(decide(replace(facts, circumstances=("外国での所得",))))
