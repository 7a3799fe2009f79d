"""Facts of each use case as its office puts them together, and the decision: the same for what came and for the truth."""

from collections.abc import Callable, Mapping

from harness.catalogue.findings import NonconformityError
from harness.residents.data_items import RESIDENT, TAX
from harness.residents.people import Person
from harness.steps.verbs import child_rearing_allowance
from harness.steps.verbs.knowledge import Items, Knowledge
from harness.steps.verbs.reading_items import text, whole
from harness.steps.verbs.scene import Scene
from harness.use_cases.chronic_disease import decide as chronic_disease
from harness.use_cases.decision import Decision
from harness.use_cases.disaster_relief import decide as disaster_relief
from harness.use_cases.health_history import decide as health_history
from harness.use_cases.national_pension import decide as national_pension
from harness.use_cases.public_assistance import decide as public_assistance
from harness.use_cases.real_estate_acquisition_tax import decide as real_estate_acquisition_tax

Judge = Callable[[Scene, Knowledge], Decision]
_MONTHS, _DAYS = 12, 30  # a daily benefit counts 30 times a month (own)
# 収入認定 (法8条1項): information, item, how many months it is for.
_MONTHLY = (
    ("医療保険給付関係情報", "傷病手当金月額", "傷病手当金"),
    ("児童扶養手当関係情報", "手当月額", "児童扶養手当"),
    ("児童手当関係情報", "手当月額", "児童手当"),
    ("特別児童扶養手当関係情報", "手当額", "特別児童扶養手当"),
)
_YEARLY = (
    (TAX, "給与所得額", "給与"),
    ("年金給付関係情報", "年金額", "年金"),
    ("労働者災害補償関係情報", "年金額", "労災年金"),
)
_DAILY = (("失業等給付関係情報", "基本手当日額", "失業等給付"),)


def _public_assistance(scene: Scene, known: Knowledge) -> Decision:
    applicant = scene.household.claimant
    members = [scene.person(word) for word in scene.claim["members"]]
    children = sum(person in scene.household.children for person in members)
    supporters = [known(person, TAX) for person in scene.household.supporters]
    facts = public_assistance.Facts(
        applied_on=scene.claim["date"],
        ages=tuple(person.age_on(scene.claim["date"]) for person in members),
        children_of_single_parent=children,
        rent=scene.claim.get("rent", 0),
        incomes=tuple(_incomes(applicant, known)),
        supporters=tuple(whole(items, "総所得額") for items in supporters if items),
        assisted_elsewhere=_flag(known(applicant, "生活保護関係情報")),
    )
    return public_assistance.decide(facts)


def _incomes(person: Person, known: Knowledge) -> list[tuple[str, int]]:
    found = []
    for rows, times, parts in ((_MONTHLY, 1, 1), (_YEARLY, 1, _MONTHS), (_DAILY, _DAYS, 1)):
        for information, item, name in rows:
            items = known(person, information)
            if items is not None:
                found.append((name, whole(items, item) * times // parts))
    return found


def _chronic_disease(scene: Scene, known: Knowledge) -> Decision:
    guardian, child = scene.household.claimant, scene.household.children[0]
    tax, other = _must(known(guardian, TAX), TAX), known(child, "他法令給付関係情報")
    facts = chronic_disease.Facts(
        applied_on=scene.claim["date"],
        certificate_meets=scene.claim.get("certificate", True),
        review=chronic_disease.Review(scene.claim.get("review", "未付議")),
        per_capita_levy=whole(tax, "市区町村民税均等割額"),
        income_levy=whole(tax, "市区町村民税所得割額"),
        total_income=whole(tax, "総所得額"),
        assisted=_flag(known(guardian, "生活保護関係情報")),
        other_benefit=text(other, "給付の種類") if other and _flag(other) else "",
    )
    return chronic_disease.decide(facts)


def _national_pension(scene: Scene, known: Knowledge) -> Decision:
    claimant, spouse = scene.household.claimant, scene.person("配偶者")
    own, other = _must(known(claimant, RESIDENT), RESIDENT), _must(known(spouse, RESIDENT), RESIDENT)
    facts = national_pension.Facts(
        claim_date=scene.claim["date"],
        birth_date=claimant.birth_date,
        relation=text(other, "続柄"),
        address=text(own, "住所"),
        spouse_address=text(other, "住所"),
        income=whole(_must(known(claimant, TAX), TAX), "総所得額"),
        spouse_has_addition=scene.claim.get("spouse_has_addition", True),
    )
    return national_pension.decide(facts)


def _reminder(scene: Scene, known: Knowledge) -> Decision:
    return health_history.decide_reminder(_health(scene, known))


def _attention(scene: Scene, known: Knowledge) -> Decision:
    return health_history.decide_attention(_health(scene, known))


def _health(scene: Scene, known: Knowledge) -> health_history.Facts:
    child = scene.household.children[0]
    done = {
        name: text(items, name)
        for information in ("健診関係情報", "予防接種関係情報")
        for items in (known(child, information) or {},)
        for name in items
        if name.endswith(("接種日", "受診日"))
    }
    return health_history.Facts(child.birth_date, scene.claim["date"], done)


def _real_estate(scene: Scene, known: Knowledge) -> Decision:
    owner = scene.household.claimant
    registered = _must(known(owner, "登記関係情報"), "登記関係情報")
    valued = _must(known(owner, "固定資産評価関係情報"), "固定資産評価関係情報")
    facts = real_estate_acquisition_tax.Facts(
        acquired_on=scene.claim["date"],
        cause=text(registered, "登記原因"),
        kind=text(registered, "家屋の種類"),
        floor_area=whole(registered, "床面積"),
        price=whole(valued, "評価額"),
        lives_there=text(valued, "居住の有無") == "1",
        assisted=_flag(known(owner, "生活保護関係情報")),
    )
    return real_estate_acquisition_tax.decide(facts)


def _disaster_relief(scene: Scene, known: Knowledge) -> Decision:
    head = scene.household.claimant
    damage = _must(known(head, "罹災証明関係情報"), "罹災証明関係情報")
    facts = disaster_relief.Facts(
        damaged_on=scene.claim["date"],
        damage=text(damage, "被害の程度"),
        heads=len(scene.claim["members"]),
        rebuilding=scene.claim.get("rebuilding", ""),
    )
    return disaster_relief.decide(facts)


def _flag(items: Items | None) -> bool:
    return items is not None and text(items, "受給の有無") == "1"


def _must(items: Items | None, information: str) -> Items:
    if items is None:
        raise NonconformityError("ITEMS_DIFFER", f"{information}がない", f"判断に要る{information}")
    return items


JUDGES: Mapping[str, Judge] = {
    "児童扶養手当": child_rearing_allowance.judge,
    "生活保護": _public_assistance,
    "小児慢性特定疾病医療費": _chronic_disease,
    "国民年金": _national_pension,
    "履歴の引継ぎ": _reminder,
    "児童の状況の把握": _attention,
    "不動産取得税": _real_estate,
    "被災者生活再建支援金": _disaster_relief,
}
