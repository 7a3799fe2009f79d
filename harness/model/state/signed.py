"""Did a message that was delivered carry the network's signature, around a payload of the contract? (guide §3, checks 1 to 3)"""

from dataclasses import dataclass, field
from typing import Final, Self

from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from harness.contract.json_binding import LONGEST_MESSAGE, MESSAGE_TYPE, verify
from harness.contract.organisations import network_organisation
from harness.contract.refusals import RefusedError
from harness.contract.schemas import problem_with
from harness.model.history.exchanges import Delivery
from harness.model.history.history import History

_EARLY: Final = frozenset(
    {"MALFORMED", "SIGNATURE_INVALID"}
)  # codes of checks 1 to 3 as well as of later ones
_WITHOUT_DIRECTORY: Final = "UNDELIVERED"


@dataclass(frozen=True)
class Envelopes:
    """`key`: with which the network signs, as its directory tells; `looked`: what was found of tokens that came before."""

    key: ECKey
    looked: dict[str, bool] = field(default_factory=dict)

    @classmethod
    def of(cls, history: History) -> Self:
        """By the first directory that was fetched in this history, else by the keys of the run."""
        for fetch in history.fetches:
            network = fetch.directory.get("network") if fetch.directory else None
            keys = network.get("keys") if isinstance(network, dict) else None
            jwk = keys.get("signature") if isinstance(keys, dict) else None
            if isinstance(jwk, dict) and (key := _imported(jwk)):
                return cls(key)
        return cls(history.keys.of(network_organisation().code).signature)

    def passed(self, delivery: Delivery) -> bool | None:
        """Checks 1 to 3; None where the gateway could not make them. What nobody altered passes, unless it was refused for
        what these checks look at."""
        code = delivery.error.get("code") if delivery.error else None
        if code == _WITHOUT_DIRECTORY:
            return None
        if not delivery.token or (delivery.alteration is None and code not in _EARLY):
            return True
        if delivery.token not in self.looked:
            self.looked[delivery.token] = self._passes(delivery.token)
        return self.looked[delivery.token]

    def _passes(self, token: str) -> bool:
        if len(token) > LONGEST_MESSAGE:
            return False
        try:
            payload = verify(token, self.key, MESSAGE_TYPE)
        except RefusedError:
            return False
        return problem_with("message", payload) is None


def _imported(jwk: dict[str, str | list[str]]) -> ECKey | None:
    try:
        return ECKey.import_key(jwk)
    except (JoseError, ValueError, TypeError, KeyError):
        return None
