"""連絡 of the use cases: what one office tells another without having been asked."""

from pytest_bdd import parsers, then, when

from harness.catalogue.findings import NonconformityError
from harness.contract.messages import Kind
from harness.steps.verbs.filling import typed_values, whole_record
from harness.steps.verbs.notes import NOTICE, SENT
from harness.steps.verbs.notifying import Notice, handed_over, send_notice
from harness.steps.verbs.placing import register
from harness.steps.verbs.purposes import PURPOSES
from harness.steps.verbs.responding_side import citing, must_accept, tell
from harness.steps.verbs.scene import Scene

_WHAT = r"(?P<purpose>\w+)として、(?P<who>[^、]+)の(?P<information>\w+関係情報)を"


@when(parsers.re(rf"(?P<role>\w+)の職員が、{_WHAT}次のとおり(?P<where>[^、]+)に連絡する"))
def _notify(
    scene: Scene,
    role: str,
    purpose: str,
    who: str,
    information: str,
    where: str,
    datatable: list[list[str]],
) -> None:
    person, to = scene.person(who), scene.organisation(where)
    items = whole_record(scene, person, information, typed_values(information, datatable))
    scene.kept[(person.ref, information, "")] = items
    notice = Notice(person, information, to, items, PURPOSES[purpose])
    scene.noted[NOTICE] = send_notice(scene, role, notice)
    scene.noted["notified"] = (person.ref, information, to)


@then("連絡した項目は、そのまま相手団体に届く")
def _arrived(scene: Scene) -> None:
    status = scene.noted[NOTICE].expect(202, "notice-status")
    ref, information, to = scene.noted["notified"]
    sent = scene.exchanges(at_least=1, correlation_id=status["correlation_id"], kind=Kind.NOTICE)
    expected = f"{to.name}への{information}の連絡が、登録したとおりに届く"
    if not sent or sent[0]["status"] != 202 or sent[0]["content"] is None:
        raise NonconformityError("NO_ANSWER", "連絡が届かない", expected)
    header, items = sent[0]["header"], sent[0]["content"]["items"]
    if (header["to"], header["information"]) != (to.code, information):
        raise NonconformityError("HEADER_DIFFERS", f"宛先 {header['to']}、{header['information']}", expected)
    scene.noted.setdefault(SENT, {})[(ref, information)] = items
    _must_equal(items, scene.kept[(ref, information, "")])


@then(parsers.parse("{where}への連絡は、その一つだけである"))
def _only_one(scene: Scene, where: str) -> None:
    """What a refused 連絡 had sent would have passed the network before the proper one."""
    ref, _, to = scene.noted["notified"]
    sent = scene.exchanges(person=ref, kind=Kind.NOTICE, to=to.code)
    if len({e["header"]["correlation_id"] for e in sent}) != 1:
        raise NonconformityError("FORWARDED", "拒否した連絡が送られた", "拒否した連絡は送られない")


@when(parsers.re(rf'"(?P<where>[^"]+)" が、{_WHAT}次のとおり(?:本市|本県)に連絡する'))
def _tell(
    scene: Scene, where: str, purpose: str, who: str, information: str, datatable: list[list[str]]
) -> None:
    person = scene.person(who)
    items = whole_record(scene, person, information, typed_values(information, datatable))
    register(scene, person)
    scene.kept[(person.ref, information, "")] = items
    cited = citing(scene, PURPOSES[purpose], information)
    tell(scene, scene.organisation(where), person, information, items, **cited)


@then(parsers.re(r"届いた連絡は、(?P<who>[^、]+)の(?P<information>\w+関係情報)として業務システムに渡される"))
def _handed_over(scene: Scene, who: str, information: str) -> None:
    incoming, person = scene.incoming[-1], scene.person(who)
    must_accept(incoming)
    found = handed_over(scene, incoming)
    facts = [(n["local_id"], n["from"], n["information"]) for n in found]
    if facts != [(person.local_id, incoming.sender.code, information)]:
        raise NonconformityError("WRONG_RECORD", f"渡された連絡は {facts}"[:400], "届いた連絡が一つ")
    scene.received[(person.ref, information)] = found[0]["items"]
    _must_equal(found[0]["items"], scene.kept[(person.ref, information, "")])


def _must_equal(items: dict[str, object], told: dict[str, object]) -> None:
    changed = [name for name in told if items.get(name) != told[name]] + sorted(set(items) - set(told))
    if changed:
        raise NonconformityError("VALUE_CHANGED", f"違う項目 {'、'.join(changed)}", "連絡した項目のまま")
