"""連携情報 and their data items (§3): type, length, codes and what they mean, occurrence. Which affairs use an item stands with the
affairs."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from harness.contract.affairs import users
from harness.contract.extensions import found
from harness.contract.resources import toml

INTEGERS: Final = frozenset({"9", "S9"})  # types of items whose values are integers (items.json)
_NUMBERED: Final = re.compile(r"(.+)\[([0-9]+)\]")


@dataclass(frozen=True)
class Item:
    """One 連携データ項目. `length` counts characters (own: the document leaves bytes or characters open); `note` is the
    項目説明; `code_names`: what each of the codes means; `group`: the group that it stands in, "" for none; `example` (own) fills a
    record of which a scenario does not say this item."""

    name: str
    type: str
    length: int
    used_by: tuple[str, ...]
    source: str
    note: str
    codes: tuple[str, ...] = ()
    code_names: tuple[str, ...] = ()
    at_least: int = 1
    at_most: int = 1
    group: str = ""
    example: str | int | None = None

    @property
    def is_integer(self) -> bool:
        """Are its values integers?"""
        return self.type in INTEGERS


@dataclass(frozen=True)
class Group:
    """A heading over items, and how often it occurs. Only items of contract 2 stand in one that occurs more than once."""

    name: str
    note: str
    at_least: int = 1
    at_most: int = 1


@dataclass(frozen=True)
class Information:
    """One 連携情報: name, the business it comes from, the codes of the roles (職責) that own it, the names of its enquiry key,
    its 連携形態 (照会, 連絡), the paper that a resident would otherwise bring, its groups, its items in order, and those that
    contract 2 adds."""

    name: str
    business: str
    owners: tuple[str, ...]
    key: tuple[str, ...]
    forms: tuple[str, ...]
    document: str
    groups: tuple[Group, ...]
    items: tuple[Item, ...]
    further_items: tuple[Item, ...]

    def used_by(self, affair: str) -> tuple[str, ...]:
        """必要最小限 (§3-2): the names of the items that an affair may be given."""
        return tuple(item.name for item in self.items if affair in item.used_by)

    def further_used_by(self, affair: str) -> tuple[str, ...]:
        """Of what contract 2 adds: the name in every occurrence, the first of all items, then the second."""
        used = [item for item in self.further_items if affair in item.used_by]
        most = max((self.occurs(item).at_most for item in used), default=0)
        numbered = ((number, item) for number in range(1, most + 1) for item in used)
        return tuple(
            occurrence(item.name, number) for number, item in numbered if number <= self.occurs(item).at_most
        )

    def occurs(self, item: Item) -> Group:
        """The group that an item stands in. Raises StopIteration for one in none."""
        return next(group for group in self.groups if group.name == item.group)


def occurrence(name: str, number: int) -> str:
    """What an item is called in the n-th occurrence of its group, from 1 (guide §12 repeated-items)."""
    return name if number == 1 else f"{name}[{number}]"


def parted(name: str) -> tuple[str, int]:
    """The item and the occurrence that a name says, the first where it says none."""
    found = _NUMBERED.fullmatch(name)
    return (found[1], int(found[2])) if found else (name, 1)


@cache
def informations() -> dict[str, Information]:
    """All informations by name."""
    rooms = found("items", ".toml")
    return {i.name: i for i in (_read(toml("items", name, room=rooms[name])) for name in sorted(rooms))}


def _read(document: Mapping[str, Any]) -> Information:
    rows: Mapping[str, Any] = document["information"]
    head: dict[str, Any] = {key: tuple(v) if isinstance(v, list) else v for key, v in rows.items()}
    groups = tuple(Group(**row) for row in document.get("group", ()))
    items, further = (
        tuple(_items(head["name"], document.get(table, []))) for table in ("item", "further_item")
    )
    head.setdefault("owners", ())
    return Information(**head, groups=groups, items=items, further_items=further)


def _items(information: str, rows: list[Mapping[str, Any]]) -> Iterator[Item]:
    for row in rows:
        codes = row.get("codes", {})
        values = {**row, "codes": tuple(codes), "code_names": tuple(codes.values())}
        yield Item(**values, used_by=users(information, str(row["name"])))
