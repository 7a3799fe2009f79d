"""household(seed, index): the one way in. Everything below it is a pure function of its arguments."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from harness.residents import ages
from harness.residents.addresses import pick_address
from harness.residents.codes import my_number_check_digit
from harness.residents.draw import (
    CHILD,
    FORMER_SPOUSE,
    GUARDIAN,
    HOUSEHOLD,
    PARENT,
    SUPPORTER,
    TWIN,
    Draw,
    check_index,
    draw,
    local_id,
    my_number_body,
)
from harness.residents.household import Household
from harness.residents.names import Name, name_table, pick_family, pick_given, surname_with
from harness.residents.people import Address, Person, Role, Sex
from harness.residents.record_keeping import records_of
from harness.residents.wishes import DEFAULT_REFERENCE, NO_WISHES, Head, Wishes

# Fields of a person's choices.
_DIFFICULT, _FAMILY, _GIVEN, _SEX, _ADDRESS, _BIRTH = 0, 1, 2, 3, 4, 6
# Fields of a household's choices.
_HEAD, _CHILDREN, _SUPPORTERS, _KINDS, _KEEPS_NAME, _AGES, _MOVED = 2, 3, 6, 7, 8, 9, 11
# Weights of what is not wished for (own).
_HEADS: Final = (Head.MOTHER,) * 17 + (Head.FATHER,) * 2 + (Head.GUARDIAN,)
_CHILD_COUNTS: Final = (1, 1, 1, 1, 2, 2, 2, 3, 3, 4)
_PARENTS_OF_CLAIMANT: Final = (("父",), ("母",), ("父", "母"))
_SIBLINGS_OF_CLAIMANT: Final = (("兄",), ("姉",))
_MALE_RELATIONS: Final = ("父", "兄")


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is settled before any person is drawn."""

    seed: int
    index: int
    wishes: Wishes
    reference: date
    home: Draw
    head: Head
    family: Name
    present: Address
    previous: Address | None
    moved_on: date


@dataclass(frozen=True, slots=True)
class _Sketch:
    """A person without numbers and address."""

    slot: int
    role: Role
    relation: str
    sex: Sex
    family: Name
    given: Name
    birth_date: date


def household(
    seed: int, index: int, wishes: Wishes = NO_WISHES, reference: date = DEFAULT_REFERENCE
) -> Household:
    """The household at `index`: same arguments, same people, in every process; no iteration.

    reference: the day on which ages hold. Records cover 相当年度 reference.year - 1 and reference.year.
    Raises ValueError for an index outside 0 - draw.MAX_INDEX.
    """
    check_index(index)
    plan = _plan(seed, index, wishes, reference)
    children = _children(plan)
    claimant = _claimant(plan, children)
    former_spouse = None if plan.head is Head.GUARDIAN else _former_spouse(plan, claimant, children)
    home = Household(
        seed=seed,
        index=index,
        claimant=claimant,
        children=children,
        former_spouse=former_spouse,
        supporters=_supporters(plan, claimant),
        guardian=claimant if plan.head is Head.GUARDIAN else None,
        twin=None,
        incomes=(),
        pensions=(),
        disabilities=(),
    )
    if wishes.twin:
        home = replace(home, twin=twin_of(home, claimant))
    return records_of(home, wishes, reference)


def twin_of(home: Household, person: Person) -> Person:
    """Another resident of the same municipality with the same name, kana and birth date: a trap for lookups.

    Numbers, ref and address differ. Raises ValueError for somebody who is not of the household, or a twin.
    """
    slot = TWIN + _slot_of(home, person)
    choices = draw(home.seed, home.index, slot)
    address = pick_address(choices, _ADDRESS, person.address.municipality)
    if address == person.address:
        # Towns are few in some municipalities; the next draw of the same twin is another address.
        address = replace(address, lot=address.lot + "\u3000２０１号室")
    numbers = _numbers(home.seed, home.index, slot)
    return replace(
        person,
        ref=choices.ref,
        local_id=numbers[0],
        my_number=numbers[1],
        address=address,
        previous_address=None,
        resident_since=person.birth_date,
    )


def _plan(seed: int, index: int, wishes: Wishes, reference: date) -> _Plan:
    home = draw(seed, index, HOUSEHOLD)
    new_year = date(reference.year, 1, 2)
    # Moved after 1 January: the previous municipality still holds the year's tax (地方税法318条).
    moved_on = new_year + timedelta(days=home.below(_MOVED, max(1, (reference - new_year).days)))
    previous = wishes.previous_municipality
    return _Plan(
        seed=seed,
        index=index,
        wishes=wishes,
        reference=reference,
        home=home,
        head=wishes.head or _HEADS[home.below(_HEAD, len(_HEADS))],
        family=_family(home, wishes.surname_character),
        present=pick_address(home, _ADDRESS, wishes.municipality, wishes.address_character),
        previous=pick_address(draw(seed, index, HOUSEHOLD, "previous"), _ADDRESS, previous)
        if previous
        else None,
        moved_on=min(moved_on, reference),
    )


def _family(choices: Draw, character: str | None) -> Name:
    return surname_with(character) if character else pick_family(choices, _DIFFICULT, _FAMILY)


def _children(plan: _Plan) -> tuple[Person, ...]:
    count = plan.wishes.children or _CHILD_COUNTS[plan.home.below(_CHILDREN, len(_CHILD_COUNTS))]
    draws = [draw(plan.seed, plan.index, CHILD + place) for place in range(count)]
    relation = "孫" if plan.head is Head.GUARDIAN else "子"
    people: list[Person] = []
    births = ages.child_births(plan.home, _AGES, draws, plan.reference)
    for place, (choices, birth) in enumerate(zip(draws, births, strict=True)):
        sex = tuple(Sex)[choices.below(_SEX, 2)]
        given = pick_given(choices, _GIVEN, sex, [person.given_name for person in people])
        slot = CHILD + place
        sketch = _Sketch(slot, Role.CHILD, relation, sex, plan.family, given, birth)
        people.append(_resident(plan, sketch, choices))
    return tuple(people)


def _claimant(plan: _Plan, children: tuple[Person, ...]) -> Person:
    is_guardian = plan.head is Head.GUARDIAN
    slot = GUARDIAN if is_guardian else PARENT
    choices = draw(plan.seed, plan.index, slot)
    oldest, youngest = children[0].birth_date, children[-1].birth_date
    if is_guardian:
        sex = tuple(Sex)[choices.below(_SEX, 2)]
        birth = ages.grandparent_birth(choices, _BIRTH, oldest)
    else:
        sex = Sex.MALE if plan.head is Head.FATHER else Sex.FEMALE
        birth = ages.parent_birth(choices, _BIRTH, oldest, youngest)
    given = pick_given(choices, _GIVEN, sex, [child.given_name for child in children])
    role = Role.GUARDIAN if is_guardian else Role.CLAIMANT
    return _resident(plan, _Sketch(slot, role, "本人", sex, plan.family, given, birth), choices)


def _former_spouse(plan: _Plan, claimant: Person, children: tuple[Person, ...]) -> Person:
    choices = draw(plan.seed, plan.index, FORMER_SPOUSE)
    sex, relation = (Sex.FEMALE, "元妻") if claimant.sex is Sex.MALE else (Sex.MALE, "元夫")
    # One in four mothers kept the married name (婚氏続称, 民法767条2項); the share is (own).
    family = plan.family if _keeps_married_name(plan) else _other_family(choices, plan.family)
    given = pick_given(choices, _GIVEN, sex, [child.given_name for child in children])
    birth = ages.spouse_birth(choices, _BIRTH, claimant.birth_date)
    municipality = plan.wishes.previous_municipality or plan.wishes.municipality
    address = pick_address(choices, _ADDRESS, municipality)
    apart = replace(plan, present=address, previous=None)
    sketch = _Sketch(FORMER_SPOUSE, Role.FORMER_SPOUSE, relation, sex, family, given, birth)
    return _resident(apart, sketch, choices)


def _supporters(plan: _Plan, claimant: Person) -> tuple[Person, ...]:
    wished = plan.wishes.supporter
    if wished is False or (wished is None and plan.home.below(_SUPPORTERS, 3) > 0):
        return ()
    siblings = plan.head is Head.GUARDIAN or plan.home.below(_SUPPORTERS, 4) == 0
    kinds = _SIBLINGS_OF_CLAIMANT if siblings else _PARENTS_OF_CLAIMANT
    born = ages.older_sibling_birth if siblings else ages.claimants_parent_birth
    relations = kinds[plan.home.below(_KINDS, len(kinds))]
    family = plan.family
    if _keeps_married_name(plan):
        family = _other_family(draw(plan.seed, plan.index, SUPPORTER), plan.family)
    people: list[Person] = []
    for place, relation in enumerate(relations):
        slot = SUPPORTER + place
        choices = draw(plan.seed, plan.index, slot)
        sex = Sex.MALE if relation in _MALE_RELATIONS else Sex.FEMALE
        given = pick_given(choices, _GIVEN, sex, [claimant.given_name])
        birth = born(choices, _BIRTH, claimant.birth_date)
        sketch = _Sketch(slot, Role.SUPPORTER, relation, sex, family, given, birth)
        people.append(_resident(plan, sketch, choices))
    return tuple(people)


def _keeps_married_name(plan: _Plan) -> bool:
    return plan.head is Head.MOTHER and plan.home.below(_KEEPS_NAME, 4) == 0


def _other_family(choices: Draw, family: Name) -> Name:
    picked = pick_family(choices, _DIFFICULT, _FAMILY)
    if picked != family:
        return picked
    names = name_table().families
    return names[0] if names[0] != family else names[1]


def _resident(plan: _Plan, sketch: _Sketch, choices: Draw) -> Person:
    came_along = plan.previous is not None and sketch.birth_date < plan.moved_on
    number, my_number = _numbers(plan.seed, plan.index, sketch.slot)
    return Person(
        choices.ref,
        number,
        my_number,
        sketch.family.written,
        sketch.given.written,
        sketch.family.kana,
        sketch.given.kana,
        sketch.birth_date,
        sketch.sex,
        plan.present,
        plan.previous if came_along else None,
        plan.moved_on if came_along else sketch.birth_date,
        sketch.relation,
        sketch.role,
    )


def _numbers(seed: int, index: int, slot: int) -> tuple[str, str]:
    body = my_number_body(seed, index, slot)
    return local_id(seed, index, slot), body + my_number_check_digit(body)


def _slot_of(home: Household, person: Person) -> int:
    for slot in range(TWIN):
        if local_id(home.seed, home.index, slot) == person.local_id:
            return slot
    raise ValueError(
        f"世帯 {home.index} に識別番号 {person.local_id} の本人はいない（同姓同名者の同姓同名者は作れない）"
    )
