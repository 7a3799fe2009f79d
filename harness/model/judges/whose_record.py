"""Whose record was given instead: a breach is named by what it is, somebody else's data first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from harness.contract.items import informations
from harness.model.cases import OTHERS_DATA
from harness.model.judges.replying import Talk
from harness.model.likeness import same
from harness.model.state.held import Held

_FEW: Final = 2  # values that differ from the record that was meant: one alone may be any record's


@dataclass(frozen=True, slots=True)
class Found:
    """A record with just the values that were given. `own`: of the same resident; `same_key`: and of the key that was asked for."""

    own: bool
    same_key: bool
    keyless: bool

    def rule(self, way: str) -> str:
        """The sentence that was broken."""
        if not self.own:
            return "own-record"
        if self.same_key:
            return "record-at-approval" if way == "承認" else "record-of-the-moment"
        return "last-registered-is-provided" if self.keyless else "record-is-provided"

    def alternative(self, way: str) -> str:
        """One of that rule's."""
        if not self.own:
            return way
        if self.same_key:
            return "訂正の後" if way == "承認" else way
        return f"{'幾つもの件' if self.keyless else 'ほかのキーもある'}・{way}"

    @property
    def code(self) -> str:
        """Of the finding, where it is not the rule's."""
        return "" if self.own else OTHERS_DATA

    @property
    def words(self) -> str:
        """What was observed."""
        if not self.own:
            return "別の人について登録した件を提供している"
        return "その件の、今のものでない内容" if self.same_key else "その人の、ほかの件を提供している"

    @property
    def expected(self) -> str:
        """What was due."""
        return "照会された人の、照会された件の、そのときの内容"


def whose_record(
    talk: Talk,
    owner: str,
    held: Held,
    items: Mapping[str, object],
    names: frozenset[str],
) -> Found | None:
    """None where no record, as registered at any time, has just these values."""
    differ = [n for n in items if n not in held.items or held.items[n] != items[n]]
    if len(differ) < min(_FEW, len(items)) or not items:
        return None
    information, key = str(talk.asked.header.get("information")), (talk.asked.content or {}).get("key")
    keyless = information in informations() and not informations()[information].key
    stranger: Found | None = None
    for local_id, other_key, other in talk.replying.records.get(information, ()):
        provided = {n: v for n, v in other.items.items() if n in names}
        if provided.keys() != items.keys() or not same(provided, items):
            continue
        found = Found(local_id == owner, other_key == key, keyless=keyless)
        if found.own:
            return found
        stranger = found
    return stranger
