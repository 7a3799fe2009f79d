"""The whole of what happened, ready to be judged."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self, TypeVar

from harness.contract.journal_entries import Said
from harness.contract.keys.ring import PUBLISHED, KeyRing
from harness.model.history.exchanges import (
    Call,
    Delivery,
    Fetch,
    Person,
    Redemption,
    Repeat,
    Restart,
    Sending,
)

T = TypeVar("T")


@dataclass(frozen=True)
class Declared:
    """What the gateway says of itself. `contract`: the version by which it is judged; `lists`: names by list of the
    statement (roles, use_cases, modes, handling, tables, legacy_files); `keys`: public JWK by use (signature, encryption)."""

    contract: str
    organisation: str
    lists: Mapping[str, frozenset[str]]
    keys: Mapping[str, Said]

    def has(self, which: str, name: str) -> bool:
        """Is the name in that list?"""
        return name in self.lists.get(which, frozenset())


@dataclass(frozen=True)
class History:
    """Everything in the order in which it was recorded (`number` is the line of the record); the order of time is that of the
    spans. `began`: when the run did, in seconds since 1970; `ended`: the last moment that is on record. `owners`: correlation ids and
    refs of persons → scenario; `keys`: of network and counterparts; `tells_repeats`: does the record have `repeats` at all?
    `told_directories`: when the network began to tell another directory, in seconds since 1970, and told it properly."""

    declared: Declared
    began: float
    ended: float
    calls: tuple[Call, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    sendings: tuple[Sending, ...] = ()
    redemptions: tuple[Redemption, ...] = ()
    fetches: tuple[Fetch, ...] = ()
    restarts: tuple[Restart, ...] = ()
    persons: tuple[Person, ...] = ()
    owners: Mapping[str, str] | None = None
    keys: KeyRing = PUBLISHED
    repeats: tuple[Repeat, ...] = ()
    tells_repeats: bool = False
    told_directories: tuple[float, ...] = ()
    derived: dict[Callable[..., Any], Any] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def once(self, derive: Callable[[Self], T]) -> T:
        """What follows from the whole history, derived for the first judge that asks. Nobody changes it."""
        if derive not in self.derived:
            self.derived[derive] = derive(self)
        found: T = self.derived[derive]
        return found

    def scenario_of(self, *names: object) -> str:
        """Whose exchange it is, by the first name (ref of a person, correlation id) that is known; empty for nobody's."""
        known = self.owners or {}
        return next((known[name] for name in names if isinstance(name, str) and name in known), "")
