"""Enquiries of the requesting side as verbs that several step files share."""

from typing import Any

from harness.benefits.child_rearing_allowance_facts import fiscal_year_for
from harness.gateways.south import Staff
from harness.residents.people import Person
from harness.spec.findings import NonconformityError
from harness.spec.messages import Kind, Mode
from harness.spec.organisations import Organisation
from harness.steps.registering import register
from harness.steps.registers import TAX
from harness.steps.scene import Enquiry, Scene

AFFAIR = "児童扶養手当法による児童扶養手当の支給に関する事務"
ITEM = "57"
_FINAL = {"応答済", "エラー", "期限切れ"}


def basis(scene: Scene) -> dict[str, str]:
    """Item 57 of the newest table that the gateway declares."""
    return {"table": max(scene.south.statement.declares.tables), "item": ITEM}


def enquire(scene: Scene, staff: Staff, person: Person, information: str, to: Organisation) -> Enquiry:
    """Submits a 照会依頼; whether it is accepted is for the following steps to say."""
    register(scene, person)
    reply = scene.south.enquire(wish(scene, person, information, to), staff)
    enquiry = Enquiry(person, to, information, reply)
    scene.enquiries.append(enquiry)
    return enquiry


def wish(scene: Scene, person: Person, information: str, to: Organisation) -> dict[str, Any]:
    """The body of a 照会依頼 of schema `enquiry`, for the year that the claim of the scenario asks for."""
    year = fiscal_year_for(scene.claim["date"]) if scene.claim else "2012"
    return {
        "local_id": person.local_id,
        "to": to.code,
        "basis": basis(scene),
        "affair": AFFAIR,
        "information": information,
        "key": {"相当年度": year} if information == TAX else {},
        "mode": Mode.ONLINE,
    }


def await_status(scene: Scene, enquiry: Enquiry, wanted: str) -> dict[str, Any]:
    """Follows 処理状況 until it is final. Raises NonconformityError when it is another than wanted."""
    enquiry_id = enquiry.accepted()["enquiry_id"]
    quiet = scene.south.recording(lambda _: None)
    last: dict[str, Any] = {}

    def final() -> bool:
        last.update(quiet.enquiry(enquiry_id).expect(200, "enquiry-status"))
        return last["status"] in _FINAL

    expected = f"{enquiry.to.name}への{enquiry.information}の照会が{wanted}になる"
    scene.until(final, "STATUS_NOT_REACHED", lambda: f"処理状況は{last['status']}のまま", expected)
    status: dict[str, Any] = scene.south.enquiry(enquiry_id).expect(200, "enquiry-status")
    if status["status"] != wanted:
        raise NonconformityError(
            "STATUS_NOT_REACHED", f"処理状況 {status['status']} {status.get('error') or ''}", expected
        )
    return status


def fetch(scene: Scene, enquiry: Enquiry) -> dict[str, Any]:
    """The items that came back, after checking that they answer this enquiry. Raises NonconformityError."""
    result = scene.south.result(enquiry.accepted()["enquiry_id"]).expect(200, "enquiry-result")
    asked = (enquiry.person.local_id, enquiry.to.code, enquiry.information)
    came = (result["local_id"], result["from"], result["information"])
    if came != asked:
        raise NonconformityError(
            "HEADER_DIFFERS", f"結果の対象者・相手・情報が {came}", f"照会したとおり {asked}"
        )
    items: dict[str, Any] = result["items"]
    scene.received[(enquiry.person.ref, enquiry.information)] = items
    return items


def sent_by_gateway(scene: Scene, person: Person, kind: Kind = Kind.ENQUIRY) -> list[dict[str, Any]]:
    """What the gateway sent about a person, seen from the network."""
    found = scene.exchanges(person=person.ref, kind=kind)
    return [e for e in found if e["direction"] == "from_gateway"]
