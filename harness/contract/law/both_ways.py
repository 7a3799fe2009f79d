"""別表第二 both ways round, as §6-2 lays it out: by 事務 and by 特定個人情報, and which local governments take part."""

from dataclasses import dataclass
from typing import Final, Literal

from harness.contract.law import Row, table

By = Literal["affair", "information"]
# A party counts for a kind of local government when its phrase names one, its boards of education included (own).
_PREFECTURES: Final = ("都道府県",)
_MUNICIPALITIES: Final = (
    "市町村",
    "市長",
    "都道府県知事等",
)  # 知事等: the 実施機関, municipal ones among them


@dataclass(frozen=True)
class LawLine:
    """One information of one row: item, parties in the words of the table, whether a prefecture or a municipality
    asks or answers, and where the row comes from (empty: from the text itself)."""

    item: str
    affair: str
    information: str
    requester: str
    provider: str
    prefecture_asks: bool
    municipality_asks: bool
    prefecture_answers: bool
    municipality_answers: bool
    source: str


def lines(name: str, by: By) -> tuple[LawLine, ...]:
    """Every information of every row of a version or further basis: by affair in the order of the table, by
    information in the order in which each is first named. Raises KeyError for what is not carried."""
    found = tuple(_line(row, information) for row in table(name) for information in row.information)
    if by == "affair":
        return found
    first: dict[str, int] = {}
    for place, line in enumerate(found):
        first.setdefault(line.information, place)
    return tuple(sorted(found, key=lambda line: first[line.information]))


def _line(row: Row, information: str) -> LawLine:
    return LawLine(
        item=row.item,
        affair=row.affair,
        information=information,
        requester=row.requester,
        provider=row.provider,
        prefecture_asks=_names(row.requester, _PREFECTURES),
        municipality_asks=_names(row.requester, _MUNICIPALITIES),
        prefecture_answers=_names(row.provider, _PREFECTURES),
        municipality_answers=_names(row.provider, _MUNICIPALITIES),
        source=row.source,
    )


def _names(party: str, phrases: tuple[str, ...]) -> bool:
    return any(phrase in party for phrase in phrases)
