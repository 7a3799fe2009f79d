"""Link codes and enrolment tokens: one of each for a person and an organisation, unlinkable without the secret."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass, field

from harness.contract.organisations import network_organisation, organisations


@dataclass
class People:
    """Whom the network knows. Codes are an HMAC over person and organisation, as two codes of one person must
    not show that they belong together; the secret is new with every start."""

    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    owners: dict[tuple[str, str], str] = field(default_factory=dict)
    tokens: dict[str, tuple[str, str]] = field(default_factory=dict)

    def add(self, person: str) -> dict[str, dict[str, str]]:
        """Makes a person known; {"enrolment_tokens": {code: token}, "link_codes": {code: link code}}.

        The same person again gives the same."""
        parties = [code for code in organisations() if code != network_organisation().code]
        tokens = {code: self._derive("token", person, code) for code in parties}
        links = {code: self.link_code(person, code) for code in parties}
        self.tokens |= {token: (person, code) for code, token in tokens.items()}
        self.owners |= dict.fromkeys(links.items(), person)
        return {"enrolment_tokens": tokens, "link_codes": links}

    def link_code(self, person: str, organisation: str) -> str:
        """The organisation's own code for the person."""
        return self._derive("link", person, organisation)

    def redeem(self, token: str, organisation: str) -> str | None:
        """The link code for an enrolment token; None where the token is not this organisation's."""
        found = self.tokens.get(token)
        return self.link_code(*found) if found and found[1] == organisation else None

    def holder_of(self, token: str) -> str | None:
        """Whose enrolment token this is."""
        found = self.tokens.get(token)
        return found[0] if found else None

    def person_of(self, organisation: str, link_code: str) -> str | None:
        """Whose link code of an organisation this is."""
        return self.owners.get((organisation, link_code))

    def _derive(self, purpose: str, person: str, organisation: str) -> str:
        message = f"{purpose}\0{person}\0{organisation}".encode()
        digest = hmac.new(self.secret, message, hashlib.sha256).digest()[:18]  # 144 bits
        return base64.urlsafe_b64encode(digest).decode()
