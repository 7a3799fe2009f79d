"""前提: who claims, where they lived, what the registers hold about them."""

from dataclasses import replace
from datetime import date

from pytest_bdd import given, parsers

from harness.contract.organisations import Organisation
from harness.residents.data_items import (
    DISABILITY,
    PENSION,
    RESIDENT,
    TAX,
    disability_items,
    pension_items,
    resident_items,
    tax_items,
)
from harness.residents.people import Person
from harness.residents.records import Disability, Income, Pension
from harness.residents.wishes import Head, Wishes
from harness.steps.verbs.placing import keep, register
from harness.steps.verbs.scene import Scene

_SINCE = date(2010, 4, 1)
_CLAIMS = "(?:認定を請求した|現況を届け出た)"  # 児童扶養手当法施行規則4条: by whoever is paid, each August
_DEDUCTIONS = {
    "雑損": "casualty",
    "医療費": "medical",
    "小規模企業共済等掛金": "mutual_aid",
    "配偶者特別": "spouse_special",
}


@given(
    parsers.re(
        f'"(?P<place>[^"]+)" から(?:出国し、国外から)?転入した(?P<head>母|父|養育者)が、児童(?P<children>\\d+)人について "(?P<day>[^"]+)" に{_CLAIMS}'
    )
)
def _moved_in(scene: Scene, place: str, head: str, children: str, day: str) -> None:
    wishes = Wishes(
        int(children), Head(head), supporter=False, pension=False, disability="none", disabled_child=False
    )
    _claim(scene, replace(wishes, previous_municipality=scene.organisation(place).code), day)


@given(
    parsers.re(
        f'"(?P<place>[^"]+)" から転入し父と同居する母が、児童(?P<children>\\d+)人について "(?P<day>[^"]+)" に{_CLAIMS}'
    )
)
def _moved_in_with_supporter(scene: Scene, place: str, children: str, day: str) -> None:
    wishes = Wishes(
        int(children), Head.MOTHER, supporter=True, pension=False, disability="none", disabled_child=False
    )
    _claim(scene, replace(wishes, previous_municipality=scene.organisation(place).code), day)


@given(parsers.parse('本市から "{place}" に転出した母の世帯がある'))
def _moved_out(scene: Scene, place: str) -> None:
    _leave(scene, scene.organisation(place), Wishes())


@given(parsers.parse('加害者の住む "{place}" から本市に逃れて転入した母の世帯がある'))
def _fled_here(scene: Scene, place: str) -> None:
    """Who asks about her then is the side of whom she fled from; what must not be told is where she lives now."""
    wishes = Wishes(head=Head.MOTHER, supporter=False, pension=False, municipality=scene.municipality)
    scene.make_household(
        replace(wishes, previous_municipality=scene.organisation(place).code), date(2012, 8, 1)
    )


@given(parsers.parse('本市から "{place}" に転出した母の世帯があり、氏名に U+{code_point} の文字を含む'))
def _moved_out_with_character(scene: Scene, place: str, code_point: str) -> None:
    _leave(scene, scene.organisation(place), Wishes(character=chr(int(code_point, 16))))


@given(
    parsers.parse('本市から "{place}" に転出した母の世帯があり、本市には同姓同名で生年月日も同じ別人がいる')
)
def _moved_out_with_twin(scene: Scene, place: str) -> None:
    _leave(scene, scene.organisation(place), Wishes(twin=True))


@given(
    parsers.parse(
        '{where}に、{who}の相当年度 "{year}" の総所得額 {total} 円、扶養親族 {dependants:d} 人の課税情報がある'
    )
)
def _tax(scene: Scene, where: str, who: str, year: str, total: str, dependants: int) -> None:
    _assess(scene, where, scene.person(who), _income(scene, who, year, total, dependants))


@given(parsers.parse("{who}は寡婦である"))
def _widow(scene: Scene, who: str) -> None:
    for income in scene.household.incomes:
        if income.person_ref == scene.person(who).ref:
            scene.home = scene.household.with_income(replace(income, widow="ordinary"))


@given(parsers.parse("{where}に、{who}の課税情報はない"))
def _no_tax(scene: Scene, where: str, who: str) -> None:
    scene.control.add_person(scene.person(who).ref)
    if scene.organisation(where) == scene.own:
        register(scene, scene.person(who))


@given(parsers.parse("申請者は前年に養育費 {amount} 円を受け取ったと申告した"))
def _child_support(scene: Scene, amount: str) -> None:
    scene.claim["child_support"] = _yen(amount)


@given(
    parsers.re(
        f"申請者は、(?P<deduction>{'|'.join(_DEDUCTIONS)})控除 (?P<amount>[\\d,]+) 円を課税証明書で示した"
    )
)
def _deduction(scene: Scene, deduction: str, amount: str) -> None:
    """What 施行令4条2項 takes off and the linked items do not tell."""
    scene.claim.setdefault("on_paper", {})[_DEDUCTIONS[deduction]] = _yen(amount)


@given(parsers.parse("申請者は{provider}から年額 {amount} 円の{kind}を受けている"))
def _pension(scene: Scene, provider: str, amount: str, kind: str) -> None:
    claimant, holder = scene.household.claimant, scene.organisation(provider)
    scene.home = scene.household.with_pension(
        Pension(claimant.ref, kind, _yen(amount), provider, "9999000001")
    )
    keep(scene, holder, claimant, PENSION, pension_items(scene.household, claimant))


@given(parsers.parse("申請者は{provider}から公的年金を受けていない"))
def _no_pension(scene: Scene, provider: str) -> None:
    claimant = scene.household.claimant
    keep(scene, scene.organisation(provider), claimant, PENSION, pension_items(scene.household, claimant))


@given(parsers.parse("児童は{age:d}歳で、{prefecture}が{grade:d}級の障害者手帳を交付している"))
def _disabled_child(scene: Scene, age: int, prefecture: str, grade: int) -> None:
    child = _aged(scene, age)
    scene.home = scene.household.with_disability(Disability(child.ref, grade, _SINCE, "両下肢の機能障害"))
    keep(
        scene,
        scene.organisation(prefecture),
        child,
        DISABILITY,
        disability_items(scene.household.disability_of(child)),
    )


@given(parsers.parse("児童は{age:d}歳で、{prefecture}に障害者手帳の交付の記録はない"))
def _healthy_child(scene: Scene, age: int, prefecture: str) -> None:
    child = _aged(scene, age)
    keep(scene, scene.organisation(prefecture), child, DISABILITY, disability_items(None))


@given(parsers.parse("{where}に、{who}の住民票の情報がある"))
def _resident(scene: Scene, where: str, who: str) -> None:
    person = scene.person(who)
    keep(scene, scene.organisation(where), person, RESIDENT, resident_items(person))


@given("申請者と扶養義務者は、本市に登録されている")
def _both_registered(scene: Scene) -> None:
    """Before anybody is asked about: a code that fits one of two people cannot fit the other."""
    for who in ("申請者", "扶養義務者"):
        register(scene, scene.person(who))


@given(parsers.parse("{who}は、本市に登録されていない"))
def _not_registered(scene: Scene, who: str) -> None:
    scene.control.add_person(scene.person(who).ref)


def _claim(scene: Scene, wishes: Wishes, day: str) -> None:
    scene.claim |= {
        "benefit": "児童扶養手当",
        "date": date.fromisoformat(day),
        "head": wishes.head,
        "child_support": 0,
    }
    scene.make_household(replace(wishes, municipality=scene.municipality), date.fromisoformat(day))


def _leave(scene: Scene, to: Organisation, wishes: Wishes) -> None:
    defaults = replace(wishes, head=Head.MOTHER, supporter=False, pension=False)
    moved = replace(defaults, municipality=to.code, previous_municipality=scene.municipality)
    scene.make_household(moved, date(2012, 8, 1))


def _income(scene: Scene, who: str, year: str, total: str, dependants: int) -> Income:
    """The record of the household for that year, with the amounts that the scenario names."""
    person = scene.person(who)
    found = scene.household.income_of(person, year) or next(
        replace(i, fiscal_year=year) for i in scene.household.incomes if i.person_ref == person.ref
    )
    return replace(
        found, total_income=_yen(total), dependants=dependants, elderly_dependants=0, specific_dependants=0
    )


def _assess(scene: Scene, where: str, person: Person, income: Income) -> None:
    scene.home = scene.household.with_income(income)
    keep(scene, scene.organisation(where), person, TAX, tax_items(income), 相当年度=income.fiscal_year)


def _aged(scene: Scene, age: int) -> Person:
    """The first child, with this age on the day of the claim; everybody else ages alike, so that ages still fit."""
    home, day = scene.household, scene.claim["date"]
    years = home.children[0].age_on(day) - age
    scene.home = replace(
        home,
        claimant=_born_later(home.claimant, years),
        children=tuple(_born_later(c, years) for c in home.children),
        former_spouse=_born_later(home.former_spouse, years) if home.former_spouse else None,
        supporters=tuple(_born_later(s, years) for s in home.supporters),
    )
    return scene.household.children[0]


def _born_later(person: Person, years: int) -> Person:
    """29 February becomes the 28th, so that the date exists in every year."""
    birth = person.birth_date
    return replace(person, birth_date=birth.replace(year=birth.year + years, day=min(birth.day, 28)))


def _yen(text: str) -> int:
    return int(text.replace(",", ""))
