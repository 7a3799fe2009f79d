"""連携情報 and their data items (§3): type, length, code, occurrence. Which affairs use an item stands with the affairs."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from harness.contract.affairs import users
from harness.contract.extensions import found
from harness.contract.resources import toml


@dataclass(frozen=True)
class Item:
    """One 連携データ項目. `length` counts characters (own: the document leaves bytes or characters open); `note` is the
    項目説明; `example` (own) fills a record of which a scenario does not say this item."""

    name: str
    type: str
    length: int
    used_by: tuple[str, ...]
    source: str
    codes: tuple[str, ...] = ()
    at_least: int = 1
    at_most: int = 1
    note: str = ""
    example: str | int | None = None


@dataclass(frozen=True)
class Information:
    """One 連携情報: name, the business it comes from, the names of its enquiry key, its 連携形態 (照会, 連絡), the
    paper that a resident would otherwise bring, its items in order."""

    name: str
    business: str
    key: tuple[str, ...]
    forms: tuple[str, ...]
    document: str
    items: tuple[Item, ...]

    def used_by(self, affair: str) -> tuple[str, ...]:
        """必要最小限 (§3-2): the names of the items that an affair may be given."""
        return tuple(item.name for item in self.items if affair in item.used_by)


@cache
def informations() -> dict[str, Information]:
    """All informations by name."""
    rooms = found("items", ".toml")
    return {i.name: i for i in (_read(toml("items", name, room=rooms[name])) for name in sorted(rooms))}


def _read(document: dict[str, object]) -> Information:
    head, rows = document["information"], document["item"]
    assert isinstance(head, dict)
    assert isinstance(rows, list)
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in head.items()}
    return Information(**values, items=tuple(_item(values["name"], r) for r in rows))


def _item(information: str, row: dict[str, object]) -> Item:
    values = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
    return Item(**values, used_by=users(information, str(row["name"])))  # type: ignore[arg-type]  # the schema of the files is held by tests
