"""Refusals of the contract: stable code, the phase (function of §4-3) it comes from, HTTP status, reason."""

from dataclasses import dataclass
from functools import cache

from harness.contract.resources import toml
from harness.contract.versions import FIRST


@dataclass(frozen=True)
class Refusal:
    """One kind of refusal. `status` is None where it travels only in an エラー message; `contract`: since which version."""

    code: str
    phase: str
    status: int | None
    ja: str
    en: str
    contract: str = FIRST


@cache
def refusals() -> dict[str, Refusal]:
    """All refusals by code."""
    rows = toml("refusals.toml")["refusal"]
    return {r["code"]: Refusal(**{"status": None, **r}) for r in rows}


class RefusedError(Exception):
    """A refusal on its way to the caller. Raises KeyError for a code that refusals.toml does not name."""

    def __init__(self, code: str, detail: str = "") -> None:
        self.refusal = refusals()[code]
        self.reason = f"{self.refusal.ja}（{detail}）" if detail else self.refusal.ja
        super().__init__(f"{code}: {self.reason}")

    def content(self) -> dict[str, str]:
        """The error object of the contract: code, phase, reason."""
        return {"code": self.refusal.code, "phase": self.refusal.phase, "reason": self.reason}
