"""認証・認可 (§4-3 連携インターフェース機能 No.4)."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from harness.contract.law.lawfulness import is_lawful
from harness.contract.messages import Header, Kind, parse_timestamp
from harness.contract.organisations import Organisation
from harness.contract.refusals import RefusedError
from harness.contract.roles import role_fits, role_owns
from harness.contract.statement import Tokens
from mocks.gateway.directory import Directory, Party

Caller = Literal["business", "staff", "audit"]
_BLANKS = " \t"  # what HTTP drops around a value (RFC 9110 §5.5)
_STAFF_HEADER = re.compile(r"[!-~]([ -~]{0,58}[!-~])?")  # guide §2; `role` of schema header has the same


@dataclass(frozen=True)
class Staff:
    """Who acts: staff id and role code."""

    id: str
    role: str


@dataclass(frozen=True)
class Authorisation:
    """Who may do what. Methods raise RefusedError where the answer is no."""

    organisation: str
    tokens: Tokens
    tables: tuple[str, ...]

    def authenticate(self, headers: Mapping[str, str], caller: Caller) -> None:
        """The bearer token of this kind of caller. Raises RefusedError UNAUTHENTICATED."""
        scheme, _, token = headers.get("authorization", "").partition(" ")
        expected: str = getattr(self.tokens, caller)
        if scheme.lower() != "bearer" or not secrets.compare_digest(
            token.strip().encode(), expected.encode()
        ):
            raise RefusedError("UNAUTHENTICATED")

    def staff(self, headers: Mapping[str, str]) -> Staff:
        """The person who acts. Raises RefusedError STAFF_REQUIRED."""
        values = [headers.get(name, "").strip(_BLANKS) for name in ("x-staff-id", "x-staff-role")]
        if not all(_STAFF_HEADER.fullmatch(v) for v in values):
            raise RefusedError("STAFF_REQUIRED")
        return Staff(*values)

    def check_session(self, headers: Mapping[str, str]) -> None:
        """Does the session of the person who acts still hold? Raises RefusedError STAFF_SESSION_EXPIRED, also where
        its end is no moment."""
        until = headers.get("x-staff-valid-until")
        try:
            if until is None or parse_timestamp(until.strip(_BLANKS)) > datetime.now(UTC):
                return
        except (ValueError, OverflowError) as error:
            raise RefusedError("STAFF_SESSION_EXPIRED", "時刻として読めない") from error
        raise RefusedError("STAFF_SESSION_EXPIRED")

    def shows_pending(self, staff: Staff, information: str) -> bool:
        """Does the list of what waits show an enquiry for this information to this person?"""
        return role_owns(staff.role, information)

    def check_decision(self, staff: Staff, information: str) -> None:
        """May this person decide about what waits for this information? Raises RefusedError ROLE_NOT_ALLOWED."""
        if not role_owns(staff.role, information):
            raise RefusedError("ROLE_NOT_ALLOWED", "この連携情報を所管しない職責")

    def check_addressee(self, header: Header) -> None:
        """Check 4. Raises RefusedError NOT_ADDRESSEE."""
        if header.recipient != self.organisation:
            raise RefusedError("NOT_ADDRESSEE")

    def partner(self, header: Header, directory: Directory) -> Party:
        """Check 7: the sending organisation. Raises RefusedError PARTNER_UNKNOWN."""
        return directory.party(header.sender)

    def check_inward_role(self, header: Header) -> None:
        """Check 11. Raises RefusedError ROLE_NOT_ALLOWED."""
        _check_role(header)

    def check_outward_role(self, header: Header) -> None:
        """The same for an enquiry of our own staff. Raises RefusedError ROLE_NOT_ALLOWED."""
        _check_role(header)

    def check_inward_basis(self, header: Header, directory: Directory) -> None:
        """Check 12. Raises RefusedError BASIS_NOT_LAWFUL."""
        own, partner = self.own(directory), directory.party(header.sender)
        if header.kind == Kind.ENQUIRY:
            self.check_basis(header, partner.organisation, own.organisation)
        elif header.kind == Kind.ANSWER:
            self.check_basis(header, own.organisation, partner.organisation)

    def check_outward_basis(self, header: Header, directory: Directory) -> None:
        """The same for an enquiry of our own. Raises RefusedError BASIS_NOT_LAWFUL or PARTNER_UNKNOWN."""
        partner, own = directory.party(header.recipient), self.own(directory)
        self.check_basis(header, own.organisation, partner.organisation)

    def own(self, directory: Directory) -> Party:
        """Ourselves, with the kind that the directory says. Raises RefusedError BASIS_NOT_LAWFUL where we are not in it."""
        if self.organisation not in directory.parties:
            raise RefusedError("BASIS_NOT_LAWFUL", "自団体が団体一覧にない")
        return directory.party(self.organisation)

    def check_basis(self, header: Header, requester: Organisation, provider: Organisation) -> None:
        """Is the basis one that we declare, and do the four match a row of it? Raises RefusedError BASIS_NOT_LAWFUL."""
        lawful = is_lawful(header.basis, requester, header.affair, provider, header.information)
        if not lawful or header.basis.table not in self.tables:
            raise RefusedError("BASIS_NOT_LAWFUL")


def _check_role(header: Header) -> None:
    if not role_fits(header.role, header.affair):
        raise RefusedError("ROLE_NOT_ALLOWED")
