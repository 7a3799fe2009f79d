"""Facts of an application for 生活保護: the household, its rent, and the incomes that were looked into."""

from dataclasses import dataclass
from datetime import date

from harness.residents.data_items import TAX
from harness.residents.people import Person
from harness.use_cases.claim import Claim, Items, Knowledge
from harness.use_cases.reading import is_paid, text, whole

_PENSION, _ACCIDENT = "年金給付関係情報", "労働者災害補償関係情報"
_KINDS = {_PENSION: "年金種別", _ACCIDENT: "給付種別"}
_MONTHS, _DAYS = 12, 30  # a daily benefit counts 30 times a month (own)
# 収入認定 (法8条1項): information, item, what the income is called.
_MONTHLY = (
    ("医療保険給付関係情報", "傷病手当金月額", "傷病手当金"),
    ("児童扶養手当関係情報", "手当月額", "児童扶養手当"),
    ("児童手当関係情報", "手当月額", "児童手当"),
    ("特別児童扶養手当関係情報", "手当額", "特別児童扶養手当"),
)
_YEARLY = (
    (TAX, "給与所得額", "給与"),
    (_PENSION, "年金額", "年金"),
    (_ACCIDENT, "年金額", "労災年金"),
)
_DAILY = (("失業等給付関係情報", "基本手当日額", "失業等給付"),)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a decision needs. ages: of everybody in the household; incomes: (what it is, yen a month).

    children_of_single_parent: whom one parent, or somebody in place of both, brings up; 0 where there are two parents. children_born:
    birth dates of all whom the household brings up (児童養育加算); supporters: 総所得額 a year of each 扶養義務者; assisted_elsewhere:
    another 実施機関 still protects the applicant. circumstances: what else there is, by the names in rules.toml of what is not
    modelled. Raises ValueError for an empty household.
    """

    applied_on: date
    ages: tuple[int, ...]
    children_of_single_parent: int = 0
    rent: int = 0
    incomes: tuple[tuple[str, int], ...] = ()
    supporters: tuple[int, ...] = ()
    assisted_elsewhere: bool = False
    children_born: tuple[date, ...] = ()
    circumstances: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Checks that there is a household, and no negative amount."""
        if not self.ages or min((*self.ages, self.rent, *(yen for _, yen in self.incomes))) < 0:
            raise ValueError(f"世帯員は1人以上、金額と年齢は0以上: {self}")


def facts_of(claim: Claim, known: Knowledge) -> Facts:
    """An income that nobody asked for is not counted. Raises NonconformityError for an item that cannot be read."""
    home = claim.home
    supporters = [known(person, TAX) for person in home.supporters]
    return Facts(
        applied_on=claim.day,
        ages=tuple(person.age_on(claim.day) for person in claim.members),
        children_of_single_parent=sum(person in home.children for person in claim.members),
        rent=claim.stated.get("rent", 0),
        incomes=tuple(_incomes(home.claimant, known)),
        supporters=tuple(whole(items, "総所得額") for items in supporters if items),
        assisted_elsewhere=is_paid(known(home.claimant, "生活保護関係情報")),
        children_born=tuple(person.birth_date for person in claim.members if person in home.children),
        circumstances=claim.circumstances,
    )


def _incomes(person: Person, known: Knowledge) -> list[tuple[str, int]]:
    found = []
    for rows, times, parts in ((_MONTHLY, 1, 1), (_YEARLY, 1, _MONTHS), (_DAILY, _DAYS, 1)):
        for information, item, name in rows:
            items = known(person, information)
            if items is not None:
                found.append((_called(name, information, items), whole(items, item) * times // parts))
    return found


def _called(name: str, information: str, items: Items) -> str:
    """A pension by what the rules have to know of it: one for a disability, one that is stopped in whole or in part."""
    if information in _KINDS and text(items, _KINDS[information]).startswith("障害"):
        return "障害を事由とする年金"
    if information == _PENSION and text(items, "支給停止の有無") == "1":
        return "支給停止のある年金"
    return name
