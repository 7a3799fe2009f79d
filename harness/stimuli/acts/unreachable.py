"""Before anything else: the network is there, and its directory cannot be had, so that a gateway that has none yet has to wait (guide
§2 Refusals 6, §3 What you check on receipt, §4)."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from harness.contract.messages import Kind, new_id
from harness.contract.roles import role_fits, roles
from harness.gateways.south import Request
from harness.stimuli.citations import Citation
from harness.stimuli.faults import Recipe, meaning
from harness.stimuli.partners import NOBODY, partner_holds
from harness.stimuli.south_requests import Body, enquiry, notice, told
from harness.stimuli.stage import Resident, Stage

_FAILURES: Final = ("broken", "server-error")


def unreachable(stage: Stage, _: Callable[[], None]) -> None:
    """Everything is refused for the time being, some of it for good; then it is sent again, and goes its way."""
    provides, asks = stage.citations(asks=False), stage.citations(asks=True)
    resident = stage.residents(1)[0]
    sent: list[tuple[Body, str]] = []
    batches: list[Any] = []
    for failure in _FAILURES:
        stage.control.tell_directory(answer=failure)
        if failure == _FAILURES[0]:
            stage.ask(stage.registration(resident))
        if provides:
            sent += list(_messages(stage, resident, provides[0]))
        if asks:
            stage.ask_all(list(_requests(stage, resident, asks[0])))
            batches.append(stage.ask(_batch(stage, resident, asks[0])).body)
    stage.control.tell_directory()
    for body, id_ in sent:
        opens = {"correlation_id": id_} if body["kind"] == Kind.ENQUIRY else {}
        _send(stage, body, meaning(message_id=id_, **opens))
    for said in batches:
        _again(stage, said, asks[0])
    if asks:
        _told_in_vain(stage, resident, asks[0])
    _looked(stage)


def _told_in_vain(stage: Stage, resident: Resident, citation: Citation) -> None:
    """A 連絡 that nobody acknowledges: it is sent once more while the scenarios run, after the time that no request has to name."""
    stage.control.set_behaviour(citation.provider.code, resident.ref, citation.information, "silent")
    body = notice(citation, resident.local_id, items={"届出の種類": "転出"})
    stage.ask(Request("POST", "/v1/notices", "business", body, stage.staff(citation.role)))


def _looked(stage: Stage) -> None:
    """The logs without a filter, while they fit into an answer; and what is not there."""
    stage.ask_all([Request("GET", f"/v1/logs/{log}", "audit") for log in ("access", "audit", "business")])
    for path in (
        f"enquiries/{new_id()}",
        f"enquiries/{new_id()}/result",
        f"batches/{new_id()}",
        f"notices/{new_id()}",
    ):
        stage.ask(Request("GET", f"/v1/{path}", "business"))


def _messages(stage: Stage, resident: Resident, citation: Citation) -> Iterator[tuple[Body, str]]:
    """Of each kind, with the id under which it can come again; first what is none, then what is wrong in a later check."""
    asking = citation.said_by(citation.requester.code, resident.ref)
    for kind in Kind:
        body = {**asking, "kind": kind, "correlation_id": None if kind == Kind.ENQUIRY else new_id()}
        _send(stage, body, {"changes": [{"layer": "outer", "op": "raw", "value": "[]"}]})
        _send(stage, body, meaning(expires_at="2012-08-01T00:00:00Z"))
        yield body, _send(stage, body, {})


def _send(stage: Stage, body: Body, recipe: Recipe) -> str:
    """An enquiry by the instruction for it, anything else by the other."""
    whole = {name: member for name, member in body.items() if member is not None} | {"recipe": dict(recipe)}
    if body["kind"] == Kind.ENQUIRY:
        del whole["kind"]
        return str(stage.control.enquire({**whole, "key": {}})["message_id"])
    return str(stage.control.notify({**whole, "items": {}})["message_id"])


def _requests(stage: Stage, resident: Resident, citation: Citation) -> Iterator[Request]:
    """One that needs a directory, beside others that would be refused before, or later."""
    unfit = next(code for code in roles() if not role_fits(code, citation.affair))
    asked = {**enquiry(citation, resident.local_id), "mode": "オンライン"}
    for path, body in (("/v1/enquiries", asked), ("/v1/notices", notice(citation, resident.local_id))):
        for role, members in (
            (citation.role, {}),
            (unfit, {}),
            (citation.role, {"to": NOBODY}),
            (citation.role, {"local_id": "0"}),
        ):
            yield Request("POST", path, "business", {**body, **members}, stage.staff(role))


def _batch(stage: Stage, resident: Resident, citation: Citation) -> Request:
    partner_holds(stage, resident, citation, {})
    row = enquiry(citation, resident.local_id)
    rows = [row, {**row, "to": NOBODY}, row]
    return Request("POST", "/v1/batches", "business", {"rows": rows}, stage.staff(citation.role))


def _again(stage: Stage, said: Any, citation: Citation) -> None:
    id_ = told(said, "batch_id")
    if id_ is None:
        return
    look = Request("GET", f"/v1/batches/{id_}", "business")
    stage.until(lambda: _is_over(stage.ask(look).body), 1.0)
    stage.ask(Request("POST", f"/v1/batches/{id_}/resend", "business", {}, stage.staff(citation.role)))


def _is_over(said: Any) -> bool:
    rows = said.get("rows", ()) if isinstance(said, dict) else ()
    return all(isinstance(row, dict) and row.get("status") == "エラー" for row in rows)
