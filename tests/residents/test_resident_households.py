"""Households: deterministic, distinct, coherent, and as wished."""

import subprocess
import sys
from dataclasses import FrozenInstanceError, replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.jp import in_ as stdnum_my_number

from harness.residents.build import household, twin_of
from harness.residents.codes import MUNICIPALITIES
from harness.residents.draw import MAX_INDEX, local_id, my_number_body
from harness.residents.household import Household
from harness.residents.people import Person, Role, Sex
from harness.residents.wishes import DEFAULT_REFERENCE, Head, Wishes

ROOT = Path(__file__).parents[2]
SEEDS = st.integers(-(2**63), 2**63)
INDEXES = st.integers(0, MAX_INDEX)
WISHES = st.builds(
    Wishes,
    children=st.none() | st.integers(1, 5),
    head=st.none() | st.sampled_from(Head),
    supporter=st.none() | st.booleans(),
    municipality=st.just("221007"),
    previous_municipality=st.sampled_from([None, "401307", "131016", "011002"]),
    twin=st.booleans(),
)
REFERENCES = st.dates(date(2011, 4, 1), date(2016, 7, 31))
CITY_OF = {"221007": "静岡市", "401307": "福岡市", "131016": "千代田区", "011002": "札幌市"}


def latest_parenthood(parent: Person, child: Person) -> bool:
    return 16 <= parent.age_on(child.birth_date) <= 45


@given(SEEDS, INDEXES, WISHES, REFERENCES)
def test_same_arguments_give_the_same_household(
    seed: int, index: int, wishes: Wishes, reference: date
) -> None:
    assert household(seed, index, wishes, reference) == household(seed, index, wishes, reference)


def test_another_process_gives_the_same_household() -> None:
    """Another hash seed too: nothing may hang on the order of a set."""
    program = (
        "from harness.residents.build import household; print([household(42, i) for i in (0, 5, 10**8)])"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            check=True,
            text=True,
            cwd=ROOT,
            env={"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        ).stdout
        for hash_seed in ("0", "1", "12345")
    }
    assert outputs == {f"{[household(42, index) for index in (0, 5, 10**8)]}\n"}


def test_numbers_never_repeat_within_a_seed() -> None:
    people = [p for index in range(2_000) for p in household(3, index, Wishes(twin=True)).people()]
    for numbers in ({p.ref for p in people}, {p.local_id for p in people}, {p.my_number for p in people}):
        assert len(numbers) == len(people)


@given(SEEDS, INDEXES, INDEXES)
def test_other_indexes_have_other_numbers(seed: int, one: int, other: int) -> None:
    shared = {p.local_id for p in household(seed, one).people()} & {
        p.local_id for p in household(seed, other).people()
    }
    assert bool(shared) == (one == other)


def test_numbers_use_every_last_digit() -> None:
    """The multiplier is prime to 10; otherwise numbers would repeat far beyond what a test can list."""
    assert len({local_id(1, 0, slot)[-1] for slot in range(10)}) == 10
    assert len({my_number_body(1, 0, slot)[-1] for slot in range(10)}) == 10


def test_other_seeds_have_other_people() -> None:
    assert household(1, 0).claimant.local_id != household(2, 0).claimant.local_id
    assert household(1, 0).claimant.ref != household(2, 0).claimant.ref
    assert [household(1, index).claimant.name for index in range(20)] != [
        household(2, index).claimant.name for index in range(20)
    ]


@given(SEEDS, INDEXES, WISHES)
def test_numbers_have_their_shape(seed: int, index: int, wishes: Wishes) -> None:
    for person in household(seed, index, wishes).people():
        assert len(person.local_id) == 10
        assert person.local_id.isdigit()
        assert stdnum_my_number.is_valid(person.my_number)
        assert person.local_id not in person.ref
        assert person.my_number not in person.ref


@given(SEEDS, INDEXES, WISHES, REFERENCES)
def test_ages_fit_relations(seed: int, index: int, wishes: Wishes, reference: date) -> None:
    home = household(seed, index, wishes, reference)
    assert all(0 <= child.age_on(reference) < 18 for child in home.children)
    births = [child.birth_date for child in home.children]
    assert all((later - earlier).days >= 300 for earlier, later in pairwise(births))
    if home.guardian is None:
        assert home.former_spouse is not None
        assert all(latest_parenthood(home.claimant, child) for child in home.children)
        assert home.former_spouse.age_on(births[0]) >= 16
    else:
        assert 42 <= home.claimant.age_on(births[0]) <= 60
    for supporter in home.supporters:
        years = home.claimant.birth_date.year - supporter.birth_date.year
        assert (20 <= years <= 39) if supporter.relation in ("父", "母") else (1 <= years <= 10)
        assert supporter.age_on(reference) >= 18


@given(SEEDS, INDEXES, WISHES)
def test_roles_and_relations(seed: int, index: int, wishes: Wishes) -> None:
    home = household(seed, index, wishes)
    is_guardian = home.guardian is not None
    assert home.claimant.role is (Role.GUARDIAN if is_guardian else Role.CLAIMANT)
    assert {child.role for child in home.children} == {Role.CHILD}
    assert {child.relation for child in home.children} == {"孫" if is_guardian else "子"}
    assert (home.former_spouse is None) == is_guardian
    if home.former_spouse is not None:
        assert home.former_spouse.role is Role.FORMER_SPOUSE
        assert home.former_spouse.sex is not home.claimant.sex
        assert home.former_spouse.relation == ("元夫" if home.former_spouse.sex is Sex.MALE else "元妻")
    for supporter in home.supporters:
        assert supporter.role is Role.SUPPORTER
        assert (supporter.sex is Sex.MALE) == (supporter.relation in ("父", "兄"))


@given(SEEDS, INDEXES, WISHES)
def test_wishes_come_true(seed: int, index: int, wishes: Wishes) -> None:
    home = household(seed, index, wishes)
    assert wishes.children in (None, len(home.children))
    assert wishes.supporter in (None, bool(home.supporters))
    assert (home.twin is not None) == wishes.twin
    if wishes.head is not None:
        assert (home.guardian is home.claimant) == (wishes.head is Head.GUARDIAN)
        assert wishes.head is Head.GUARDIAN or (home.claimant.sex is Sex.MALE) == (wishes.head is Head.FATHER)
    assert home.claimant.address.municipality == wishes.municipality
    previous = home.claimant.previous_address
    assert (previous and previous.municipality) == wishes.previous_municipality


def test_another_wish_leaves_people_as_they_are() -> None:
    plain = household(8, 77, Wishes(children=1, head=Head.MOTHER))
    moved = household(8, 77, Wishes(children=3, head=Head.MOTHER, previous_municipality="401307"))
    assert moved.claimant.ref == plain.claimant.ref
    assert moved.claimant.name == plain.claimant.name
    assert moved.claimant.address == plain.claimant.address
    assert moved.children[0].local_id == plain.children[0].local_id


@pytest.mark.parametrize("municipality", list(CITY_OF))
def test_addresses_lie_in_their_municipality(municipality: str) -> None:
    previous = "401307" if municipality != "401307" else "221007"
    wishes = Wishes(municipality=municipality, previous_municipality=previous, supporter=True)
    for index in range(200):
        home = household(5, index, wishes)
        living_together = (home.claimant, *home.children, *home.supporters)
        assert len({person.address for person in living_together}) == 1
        addresses = [home.claimant.address, home.claimant.previous_address]
        for address, code in zip(addresses, (municipality, previous), strict=True):
            assert address is not None
            assert address.municipality == code
            assert address.city.startswith(CITY_OF[code])
            assert address.text.startswith(address.prefecture + address.city + address.town)
        if home.former_spouse is not None:
            assert home.former_spouse.address.municipality == previous
            assert home.former_spouse.address != home.claimant.previous_address


@given(SEEDS, INDEXES, REFERENCES)
def test_who_moved_this_year_was_assessed_where_they_came_from(
    seed: int, index: int, reference: date
) -> None:
    assume(
        (reference.month, reference.day) > (1, 1)
    )  # nobody has moved this year who is not here on its first day
    home = household(seed, index, Wishes(previous_municipality="011002", supporter=True), reference)
    for person in (home.claimant, *home.children, *home.supporters):
        if person.previous_address is None:
            assert person.birth_date == person.resident_since
            continue
        assert person.birth_date < person.resident_since <= reference
        assert person.address_on(date(reference.year, 1, 1)).municipality == "011002"
        assert person.address_on(reference).municipality == "221007"


@given(SEEDS, INDEXES)
def test_names_inside_a_household(seed: int, index: int) -> None:
    home = household(seed, index, Wishes(children=5, supporter=True))
    assert {child.family_name for child in home.children} == {home.claimant.family_name}
    given_names = [home.claimant.given_name, *(child.given_name for child in home.children)]
    assert len(set(given_names)) == len(given_names)
    assert home.claimant.name == f"{home.claimant.family_name}　{home.claimant.given_name}"
    assert home.claimant.kana == f"{home.claimant.family_kana}\u3000{home.claimant.given_kana}"


def test_former_spouses_mostly_bear_another_name() -> None:
    homes = [household(9, index, Wishes(head=Head.MOTHER)) for index in range(400)]
    same = sum(
        home.former_spouse.family_name == home.claimant.family_name for home in homes if home.former_spouse
    )
    assert 60 <= same <= 140


@given(SEEDS, INDEXES, st.sampled_from(list(MUNICIPALITIES)))
def test_twins_share_name_and_birth_date_and_nothing_else(seed: int, index: int, municipality: str) -> None:
    home = household(seed, index, Wishes(municipality=municipality, supporter=True))
    for person in home.people():
        twin = twin_of(home, person)
        assert (twin.name, twin.kana, twin.birth_date) == (person.name, person.kana, person.birth_date)
        assert twin.address.municipality == person.address.municipality
        for mine, theirs in (
            (person.ref, twin.ref),
            (person.local_id, twin.local_id),
            (person.my_number, twin.my_number),
            (person.address.text, twin.address.text),
        ):
            assert mine != theirs


@pytest.mark.parametrize("index", [14_602, 15_460])
def test_a_twin_drawn_to_the_same_lot_lives_in_another_flat(index: int) -> None:
    home = household(1, index, Wishes(municipality="131016", head=Head.MOTHER))
    assert twin_of(home, home.claimant).address.lot == home.claimant.address.lot + "\u3000２０１号室"


def test_a_wished_twin_is_told_apart_by_income() -> None:
    for index in range(100):
        home = household(4, index, Wishes(twin=True))
        assert home.twin == twin_of(home, home.claimant)
        assert home.twin is not None
        twins = home.income_of(home.twin, "2012")
        claimants = home.income_of(home.claimant, "2012")
        assert twins is not None
        assert claimants is not None
        assert twins.total_income != claimants.total_income


def test_strangers_and_twins_have_no_twin() -> None:
    home = household(4, 0, Wishes(twin=True))
    assert home.twin is not None
    for person in (home.twin, household(4, 1).claimant):
        with pytest.raises(ValueError, match="識別番号"):
            twin_of(home, person)


@pytest.mark.parametrize("index", [-1, MAX_INDEX + 1])
def test_an_index_without_numbers_is_rejected(index: int) -> None:
    with pytest.raises(ValueError, match="世帯の番号"):
        household(1, index)


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"children": 0}, "1人から5人"),
        ({"children": 6}, "1人から5人"),
        ({"municipality": "220001"}, "221007 静岡市"),
        ({"previous_municipality": "221008"}, "011002 札幌市"),
        ({"previous_municipality": "221007"}, "別の市区町村"),
        ({"character": "漢"}, "U\\+20BB7"),
    ],
)
def test_impossible_wishes_say_what_is_possible(wish: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Wishes(**wish)  # type: ignore[arg-type]


def test_values_are_frozen() -> None:
    home = household(1, 1)
    with pytest.raises(FrozenInstanceError):
        home.seed = 2  # type: ignore[misc]
    assert isinstance(hash(home), int)
    assert replace(home, seed=2) != home


def test_the_day_of_reference_is_the_first_paid_on_new_income() -> None:
    assert date(2012, 8, 1) == DEFAULT_REFERENCE


def test_people_lists_everybody_once() -> None:
    home: Household = household(1, 2, Wishes(children=3, supporter=True, twin=True, head=Head.GUARDIAN))
    people = list(home.people())
    assert len(people) == len({person.ref for person in people}) == 1 + 3 + len(home.supporters) + 1
