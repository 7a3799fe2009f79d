"""What the network tells as its directory: by default everything that it knows; on request nothing that can be read, or other
validities of further keys."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from harness.contract.keys import PublicKeys, SignatureKey
from harness.contract.keys.ring import KeyRing
from harness.contract.law import versions
from harness.contract.messages import timestamp
from harness.contract.organisations import Organisation, network_organisation, organisations
from mocks.network.odd_answers import ODD_ANSWERS, OddAnswer


@dataclass
class Telling:
    """`answer`: the name of an odd answer that everybody gets in place of the directory, empty for none; `validity`: by state of a
    further key, what is told of the keys of every counterpart in place of what usually is; `without`: organisations that are not told of;
    `tables`: versions in force; `network_keys`: are further keys of the network told of?"""

    answer: str = ""
    validity: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    tables: tuple[str, ...] = versions()
    network_keys: bool = False

    def odd(self) -> OddAnswer | None:
        """What is answered in place of the directory."""
        return ODD_ANSWERS[self.answer] if self.answer else None

    def directory(self, ring: KeyRing, gateways: Mapping[str, PublicKeys]) -> dict[str, object]:
        """An object of schema `directory`; `gateways`: keys by code of those whose further keys nobody here knows."""
        own = network_organisation()
        others = [o for o in organisations().values() if o != own and o.code not in self.without]
        network: dict[str, object] = {**_named(own), "keys": ring.public(own.code).to_jwk()}
        if self.network_keys:
            network["further_keys"] = self._further(ring, own.code)
        return {
            "network": network,
            "organisations": [self._party(ring, o, gateways) for o in others],
            "tables": list(self.tables),
            "time": timestamp(),
        }

    def _party(
        self, ring: KeyRing, organisation: Organisation, gateways: Mapping[str, PublicKeys]
    ) -> dict[str, object]:
        if organisation.code in gateways:
            return {**_named(organisation), "keys": gateways[organisation.code].to_jwk()}
        keys, told = ring.public(organisation.code).to_jwk(), self._further(ring, organisation.code)
        return {**_named(organisation), "keys": keys, "further_keys": told}

    def _further(self, ring: KeyRing, code: str) -> list[dict[str, object]]:
        """By their ids, so that their order does not tell which is which."""
        ordered = sorted(ring.further(code).items(), key=lambda pair: pair[1].key.kid or "")
        return [self._key(state, key) for state, key in ordered]

    def _key(self, state: str, key: SignatureKey) -> dict[str, object]:
        return {**key.to_wire(), **self.validity.get(state, {})}


def _named(organisation: Organisation) -> dict[str, object]:
    return {"code": organisation.code, "name": organisation.name, "kind": organisation.kind}
