"""For what somebody asks or tells, in the words of the features: affair, role, and the legal basis that is cited."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from harness.contract.affairs import Affair, affair_documents, affairs
from harness.contract.law import Basis, further_bases, item_of, table, versions
from harness.contract.law.regimes import newest


@dataclass(frozen=True)
class Purpose:
    """One purpose: its affair and the wording cited; table: what stands in `basis.table`, "" for the newest version of 別表第二
    that is declared (harness/contract/law/regimes.py). The item is looked up in that table or, to cite a wrong one, in the table `item_of`;
    `article` is cited outside of all tables. requester: the kind of organisation that asks, where a table asks it."""

    of: Affair
    affair: str
    table: str = ""
    item_of: str = ""
    article: str = ""
    requester: str = ""

    @property
    def role(self) -> str:
        """The code of a role that may cite the affair."""
        return self.of.role

    def basis(self, declared: Iterable[str], information: str = "") -> Basis:
        """What is cited where these tables are declared. An affair that the table does not have keeps the item that it has
        in another one: that it is wrong there is for the gateway to see."""
        cited = self.table or newest(declared)
        return Basis(cited, self.article or self._item(self.item_of or cited, information))

    def _item(self, name: str, information: str) -> str:
        for place in (name, *reversed(versions()), *further_bases()):
            try:
                return item_of(place, self.of.wordings, information, self.requester)
            except LookupError:
                continue
        raise LookupError(f"{self.affair} の項は、どの表にもない")


@cache
def purposes() -> dict[str, Purpose]:
    """All purposes by the words that the features use."""
    return dict(_read(row) for document in affair_documents() for row in document.get("purpose", ()))


def _read(row: Mapping[str, Any]) -> tuple[str, Purpose]:
    affair = affairs()[row["affair"]]
    rest = {field: row[field] for field in ("table", "item_of", "article", "requester") if field in row}
    return row["name"], Purpose(affair, _wording(affair, row.get("wording_of", "")), **rest)


def _wording(affair: Affair, version: str) -> str:
    """The wording that a version of 別表第二 has; the newest where none is named."""
    return next(_worded(affair, version)) if version else affair.text


def _worded(affair: Affair, version: str) -> Iterator[str]:
    there = {row.affair for row in table(version)}
    return (wording for wording in affair.wordings if wording in there)
