"""The requests of the south face: the table of guide §2, row by row."""

from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from typing import Final

from harness.model.history.exchanges import Call

Declarable = tuple[str, str]  # list of the statement, name in it
_MANUAL: Final = ("handling", "手動")
_ASKING: Final = ("roles", "照会側")
_BATCHES: Final = ("modes", "バッチ")
_NOTICES: Final = ("roles", "連絡")
_FILES: Final = ("legacy_files", "CP932固定長")
_PORTAL: Final = ("use_cases", "税務に関する情報提供")


@dataclass(frozen=True)
class Request:
    """`group`: what it is about; `caller`: whose token, "" for none; `acts`: a person does; `body`: its schema, "" for none; `done`: how
    success is said; `answer`: schema of that; `needs`: what must be declared (row 4); `further`: the codes with which it may be
    refused after rows 1 to 4, in the order of the list."""

    method: str
    path: str
    group: str
    answer: str
    caller: str = "business"
    acts: bool = False
    body: str = ""
    done: tuple[int, ...] = (200,)
    needs: tuple[Declarable, ...] = ()
    further: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """As rules name it."""
        return f"{self.method} {self.path}"


_ASKED: Final = ("ROLE_NOT_ALLOWED", "UNDELIVERED", "PARTNER_UNKNOWN")
_ENQUIRED: Final = (*_ASKED, "BASIS_NOT_LAWFUL", "SUBJECT_UNKNOWN")
_DECIDED: Final = ("NOT_FOUND", "ROLE_NOT_ALLOWED")
_SHOWN: Final = ("PORTAL_SESSION_INVALID", "NOT_THE_SUBJECT", "NOT_FOUND")
ROW: Final = _ENQUIRED  # of a バッチ: each for itself
REQUESTS: Final = (
    Request("GET", "/v1/health", "health", "health", ""),
    Request(
        "PUT", "/v1/subjects/{local_id}", "subjects", "registered", body="subject", done=(200, 201),
        further=("LINK_CODE_UNAVAILABLE",),
    ),
    Request(
        "PUT", "/v1/records", "records", "empty", body="record", further=("SUBJECT_UNKNOWN", "VERSION_STALE")
    ),
    Request("POST", "/v1/records/bulk", "bulk", "bulk-result", body="records"),
    Request(
        "POST", "/v1/records/deletion", "deletion", "empty", body="record-key",
        further=("SUBJECT_UNKNOWN", "NOT_FOUND"),
    ),
    Request("POST", "/v1/imports", "files", "import-result", body="import", needs=(_FILES,)),
    Request(
        "PUT", "/v1/handling", "handling", "empty", "staff", acts=True, body="handling", needs=(_MANUAL,),
        further=("SUBJECT_UNKNOWN",),
    ),
    Request(
        "POST", "/v1/enquiries", "enquiries", "enquiry-status", acts=True, body="enquiry", done=(202,),
        needs=(_ASKING,), further=_ENQUIRED,
    ),
    Request("GET", "/v1/enquiries/{enquiry_id}", "enquiries", "enquiry-status", further=("NOT_FOUND",)),
    Request(
        "GET", "/v1/enquiries/{enquiry_id}/result", "enquiries", "enquiry-result",
        further=("NOT_FOUND", "NOT_READY"),
    ),
    Request(
        "POST", "/v1/batches", "batches", "batch-status", acts=True, body="batch", done=(202,),
        needs=(_ASKING, _BATCHES),
    ),
    Request("GET", "/v1/batches/{batch_id}", "batches", "batch-status", further=("NOT_FOUND",)),
    Request(
        "POST", "/v1/batches/{batch_id}/resend", "batches", "batch-status", acts=True, body="empty", done=(202,),
        needs=(_ASKING, _BATCHES), further=("NOT_FOUND",),
    ),
    Request(
        "POST", "/v1/notices", "notices", "notice-status", acts=True, body="notice", done=(202,), needs=(_NOTICES,),
        further=(*_ASKED, "SUBJECT_UNKNOWN"),
    ),
    Request("GET", "/v1/notices", "notices", "received-notices"),
    Request("GET", "/v1/notices/{notice_id}", "notices", "notice-status", further=("NOT_FOUND",)),
    Request(
        "POST", "/v1/portal-sessions", "portal", "portal-session", body="portal-login", done=(201,),
        needs=(_PORTAL,), further=("SUBJECT_UNKNOWN",),
    ),
    Request(
        "POST", "/v1/own-information", "portal", "own-information", body="record-key", needs=(_PORTAL,),
        further=_SHOWN,
    ),
    Request(
        "GET", "/v1/pending", "pending", "pending", "staff", acts=True, needs=(_MANUAL,),
        further=("ROLE_NOT_ALLOWED",),
    ),
    Request(
        "POST", "/v1/pending/{correlation_id}/approval", "pending", "empty", "staff", acts=True, body="empty",
        needs=(_MANUAL,), further=_DECIDED,
    ),
    Request(
        "POST", "/v1/pending/{correlation_id}/refusal", "pending", "empty", "staff", acts=True,
        body="refusal-by-staff", needs=(_MANUAL,), further=_DECIDED,
    ),
    Request("GET", "/v1/logs/access", "logs", "access-log", "audit"),
    Request("GET", "/v1/logs/audit", "logs", "audit-log", "audit"),
    Request("GET", "/v1/logs/business", "logs", "business-log", "audit"),
)  # fmt: skip


class Strange(Enum):
    """What is no request of the table. FREE: the text does not say whether it is one (an empty part of a path, HEAD)."""

    PATH = "path"
    METHOD = "method"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Asked:
    """A call as one of the requests. `named`: what its path names, None where it names nothing."""

    request: Request
    call: Call
    named: str | None


def asked(call: Call) -> Asked | Strange:
    """Which request it is."""
    found = _found(call.method, call.path)
    return found if isinstance(found, Strange) else Asked(found[0], call, found[1])


def request_of(method: str, path: str) -> Request | Strange:
    """The same of a call that nobody has read yet; the path without its query."""
    found = _found(method, path)
    return found if isinstance(found, Strange) else found[0]


@lru_cache(maxsize=16_384)  # every judge asks it of every call of a run
def _found(method: str, path: str) -> tuple[Request, str | None] | Strange:
    parts = tuple(path.split("/"))
    if "" in parts[1:] or "." in parts or ".." in parts or method == "HEAD":
        return Strange.FREE
    found = _paths().get(parts)
    if found is None and len(parts) > 3:
        found = _paths().get((*parts[:3], "{}", *parts[4:]))
    if found is None:
        return Strange.PATH
    request = found.get(method)
    if request is None:
        return Strange.METHOD
    return request, parts[3] if "{" in request.path else None


def of_path(path: str) -> tuple[Request, ...]:
    """The requests that a path of the table takes."""
    parts = tuple(path.split("/"))
    found = _paths().get(parts) or _paths().get((*parts[:3], "{}", *parts[4:])) or {}
    return tuple(found.values())


@cache
def _paths() -> dict[tuple[str, ...], dict[str, Request]]:
    """By the parts of the path, what is named being `{}`: it is always the fourth."""
    found: dict[tuple[str, ...], dict[str, Request]] = {}
    for request in REQUESTS:
        parts = tuple("{}" if part.startswith("{") else part for part in request.path.split("/"))
        found.setdefault(parts, {})[request.method] = request
    return found
