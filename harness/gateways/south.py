"""The south face of a gateway, as business systems, staff and auditors use it. Every exchange is recorded."""

import base64
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote, urlencode

from harness.contract.framing import Framing
from harness.contract.journal_entries import Said, SouthCall
from harness.contract.journal_entries import Staff as StaffEntry
from harness.contract.statement import Statement
from harness.gateways.exchange import Limits, Reply
from harness.gateways.manners import Manners
from harness.gateways.transport import Call, Transport

BLANK = " "
NoteExchange = Callable[[SouthCall], None]


@dataclass(frozen=True)
class Staff:
    """A member of staff: id (ASCII), role code of roles.toml, and until when their session holds, where it is said.
    An empty text leaves its header out, a blank sends it empty."""

    id: str
    role: str
    valid_until: str = ""

    def headers(self) -> dict[str, str]:
        """As they are sent."""
        names = {"X-Staff-Id": self.id, "X-Staff-Role": self.role, "X-Staff-Valid-Until": self.valid_until}
        return {name: value.strip(BLANK) for name, value in names.items() if value}


_LONGEST_MEDIA = 200  # characters of a Content-Type that the journal keeps
LONGEST_LIST = (
    20_000  # records of one request that the journal keeps: what is left in the gateway must be known
)


@dataclass(frozen=True)
class Request:
    """Any request of the south face. `caller`: whose token it carries, "" for none, any other word for one that nobody has; `raw`: a
    body as it is, in place of JSON; `written`: `body` as it is to be spelt (order, blanks, escapes), which is not kept, as it carries no
    meaning and may be long; `headers` go over those that there would be; `framing`: how what is written travels."""

    method: str
    path: str
    caller: str = ""
    body: Any = None
    staff: Staff | None = None
    raw: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    written: bytes | None = None
    framing: Framing = Framing.WHOLE


@dataclass(frozen=True)
class SouthFace:
    """The verbs of the south face. Each returns a Reply and never raises for what the gateway does."""

    transport: Transport
    statement: Statement
    limits: Limits
    record: NoteExchange
    portal_session: str = ""
    manners: Manners = Manners(0)  # noqa: RUF009  # a frozen value

    @property
    def auditor(self) -> Staff:
        """Who looks into the logs."""
        return Staff(self.manners.staff_id("auditor"), "auditor")

    def recording(self, record: NoteExchange) -> "SouthFace":
        """The same face, telling somebody else of its exchanges."""
        return replace(self, record=record)

    def health(self) -> Reply:
        """Who the gateway is."""
        return self._call("GET", "/v1/health")

    def register(self, local_id: str, subject: Said) -> Reply:
        """Registers a resident under a 識別番号."""
        return self._call("PUT", f"/v1/subjects/{quote(local_id, safe='')}", "business", subject)

    def put_record(self, record: Said) -> Reply:
        """Registers one record of the 参照用DB."""
        return self._call("PUT", "/v1/records", "business", record)

    def put_records(self, records: Sequence[Said]) -> Reply:
        """Registers records in bulk."""
        return self._call("POST", "/v1/records/bulk", "business", {"records": list(records)})

    def delete_record(self, place: Said) -> Reply:
        """Deletes one record of the 参照用DB."""
        return self._call("POST", "/v1/records/deletion", "business", place)

    def import_file(self, information: str, data: bytes, **members: object) -> Reply:
        """Imports a fixed-width CP932 file. `members`: `set`, where it is one of several."""
        body = {"information": information, "file": base64.b64encode(data).decode(), **members}
        return self._call("POST", "/v1/imports", "business", body)

    def handle(self, handling: dict[str, str], staff: Staff) -> Reply:
        """Switches 自動/手動."""
        return self._call("PUT", "/v1/handling", "staff", handling, staff)

    def enquire(self, enquiry: Said, staff: Staff, caller: str = "business") -> Reply:
        """Submits a 照会依頼; another caller than the business system must be refused."""
        return self._call("POST", "/v1/enquiries", caller, enquiry, staff)

    def submit_batch(self, rows: Sequence[Said], staff: Staff) -> Reply:
        """Submits a バッチ."""
        return self._call("POST", "/v1/batches", "business", {"rows": list(rows)}, staff)

    def batch(self, batch_id: str) -> Reply:
        """処理状況 of a バッチ."""
        return self._call("GET", f"/v1/batches/{quote(batch_id, safe='')}", "business")

    def resend(self, batch_id: str, staff: Staff) -> Reply:
        """Submits the failed rows of a バッチ again."""
        return self._call("POST", f"/v1/batches/{quote(batch_id, safe='')}/resend", "business", {}, staff)

    def notify(self, notice: Said, staff: Staff) -> Reply:
        """Submits a 連絡."""
        return self._call("POST", "/v1/notices", "business", notice, staff)

    def notice(self, notice_id: str) -> Reply:
        """処理状況 of a 連絡."""
        return self._call("GET", f"/v1/notices/{quote(notice_id, safe='')}", "business")

    def received_notices(self, correlation_id: str) -> Reply:
        """連絡 that arrived."""
        return self._call("GET", f"/v1/notices?{urlencode({'correlation_id': correlation_id})}", "business")

    def open_portal(self, login: Said) -> Reply:
        """The portal authenticated a resident."""
        return self._call("POST", "/v1/portal-sessions", "business", login)

    def own_information(self, place: Said, session: str) -> Reply:
        """A resident looks at what is held about him or her."""
        return replace(self, portal_session=session)._call("POST", "/v1/own-information", "business", place)

    def enquiry(self, enquiry_id: str) -> Reply:
        """処理状況."""
        return self._call("GET", f"/v1/enquiries/{quote(enquiry_id, safe='')}", "business")

    def result(self, enquiry_id: str) -> Reply:
        """The answer of an enquiry."""
        return self._call("GET", f"/v1/enquiries/{quote(enquiry_id, safe='')}/result", "business")

    def pending(self, staff: Staff, caller: str = "staff") -> Reply:
        """What waits for a manual answer; another caller than staff must be refused."""
        return self._call("GET", "/v1/pending", caller, None, staff)

    def approve(self, correlation_id: str, staff: Staff, caller: str = "staff") -> Reply:
        """Lets a pending answer go; another caller than staff must be refused."""
        return self._call("POST", f"/v1/pending/{quote(correlation_id, safe='')}/approval", caller, {}, staff)

    def refuse(self, correlation_id: str, reason: str, staff: Staff) -> Reply:
        """Refuses a pending answer."""
        path = f"/v1/pending/{quote(correlation_id, safe='')}/refusal"
        return self._call("POST", path, "staff", {"reason": reason}, staff)

    def log(self, name: str, caller: str = "audit", **filters: str) -> Reply:
        """A log: access, audit or business, filtered; another caller than the auditor must be refused."""
        path = f"/v1/logs/{name}?{urlencode(filters)}"
        return self._call("GET", path, caller, None, self.auditor)

    def ask(self, request: Request) -> Reply:
        """Any request."""
        sent = {"Accept": "application/json", "Accept-Encoding": "identity"}
        if self.portal_session:
            sent["X-Portal-Session"] = self.portal_session
        if request.caller:
            token = getattr(self.statement.tokens, request.caller, "") or secrets.token_urlsafe(16)
            sent["Authorization"] = f"Bearer {token}"
        if request.raw is not None or request.written is not None:
            sent["Content-Type"] = "application/json"
        staff = request.staff
        sent |= staff.headers() if staff else {}
        who = StaffEntry(id=staff.id, role=staff.role, valid_until=staff.valid_until) if staff else None
        headers = self.manners.dressed(sent | dict(request.headers), request.caller)
        call = Call(
            request.method,
            request.path,
            headers,
            request.body,
            who,
            request.caller,
            request.raw,
            request.written,
            request.framing,
        )
        answered = self.transport.send(self.statement.south_url, call)
        reply = replace(answered, contract=self.statement.contract)
        self.record(_entry(call, reply))
        return reply

    def _call(
        self, method: str, path: str, caller: str = "", body: Any = None, staff: Staff | None = None
    ) -> Reply:
        return self.ask(Request(method, path, caller, body, staff))


def _entry(call: Call, reply: Reply) -> SouthCall:
    """The journal's view of an exchange; the bearer token is not in it."""
    entry = _answered(call, reply)
    if reply.began:
        entry["began"] = reply.began
        entry["media"] = reply.media[:_LONGEST_MEDIA]
        entry["head"] = reply.head
    if session := call.header("X-Portal-Session"):
        entry["session"] = session
    if call.raw is not None:
        entry["raw"] = call.raw.decode("latin-1")
    if call.written is not None:
        entry["size"] = len(call.written)
    return entry


def _answered(call: Call, reply: Reply) -> SouthCall:
    answered = reply.body if reply.problem is None else reply.text[:2000]
    found = answered.get("correlation_id") if isinstance(answered, dict) else None
    return {
        "face": "south",
        "method": call.method,
        "path": call.path,
        "request": shortened(call.body),
        "staff": call.staff,
        "status": reply.status,
        "response": answered,
        "seconds": round(reply.seconds, 6),
        "problem": reply.problem,
        "detail": reply.detail,
        "correlation_id": found if isinstance(found, str) else None,
        "caller": call.caller,
    }


def shortened(body: Any) -> Any:
    """A bulk request keeps its first rows, and says how many there were: a file of a million is none of a journal's."""
    rows = body.get("records") if isinstance(body, dict) else None
    if not isinstance(rows, list) or len(rows) <= LONGEST_LIST:
        return body
    return {**body, "records": rows[:LONGEST_LIST], "records_in_all": len(rows)}
