"""The work of an office: enquiries for a purpose, several at once, on either side; whose answer is missing."""

import re

from pytest_bdd import parsers, then, when

from harness.catalogue.findings import NonconformityError
from harness.contract.messages import Kind, Mode
from harness.contract.processing_status import enquiry_status
from harness.contract.texts import told
from harness.steps.verbs.fences import must_answer_this_alone, must_be_all_that_left
from harness.steps.verbs.logs import ASKED_AND_ANSWERED
from harness.steps.verbs.purposes import PURPOSES
from harness.steps.verbs.requesting_side import complete, enquire
from harness.steps.verbs.responding_side import ask_for
from harness.steps.verbs.scene import Scene

_PURPOSE = "(?P<purpose>" + "|".join(map(re.escape, PURPOSES)) + ")"


@when(
    parsers.re(
        r"(?P<role>\w+)の職員が、(?P<purpose>[^、]+)のため、"
        r"(?P<who>[^、]+)の(?P<information>\w+情報)を(?P<where>[^、]+)に照会する"
    )
)
def _enquire(scene: Scene, role: str, purpose: str, who: str, information: str, where: str) -> None:
    person, to = scene.person(who), scene.organisation(where)
    enquire(scene, scene.staff(role), person, information, to, PURPOSES[purpose])


@when(parsers.re(r"(?P<role>\w+)の職員が、(?P<purpose>[^、]+)のため、次のとおり照会する"))
def _enquire_all(scene: Scene, role: str, purpose: str, datatable: list[list[str]]) -> None:
    for who, information, where in datatable[1:]:
        _enquire(scene, role, purpose, who, information, where)


@then("すべての照会は応答済となる")
def _all_answered(scene: Scene) -> None:
    for enquiry in scene.enquiries:
        complete(scene, enquiry)


@when(parsers.parse("{where}が、{who}の{information}の照会に応答できるようになる"))
def _speaks_again(scene: Scene, where: str, who: str, information: str) -> None:
    holder = scene.organisation(where)
    scene.control.set_behaviour(holder.code, scene.person(who).ref, information, "answers")


@then(parsers.parse("まだ応答のない照会は、{where}への{information}の照会だけである"))
def _one_unanswered(scene: Scene, where: str, information: str) -> None:
    """What the office must name when it puts a decision off (生活保護法24条6項: その理由を明示)."""
    to = scene.organisation(where)
    for enquiry in scene.enquiries:
        if (enquiry.to, enquiry.information) != (to, information):
            complete(scene, enquiry)
    missing = next(e for e in scene.enquiries if (e.to, e.information) == (to, information))
    status = scene.south.enquiry(missing.accepted()["enquiry_id"]).expect(200, "enquiry-status")["status"]
    if status not in enquiry_status().open:
        observed = f"応答していない{to.name}への照会が{status}である"
        raise NonconformityError("STATUS_NOT_REACHED", observed, "応答を待っている")


@then("決定の理由とした情報と提供した団体は、ネットワークの記録と一致する")
def _provenance(scene: Scene) -> None:
    """A decision is written with its reasons (生活保護法24条4項): what came, and from whom, must be right."""
    for enquiry in scene.enquiries:
        status = enquiry.accepted()
        result = scene.south.result(status["enquiry_id"]).expect(200, "enquiry-result")
        scene.exchanges(at_least=ASKED_AND_ANSWERED, correlation_id=status["correlation_id"])
        records = scene.control.provisions(correlation_id=status["correlation_id"])
        given_by = {(p["provider"], p["information"]) for p in records if p["kind"] == Kind.ANSWER}
        if (result["from"], result["information"]) not in given_by:
            observed = f"{result['from']} の{result['information']}"
            raise NonconformityError(
                "RECORD_MISMATCH", observed, f"ネットワークの記録 {told(sorted(given_by))}"
            )


@then(
    parsers.parse(
        "{role}の職員による{purpose}のための{who}の{information}の{where}への照会は応答済となり、"
        "拒否された照会はネットワークに送られていない"
    )
)
def _paired(scene: Scene, role: str, purpose: str, who: str, information: str, where: str) -> None:
    person, to = scene.person(who), scene.organisation(where)
    refused = scene.enquiries[-1]
    proper = enquire(scene, scene.staff(role), person, information, to, PURPOSES[purpose])
    must_be_all_that_left(scene, refused, proper)


@when(
    parsers.re(
        rf'"(?P<where>[^"]+)" が、{_PURPOSE}のため、(?P<who>[^、"]+)の(?P<information>\w+関係情報)を(?:本市|本県)に照会する'
    )
)
def _asked(scene: Scene, where: str, purpose: str, who: str, information: str) -> None:
    ask_for(scene, scene.organisation(where), scene.person(who), information, PURPOSES[purpose])


@when(parsers.re(rf'"(?P<where>[^"]+)" が、{_PURPOSE}のため、次のとおり本市に照会する'))
def _asked_all(scene: Scene, where: str, purpose: str, datatable: list[list[str]]) -> None:
    for who, information in datatable[1:]:
        _asked(scene, where, purpose, who, information)


@when(parsers.re(rf'"(?P<where>[^"]+)" が、{_PURPOSE}のため、次のとおりバッチで本市に照会する'))
def _asked_in_a_batch(scene: Scene, where: str, purpose: str, datatable: list[list[str]]) -> None:
    """At the gateway that is asked, each row is an enquiry by itself."""
    sender = scene.organisation(where)
    for who, information in datatable[1:]:
        ask_for(scene, sender, scene.person(who), information, PURPOSES[purpose], mode=Mode.BATCH)


@then(
    parsers.parse(
        '"{where}" からの{purpose}のための{who}の{information}の照会には応答し、拒否した照会依頼には何も送らない'
    )
)
def _paired_inward(scene: Scene, where: str, purpose: str, who: str, information: str) -> None:
    sender, person = scene.organisation(where), scene.person(who)
    must_answer_this_alone(scene, lambda: ask_for(scene, sender, person, information, PURPOSES[purpose]))
