"""What is known of people: from what the gateway handed over, from what left it, or in truth."""

from collections.abc import Mapping

from harness.contract.items import informations
from harness.residents.people import Person
from harness.steps.verbs.notes import SENT
from harness.steps.verbs.responding_side import answer_at_hand, items_of
from harness.steps.verbs.scene import Scene
from harness.use_cases.claim import Items, Knowledge


def received(scene: Scene) -> Knowledge:
    """Results of enquiries, and 連絡 as the business system was given them."""
    return _within(scene.received)


def provided(scene: Scene) -> Knowledge:
    """Answers that the gateway sent, and 連絡 that it sent. Raises NonconformityError where an answer is missing."""
    answered = {
        (incoming.person_ref, incoming.information): items_of(answer_at_hand(scene, incoming))
        for incoming in scene.incoming
        if incoming.correlation_id not in scene.told
    }
    return _within({**answered, **scene.noted.get(SENT, {})})


def truth(scene: Scene) -> Knowledge:
    """What the registers hold: of the year that the claim asks for where an information is kept by year."""

    def known(person: Person, information: str) -> Items | None:
        keyed = information in informations() and informations()[information].key
        year = scene.fiscal_year if keyed else ""
        return scene.kept.get((person.ref, information, year))

    return known


def _within(found: Mapping[tuple[str, str], Items]) -> Knowledge:
    return lambda person, information: found.get((person.ref, information))
