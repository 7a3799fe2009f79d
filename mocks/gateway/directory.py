"""The network's directory, read: who takes part, of what kind, with which public keys."""

from dataclasses import dataclass
from typing import Any, Self

from harness.contract.keys import PublicKeys
from harness.contract.organisations import Organisation
from harness.contract.refusals import RefusedError


@dataclass(frozen=True)
class Party:
    """One organisation of the directory."""

    organisation: Organisation
    keys: PublicKeys


@dataclass(frozen=True)
class Directory:
    """The network itself and the organisations by code."""

    network: Party
    parties: dict[str, Party]

    @classmethod
    def from_wire(cls, wire: dict[str, Any]) -> Self:
        """From an object of schema `directory`. Raises ValueError where a key is unusable."""
        parties = [_party(row) for row in wire["organisations"]]
        return cls(_party(wire["network"]), {p.organisation.code: p for p in parties})

    def party(self, code: str) -> Party:
        """The organisation of a code. Raises RefusedError PARTNER_UNKNOWN."""
        if code not in self.parties:
            raise RefusedError("PARTNER_UNKNOWN")
        return self.parties[code]


def _party(row: dict[str, Any]) -> Party:
    own = row["keys"]
    keys = PublicKeys.from_jwk(own["signature"], own["encryption"], row.get("further_keys", ()))
    return Party(Organisation(row["code"], row["name"], row["kind"]), keys)
