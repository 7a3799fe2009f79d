"""What offices did without the network: a paper is made out where the information is, and looked at where it is needed."""

from pytest_bdd import parsers, then, when

from harness.catalogue.findings import NonconformityError
from harness.residents.people import Person
from harness.steps.verbs.fences import must_have_sent_nothing
from harness.steps.verbs.notes import NOTICE, PAPERS
from harness.steps.verbs.papers import must_follow_the_claim
from harness.steps.verbs.purposes import PURPOSES
from harness.steps.verbs.refusing import must_refuse
from harness.steps.verbs.requesting_side import enquire
from harness.steps.verbs.responding_side import ask_for, must_be_refused
from harness.steps.verbs.scene import Scene

_WHAT = r"(?P<who>[^、]+)の(?P<information>\w+情報)"


@when(parsers.re(_WHAT + r"について、(?P<where>[^、]+)が(?P<paper>\w+)を交付する"))
def _made_out(scene: Scene, who: str, information: str, where: str, paper: str) -> None:
    """As the register has it on that day; what changes there later does not change the paper."""
    papers = scene.noted.setdefault(PAPERS, {})
    for person in _people(scene, who):
        record = scene.records[(scene.organisation(where).code, person.ref, information)]
        papers[(paper, person.ref, information)] = dict(record)


@when(parsers.re(r"(?:本人の|届いた)(?P<paper>\w+)により、" + _WHAT + r'を "(?P<day>[^"]+)" に確かめる'))
def _looked_at(scene: Scene, paper: str, who: str, information: str, day: str) -> None:
    must_follow_the_claim(scene, day)
    for person in _people(scene, who):
        scene.received[(person.ref, information)] = scene.noted[PAPERS][(paper, person.ref, information)]


@then(
    parsers.re(
        r"(?P<role>\w+)の職員による(?P<purpose>[^、]+)のための" + _WHAT + r"の(?P<where>[^、]+)への照会は"
        r"「(?P<reason>[^」]+)」として拒否され、ネットワークに何も送られていない"
    )
)
def _not_over_the_network(
    scene: Scene, role: str, purpose: str, who: str, information: str, where: str, reason: str
) -> None:
    person, to = scene.person(who), scene.organisation(where)
    must_refuse(enquire(scene, scene.staff(role), person, information, to, PURPOSES[purpose]).reply, reason)
    must_have_sent_nothing(scene, person)


@then(
    parsers.re(
        r'"(?P<where>[^"]+)" からの(?P<purpose>[^、]+)のための' + _WHAT + r"の照会は"
        r"「(?P<reason>[^」]+)」として拒否し、何も送っていない"
    )
)
def _not_given_over_the_network(
    scene: Scene, where: str, purpose: str, who: str, information: str, reason: str
) -> None:
    person = scene.person(who)
    must_be_refused(ask_for(scene, scene.organisation(where), person, information, PURPOSES[purpose]), reason)
    must_have_sent_nothing(scene, person)


@then(parsers.parse("{who}については、ネットワークに何も送られていない"))
def _nothing_sent(scene: Scene, who: str) -> None:
    if not scene.enquiries and not scene.incoming and NOTICE not in scene.noted:
        raise NonconformityError(
            "PREREQUISITE", "照会も連絡もまだない", "ほかの人についての照会又は連絡の後で確かめる"
        )
    must_have_sent_nothing(scene, scene.person(who))


def _people(scene: Scene, who: str) -> list[Person]:
    """One paper may tell of several: 住民票の写し of a household."""
    return [scene.person(word) for word in who.split("と")]
