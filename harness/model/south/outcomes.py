"""What a request came to, and which rule a fault belongs to."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from harness.contract.refusals import refusals
from harness.model.history.exchanges import Call
from harness.model.south.bodies import WORDS
from harness.model.south.faults import Fault
from harness.model.south.requests import Request
from harness.model.south.wishes import COMPETENCE, NO_AFFAIR, NO_TABLE, UNDECLARED

TAKEN: Final = ""  # in place of a code: it is not refused
NO_FAULT: Final = "誤りなし"
BATCH_ROW: Final = "POST /v1/batches の行"
_BASIS: Final = {
    NO_TABLE: "basis-unknown",
    UNDECLARED: "basis-undeclared",
    NO_AFFAIR: "basis-affair",
    COMPETENCE: "basis-competence",
}
_BY_CODE: Final = {  # "" where it is for others to judge
    "UNAUTHENTICATED": ("token", {"enquiries": "enquiries", "batches": "enquiries", "logs": "logs", "pending": "pending"}),
    "STAFF_REQUIRED": ("staff", {"enquiries": "enquiries", "batches": "enquiries"}),
    "STAFF_SESSION_EXPIRED": ("session", {"enquiries": "enquiries", "batches": "enquiries"}),
    "INVALID_REQUEST": ("form", {"enquiries": "enquiries", "batches": "enquiries"}),
    "NOT_DECLARED": (
        "undeclared",
        {"enquiries": "enquiries", "batches": "batches", "handling": "handling", "pending": "handling", "files": "files"},
    ),
    "ROLE_NOT_ALLOWED": ("role", {"enquiries": "enquiries", "batches": "enquiries", "notices": "notices", "pending": ""}),
    "SUBJECT_UNKNOWN": ("subject", {"enquiries": "enquiries", "batches": "enquiries", "records": "records"}),
    "NOT_FOUND": ("missing", {"enquiries": "enquiries"}),
}  # fmt: skip
_ALONE: Final = {
    "UNDELIVERED": "no-directory",
    "PARTNER_UNKNOWN": "partner-unknown",
    "BASIS_NOT_LAWFUL": "basis-row",
    "VERSION_STALE": "version-absent",
}
_MANY: Final = WORDS["maxItems"]
UNDECLARED_CODE: Final = "NOT_DECLARED"
UNDECLARED_RULES: Final = {
    "first-decides": "undeclared-order",
    "refusal-form": "undeclared-form",
    "refused-leaves-no-trace": "undeclared-trace",
}


@cache
def rule_of(code: str, group: str, variant: str = "") -> str | None:
    """The rule of a row of the list, for what a request is about; None where it is for others to judge."""
    if code == "BASIS_NOT_LAWFUL" and variant in _BASIS:
        return _BASIS[variant]
    if code == "INVALID_REQUEST" and group == "bulk" and variant == _MANY:
        return "form-bulk"
    if code == "NOT_DECLARED" and variant.startswith("mode"):
        return "undeclared-batches"
    if code not in _BY_CODE:
        return _ALONE.get(code)
    prefix, groups = _BY_CODE[code]
    about = groups.get(group, "others")
    return f"{prefix}-{about}" if about else None


@cache
def rule_without(code: str, group: str) -> str | None:
    """The rule of a row that does not apply. What is declared is a matter of its own: rules of `undeclared-` have an occasion only where
    something is not."""
    return "declared-is-taken" if code == UNDECLARED_CODE else rule_of(code, group)


def rule_about(rule: str, code: str, *further: str) -> str:
    """Of what is said of every code: the same for what is not declared."""
    return UNDECLARED_RULES[rule] if UNDECLARED_CODE in {code, *further} else rule


@dataclass(frozen=True, slots=True)
class Decision:
    """`first`: what certainly decides, None where nothing is certainly wrong; `permitted`: the codes that may be said, TAKEN among them
    where it may be taken; `later`: what is certainly wrong beside."""

    first: Fault | None
    permitted: frozenset[str]
    later: tuple[Fault, ...]

    @classmethod
    def of(cls, faults: Iterable[Fault]) -> "Decision":
        """In the order of the list."""
        first: Fault | None = None
        permitted, later = set(), []
        for fault in (fault for fault in faults if fault.there):
            if first is None:
                permitted.add(fault.code)
                first = fault if fault.certain else None
            elif fault.certain:
                later.append(fault)
        if first is None:
            permitted.add(TAKEN)
        return cls(first, frozenset(permitted), tuple(later))

    @property
    def words(self) -> str:
        """What is expected."""
        return "、又は ".join(sorted(_expected(code) for code in self.permitted))


def said(call: Call, decision: Decision) -> str | None:
    """The code of a refusal, TAKEN, or None for what is neither. A refusal whose code cannot be read counts as the permitted one of
    its status: its form is judged elsewhere."""
    status = call.status or 0
    if 200 <= status < 300:
        return TAKEN
    if status < 400:
        return None
    code = call.answer.get("code") if isinstance(call.answer, dict) else None
    if isinstance(code, str) and code in refusals():
        return code
    return next((c for c in sorted(decision.permitted) if c and refusals()[c].status == status), None)


def observed(call: Call, code: str | None) -> str:
    """In words. What a gateway made up is not repeated."""
    return f"{call.words} に {call.status} {code or ''}".rstrip()


def alternative(name: str, variant: str) -> str:
    """As a rule lists it."""
    return f"{name}: {variant}" if variant else name


def name_of(request: Request, *, row: bool) -> str:
    """Of a request, or of a row in it."""
    return BATCH_ROW if row else request.name


def _expected(code: str) -> str:
    if not code:
        return "受け付ける応答"
    refusal = refusals()[code]
    return f"{refusal.status} {code}（{refusal.phase}）"
