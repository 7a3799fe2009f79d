"""Brings people and records to where they belong: the gateway's south face, or a counterpart behind the network."""

from typing import Any

from harness.bench.registration import subject
from harness.catalogue.findings import NonconformityError
from harness.contract.organisations import Organisation
from harness.residents.people import Person
from harness.steps.verbs.scene import Scene


def register(scene: Scene, person: Person) -> None:
    """Makes the person known to network and gateway, once. Raises NonconformityError when the gateway refuses."""
    if person.ref in scene.registered:
        return
    tokens = scene.control.add_person(person.ref)["enrolment_tokens"]
    reply = scene.south.register(person.local_id, subject(person, tokens[scene.own.code]))
    reply.must_answer()
    if reply.status not in {200, 201}:
        raise NonconformityError("UNEXPECTED_STATUS", reply.observed(), "対象者の登録に 201 又は 200")
    scene.registered.add(person.ref)


def keep(
    scene: Scene, holder: Organisation, person: Person, information: str, items: dict[str, Any], **key: str
) -> None:
    """A record at its holder: the gateway's 参照用DB, or a counterpart's register."""
    if holder == scene.own:
        register(scene, person)
        record = {"local_id": person.local_id, "information": information, "key": key, "items": items}
        scene.south.put_record(record).expect(200)
    else:
        scene.control.add_person(person.ref)
        scene.control.put_record(holder.code, person.ref, information, key, items)
    scene.records[(holder.code, person.ref, information)] = items
    scene.kept[(person.ref, information, key.get("相当年度", ""))] = items
