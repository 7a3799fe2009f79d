"""What the network tells as its directory: by default everything that it knows; on request nothing that can be read, or other
validities of further keys."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from harness.contract.keys import PublicKeys, SignatureKey, further_keys
from harness.contract.law import versions
from harness.contract.messages import timestamp
from harness.contract.organisations import Organisation, network_organisation, organisations
from mocks.network.odd_answers import ODD_ANSWERS, OddAnswer


@dataclass
class Telling:
    """`answer`: the name of an odd answer that everybody gets in place of the directory, empty for none; `validity`: by state of a
    further key, what is told of the keys of every counterpart in place of what usually is."""

    answer: str = ""
    validity: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def odd(self) -> OddAnswer | None:
        """What is answered in place of the directory."""
        return ODD_ANSWERS[self.answer] if self.answer else None

    def directory(self, parties: Mapping[str, PublicKeys], gateway: str | None) -> dict[str, object]:
        """An object of schema `directory`; `parties`: present keys by code; `gateway`: whose further keys nobody here knows."""
        own = network_organisation()
        others = [o for o in organisations().values() if o != own]
        return {
            "network": {**_named(own), "keys": parties[own.code].to_jwk()},
            "organisations": [self._party(o, parties[o.code], o.code == gateway) for o in others],
            "tables": list(versions()),
            "time": timestamp(),
        }

    def _party(self, organisation: Organisation, keys: PublicKeys, is_gateway: bool) -> dict[str, object]:
        known = {**_named(organisation), "keys": keys.to_jwk()}
        if is_gateway:
            return known
        further = further_keys(organisation.code).items()
        return {**known, "further_keys": [self._key(state, key) for state, key in further]}

    def _key(self, state: str, key: SignatureKey) -> dict[str, Any]:
        return {**key.to_wire(), **self.validity.get(state, {})}


def _named(organisation: Organisation) -> dict[str, object]:
    return {"code": organisation.code, "name": organisation.name, "kind": organisation.kind}
