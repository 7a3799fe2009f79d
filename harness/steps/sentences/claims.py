"""前提 of the use cases: who applies for what, how old they are, what they state themselves."""

from dataclasses import replace
from datetime import date, timedelta

from pytest_bdd import given, parsers, when

from harness.residents.pensioners import of_age, pensioners
from harness.residents.wishes import Head, Wishes
from harness.steps.verbs.scene import Scene
from harness.use_cases.days import fiscal_year_assessed
from harness.use_cases.judges import applications, assessed_from

APPLICATIONS = applications()
_WHAT = "|".join(APPLICATIONS)
_APPLICANT = "申請者|一人暮らしの申請者|一人暮らしの申請者（父は別に暮らす）|一人暮らしの要保護者"


@given(
    parsers.re(
        f'"(?P<place>[^"]+)" から(?:転入|避難)した(?P<who>{_APPLICANT})が、"(?P<day>[^"]+)" に(?P<what>{_WHAT})'
    )
)
def _moved_in(scene: Scene, place: str, who: str, day: str, what: str) -> None:
    previous = scene.organisation(place).code
    _apply(scene, who, day, what, Wishes(municipality=scene.municipality, previous_municipality=previous))


@given(
    parsers.re(
        f'本市から "(?P<place>[^"]+)" に(?:転出|避難)した(?P<who>{_APPLICANT})が、"(?P<day>[^"]+)" に(?P<what>{_WHAT})'
    )
)
def _moved_out(scene: Scene, place: str, who: str, day: str, what: str) -> None:
    now = scene.organisation(place).code
    _apply(scene, who, day, what, Wishes(municipality=now, previous_municipality=scene.municipality))


@given(parsers.re(f'(?P<where>本市|本県)に住む(?P<who>{_APPLICANT})が、"(?P<day>[^"]+)" に(?P<what>{_WHAT})'))
def _lives_here(scene: Scene, where: str, who: str, day: str, what: str) -> None:
    _apply(scene, who, day, what, Wishes(municipality=scene.municipality))


@given(
    parsers.re(
        '本市に住む夫婦のうち "(?P<born>[^"]+)" に生まれた妻が、"(?P<day>[^"]+)" に'
        "(?:老齢基礎年金の裁定を請求した|国民年金保険料の免除を申請した)"
    )
)
def _pensioners(scene: Scene, born: str, day: str) -> None:
    _apply(scene, "申請者", day, "", Wishes(municipality=scene.municipality))
    wife = date.fromisoformat(born)
    scene.home = pensioners(scene.household, wife, wife - timedelta(days=3 * 365))
    scene.claim |= {"benefit": "国民年金", "members": ("申請者", "配偶者")}


@given(parsers.parse("{who}は{age:d}歳である"))
def _of_age(scene: Scene, who: str, age: int) -> None:
    home, person = scene.household, scene.person(who)
    aged = of_age(person, age, scene.claim["date"])
    scene.home = replace(
        home,
        claimant=aged if person == home.claimant else home.claimant,
        children=tuple(aged if person == child else child for child in home.children),
    )


@given(parsers.parse("児童は生後{months:d}か月である"))
def _months_old(scene: Scene, months: int) -> None:
    """On the day of the claim, by one day: the first of the days on which the age is that."""
    day = scene.claim["date"]
    count = day.year * 12 + day.month - 1 - months
    born = date(count // 12, count % 12 + 1, min(day.day, 28))
    home = scene.household
    scene.home = replace(home, children=(replace(home.children[0], birth_date=born), *home.children[1:]))


@given(parsers.parse("申請者の世帯には「{circumstance}」がある"))
def _circumstance(scene: Scene, circumstance: str) -> None:
    """What the claimant states besides, by the name that the rules of the benefit have for it."""
    scene.claim["circumstances"] = (*scene.claim.get("circumstances", ()), circumstance)


@given(parsers.parse("母子健康手帳には、{names}の接種の記録がある"))
def _handbook(scene: Scene, names: str) -> None:
    """What no linked item tells of; the day itself decides nothing."""
    scene.claim["handbook"] = {f"{name}接種日": str(scene.claim["date"]) for name in names.split("、")}


@given(parsers.parse("家賃は月額 {amount} 円である"))
def _rent(scene: Scene, amount: str) -> None:
    scene.claim["rent"] = int(amount.replace(",", ""))


@given(parsers.parse("診断書では、対象の疾病の状態と認められない"))
def _certificate(scene: Scene) -> None:
    scene.claim["certificate"] = False


@given(parsers.re("児童は(?P<condition>重症患者|人工呼吸器等装着者|血友病患者)である"))
def _condition(scene: Scene, condition: str) -> None:
    scene.claim["condition"] = condition


@given(parsers.parse("同じ世帯に、自己負担上限月額 {amount} 円の受給者がいる"))
def _other_recipient(scene: Scene, amount: str) -> None:
    scene.claim["others"] = (*scene.claim.get("others", ()), int(amount.replace(",", "")))


@given(parsers.parse('指定医は "{day}" に診断した'))
def _diagnosed(scene: Scene, day: str) -> None:
    scene.claim["diagnosed_on"] = date.fromisoformat(day)


@when(parsers.parse("審査会が「{answer}」と答える"))
def _review(scene: Scene, answer: str) -> None:
    scene.claim["review"] = answer


@given("配偶者に加給年金はない")
def _no_addition(scene: Scene) -> None:
    scene.claim["spouse_has_addition"] = False


@given("配偶者は別の住所に住んでいる")
def _apart(scene: Scene) -> None:
    home, spouse = scene.household, scene.person("配偶者")
    elsewhere = replace(spouse.address, lot=spouse.address.lot + "\u3000別棟")
    scene.home = replace(home, spouse=replace(spouse, address=elsewhere))


@given(parsers.re("住宅には、人が住んだことが(?P<ever>ある|ない)"))
def _lived_in(scene: Scene, ever: str) -> None:
    scene.claim["unused"] = ever == "ない"


@given(parsers.parse("住宅を{rebuilding}することにした"))
def _rebuilding(scene: Scene, rebuilding: str) -> None:
    scene.claim["rebuilding"] = rebuilding


def _apply(scene: Scene, who: str, day: str, what: str, wishes: Wishes) -> None:
    on, benefit = date.fromisoformat(day), APPLICATIONS.get(what, "")
    alone, supporter = "一人暮らし" in who, "父は別に" in who
    wished = replace(
        wishes, children=1, head=Head.MOTHER, supporter=supporter, pension=False, disability="none"
    )
    scene.make_household(replace(wished, disabled_child=False), on)
    claim: dict[str, object] = {
        "benefit": benefit,
        "date": on,
        "fiscal_year": fiscal_year_assessed(on, assessed_from(benefit)),
        "members": ("申請者",) if alone else ("申請者", "児童"),
    }
    scene.claim |= claim
