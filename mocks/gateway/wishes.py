"""What our business systems wish to have sent: an enquiry, a row of a バッチ, a 連絡 (guide §2)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any, Self

from harness.contract.law import Basis
from harness.contract.messages import Items, Mode, Opening, timestamp

LIFE_SECONDS = 60  # guide §2: without expires_in_seconds
REDELIVER_SECONDS = 10  # guide §2: without redeliver_after_seconds


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Whom to tell or ask what about whom, and on which basis."""

    local_id: str
    to: str
    basis: Basis
    affair: str
    information: str
    mode: str = Mode.ONLINE
    expires_in_seconds: int = LIFE_SECONDS

    @classmethod
    def from_wire(cls, wire: Mapping[str, Any]) -> Self:
        """From an object that meets its schema."""
        return cls(**{**wire, "basis": Basis(**wire["basis"])})

    def to_wire(self) -> dict[str, object]:
        """The same object, with what it left to us."""
        return asdict(self)

    def opening(self, sender: str, role: str, link_code: str) -> Opening:
        """What the header says of it."""
        return Opening(
            sender=sender,
            recipient=self.to,
            basis=self.basis,
            affair=self.affair,
            information=self.information,
            role=role,
            mode=self.mode,
            link_code=link_code,
            expires_at=timestamp(timedelta(seconds=self.expires_in_seconds)),
        )


@dataclass(frozen=True, kw_only=True)
class EnquiryWish(Wish):
    """Of schema `enquiry`."""

    key: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class NoticeWish(Wish):
    """Of schema `notice`."""

    items: Items
    redeliver_after_seconds: int = REDELIVER_SECONDS
