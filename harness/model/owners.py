"""Which scenario an exchange belongs to: by the person whom it is about, or by its correlation id."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from harness.contract.journal import Entry
from harness.contract.journal_entries import AnyEntry, NorthEntry, Said


@dataclass(frozen=True)
class Owners:
    """Persons and correlation ids → ids of scenarios."""

    persons: Mapping[str, str]
    correlations: Mapping[str, str]

    @classmethod
    def of(cls, entries: Iterable[AnyEntry]) -> Self:
        """As the checks of a journal tell."""
        checks = [e for e in entries if e["type"] == Entry.CHECK]
        return cls(
            {ref: e["scenario"] for e in checks for ref in e["persons"]},
            {id_: e["scenario"] for e in checks for id_ in e["correlation_ids"]},
        )

    def of_exchange(self, person: object, correlation_id: object) -> str:
        """The id, empty for none."""
        by_person = self.persons.get(person) if isinstance(person, str) else None
        by_id = self.correlations.get(correlation_id) if isinstance(correlation_id, str) else None
        return by_person or by_id or ""


def header_of(exchange: NorthEntry) -> Said:
    """Its header, empty where it has none that can be read."""
    header = exchange.get("header")
    return header if isinstance(header, Mapping) else {}


def words(exchange: NorthEntry) -> str:
    """An exchange in words: which message, whatever a gateway wrote into it bounded."""
    header = header_of(exchange)
    kind, id_ = (str(header.get(name) or "不明")[:40] for name in ("kind", "message_id"))
    return f"北側の電文 {exchange.get('seq')}（{kind}、電文番号 {id_}）"
