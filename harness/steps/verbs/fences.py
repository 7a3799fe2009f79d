"""That nothing was sent: a proper exchange behind which whatever was sent before it would have shown."""

from collections.abc import Callable

from harness.catalogue.findings import NonconformityError
from harness.contract.organisations import Organisation
from harness.residents.data_items import TAX
from harness.residents.people import Person
from harness.steps.verbs.refusing import as_paired_positive
from harness.steps.verbs.requesting_side import complete, sent_by_gateway
from harness.steps.verbs.responding_side import answers, ask_aside, the_answer
from harness.steps.verbs.scene import Enquiry, Incoming, Scene
from harness.steps.verbs.usual import tax_key

_MUNICIPALITY, _RESPONDING = "市町村", "応答側"
_ASKER = "福岡市"  # asks any municipality what a fence asks


def fence(scene: Scene, sender: Organisation) -> None:
    """An enquiry about somebody whom no gateway can know, and its outcome: what the gateway sent a second time
    before has reached the network by now. Whether the outcome is right is ID-04's matter."""
    stranger = scene.control.add_person(f"{scene.household.claimant.ref}-stranger")["person"]
    answers(scene, ask_aside(scene, sender, stranger, TAX, tax_key(TAX)), at_least=1)


def must_have_sent_nothing(scene: Scene, person: Person) -> None:
    """Of a gateway that can be asked for it, behind a fence; what comes later from another is the judge's of the whole record."""
    if scene.own.kind == _MUNICIPALITY and _RESPONDING in scene.south.statement.declares.roles:
        fence(scene, scene.organisation(_ASKER))
    sent = scene.exchanges(person=person.ref, direction="from_gateway")
    if sent:
        header = sent[0]["header"] or {}
        observed = f"{header.get('information')}の{header.get('kind')}が送られた"
        raise NonconformityError("FORWARDED", observed, "この人については何も送らない")


def must_answer_this_alone(scene: Scene, ask_properly: Callable[[], Incoming]) -> None:
    """The positive differs in nothing but the reason of the refusal; its answer is the fence behind which an
    answer to the refused enquiry would have shown."""
    refused = scene.incoming[-1]
    must_answer_properly(scene, ask_properly())
    if late := answers(scene, refused):
        raise NonconformityError(
            "FORWARDED", f"{late[0]['header']['kind']}が送られた", "拒否した電文には何も送らない"
        )


def must_answer_properly(scene: Scene, proper: Incoming) -> None:
    try:
        the_answer(scene, proper)
    except NonconformityError as error:
        raise as_paired_positive(error) from error


def must_be_all_that_left(scene: Scene, refused: Enquiry, proper: Enquiry) -> None:
    """The lawful enquiry is the fence: whatever the refused one sent would have passed the network before it."""
    try:
        status = complete(scene, proper)
    except NonconformityError as error:
        raise as_paired_positive(error) from error
    sent = sent_by_gateway(scene, refused.person)
    others = [e for e in sent if e["header"]["correlation_id"] != status["correlation_id"]]
    if others:
        header = others[0]["header"]
        observed = f"{header['information']}の照会依頼（職責 {header['role']}）が送られた"
        raise NonconformityError("FORWARDED", observed, "拒否した照会は送られない")
