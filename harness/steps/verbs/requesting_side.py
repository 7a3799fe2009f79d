"""Enquiries of the requesting side as verbs that several step files share."""

from dataclasses import replace
from typing import Any

from harness.catalogue.findings import NonconformityError
from harness.contract.items import informations
from harness.contract.messages import Kind, Mode
from harness.contract.organisations import Organisation
from harness.contract.processing_status import enquiry_status
from harness.contract.texts import told
from harness.gateways.south import Staff
from harness.residents.people import Person
from harness.steps.verbs.placing import register
from harness.steps.verbs.purposes import PURPOSES
from harness.steps.verbs.scene import Enquiry, Scene
from harness.steps.verbs.unannounced import request_before
from harness.use_cases.claim import Items
from harness.use_cases.purposes import Purpose

ALLOWANCE = PURPOSES["児童扶養手当の支給"]
AFFAIR = ALLOWANCE.affair


def usual(scene: Scene) -> Purpose:
    """What the own office asks for where a scenario is about something else: 児童扶養手当 or, where it does not decide on that (a town
    without 福祉事務所), the tax of its residents."""
    return ALLOWANCE if scene.grants_allowance else PURPOSES["市町村税の賦課"]


def usual_staff(scene: Scene, staff: Staff) -> Staff:
    """Who asks for that: the same person, of the office that does."""
    return replace(staff, role=usual(scene).role) if staff.role == ALLOWANCE.role else staff


def basis(scene: Scene, purpose: Purpose = ALLOWANCE, information: str = "") -> dict[str, str]:
    """What a purpose cites; without a table of its own, the newest version that the gateway declares."""
    cited = purpose.basis(scene.south.statement.declares.tables, information)
    return {"table": cited.table, "item": cited.item}


def enquire(
    scene: Scene,
    staff: Staff,
    person: Person,
    information: str,
    to: Organisation,
    purpose: Purpose | None = None,
) -> Enquiry:
    """Submits a 照会依頼; whether it is accepted is for the following steps to say."""
    register(scene, person)
    staff = staff if purpose else usual_staff(scene, staff)
    wished = wish(scene, person, information, to, purpose)
    request_before(scene, wished, staff.role)
    reply = scene.south.enquire(wished, staff)
    enquiry = Enquiry(person, to, information, reply)
    scene.enquiries.append(enquiry)
    return enquiry


def key_for(scene: Scene, information: str) -> dict[str, str]:
    """The enquiry key (§3-4), for the year that the claim of the scenario asks for."""
    known = informations().get(information)
    return {"相当年度": scene.fiscal_year} if known and known.key else {}


def wish(
    scene: Scene, person: Person, information: str, to: Organisation, purpose: Purpose | None = None
) -> dict[str, Any]:
    """The body of a 照会依頼 of schema `enquiry`."""
    purpose = purpose or usual(scene)
    return {
        "local_id": person.local_id,
        "to": to.code,
        "basis": basis(scene, purpose, information),
        "affair": purpose.affair,
        "information": information,
        "key": key_for(scene, information),
        "mode": Mode.ONLINE,
    }


def await_status(scene: Scene, enquiry: Enquiry, wanted: str, allowed_seconds: float = 0.0) -> dict[str, Any]:
    """Follows 処理状況 until it is final, `allowed_seconds` before the limit begins. Raises NonconformityError when it is
    another than wanted."""
    enquiry_id = enquiry.accepted()["enquiry_id"]
    quiet = scene.polling()
    last: dict[str, Any] = {}

    def final() -> bool:
        last.update(quiet.enquiry(enquiry_id).expect(200, "enquiry-status"))
        return last["status"] in enquiry_status().outcomes

    expected = f"{enquiry.to.name}への{enquiry.information}の照会が{wanted}になる"
    observed = "処理状況は{status}のまま"
    scene.until(final, "STATUS_NOT_REACHED", lambda: observed.format_map(last), expected, allowed_seconds)
    status: dict[str, Any] = scene.south.enquiry(enquiry_id).expect(200, "enquiry-status")
    if status["status"] != wanted:
        raise NonconformityError(
            "STATUS_NOT_REACHED", f"処理状況 {status['status']} {status.get('error') or ''}", expected
        )
    return status


def fetch(scene: Scene, enquiry: Enquiry) -> Items:
    """The items that came back, after checking that they answer this enquiry. Raises NonconformityError."""
    enquiry_id = enquiry.accepted()["enquiry_id"]
    return fetch_result(scene, enquiry_id, enquiry.person, enquiry.information, enquiry.to)


def fetch_result(scene: Scene, enquiry_id: str, person: Person, information: str, to: Organisation) -> Items:
    """The same by the id of an enquiry, which may be a row of a バッチ."""
    result = scene.south.result(enquiry_id).expect(200, "enquiry-result")
    asked = (person.local_id, to.code, information)
    came = (result["local_id"], result["from"], result["information"])
    if came != asked:
        raise NonconformityError(
            "HEADER_DIFFERS", f"結果の対象者・相手・情報が {told(came)}", f"照会したとおり {told(asked)}"
        )
    items: Items = result["items"]
    scene.received[(person.ref, information)] = items
    return items


def complete(scene: Scene, enquiry: Enquiry) -> dict[str, Any]:
    """Waits until an enquiry is 応答済 and takes its items; the enquiry-status object. Raises NonconformityError."""
    status = await_status(scene, enquiry, "応答済")
    fetch(scene, enquiry)
    return status


def sent_by_gateway(scene: Scene, person: Person, kind: Kind = Kind.ENQUIRY) -> list[dict[str, Any]]:
    """What the gateway sent about a person, seen from the network."""
    found = scene.exchanges(person=person.ref, kind=kind)
    return [e for e in found if e["direction"] == "from_gateway"]
