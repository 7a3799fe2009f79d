"""自動/手動 (§2-4): switching by affair and information, and what staff may decide, when and how often."""

from typing import Any

from pytest_bdd import given, parsers, then, when

from harness.catalogue.findings import NonconformityError
from harness.gateways.exchange import Reply
from harness.steps.verbs.fences import fence
from harness.steps.verbs.papers import must_follow_the_claim
from harness.steps.verbs.purposes import PURPOSES
from harness.steps.verbs.refusing import must_refuse
from harness.steps.verbs.responding_side import answers
from harness.steps.verbs.scene import Incoming, Scene
from harness.steps.verbs.usual import STAFF, owner


@given(parsers.parse("本市は、{purpose}の事務への応答を手動とした"))
def _affair_by_hand(scene: Scene, purpose: str) -> None:
    _switch_for_a_while(scene, "affair", PURPOSES[purpose].affair)


@given(parsers.parse("本市は、{purpose}の事務には、いつも手動で応答する"))
def _affair_always_by_hand(scene: Scene, purpose: str) -> None:
    """Never switched back: every scenario about this affair says so, in whatever order they run."""
    _switch(scene, "affair", PURPOSES[purpose].affair, "手動")


@given(parsers.re(r"本市は、(?P<information>\w+関係情報)への応答を手動とした"))
def _information_by_hand(scene: Scene, information: str) -> None:
    _switch_for_a_while(scene, "information", information)


@when(parsers.parse("本市が、{who}への照会の応答を自動に戻す"))
def _automatic_again(scene: Scene, who: str) -> None:
    _switch(scene, "subject", scene.person(who).local_id, "自動")


@when(parsers.parse('本人の同意書を "{day}" に確かめる'))
def _consent(scene: Scene, day: str) -> None:
    """A paper that the resident still has to bring, as the report counts."""
    must_follow_the_claim(scene, day)


@then("その照会は待ったままで、何も送られていない")
def _still_waits(scene: Scene) -> None:
    """What the enquirer learns before the paper is there is too much."""
    incoming = scene.incoming[-1]
    fence(scene, incoming.sender)
    _must_wait(scene, incoming, "同意書を確かめるまでは、応答待ちの一覧に載り、何も送られない")


@then("先の照会は、まだ応答待ちの一覧に載っている")
def _still_pending(scene: Scene) -> None:
    before = scene.incoming[-2]
    _must_wait(scene, before, "切替えの前から待っている照会は、職員の判断を待つ")


@then("もう一度の承認は拒否され、照会応答は一度だけである")
def _approved_once(scene: Scene) -> None:
    incoming = scene.incoming[-1]
    must_refuse(_approve(scene, incoming), "指定されたものがない")
    fence(scene, incoming.sender)
    if (count := len(answers(scene, incoming))) != 1:
        raise NonconformityError("DUPLICATE_ANSWER", f"{count} 件", "1 件")


@then("応答待ちの一覧は、届いた順である")
def _oldest_first(scene: Scene) -> None:
    ours = [i.correlation_id for i in scene.incoming]
    if [id_ for id_ in _listed(scene, scene.incoming[-1]) if id_ in ours] != ours:
        raise NonconformityError("PENDING_DIFFERS", "届いた順に並んでいない", "古いものから順に並ぶ")


@then(parsers.parse("有効期限の {seconds:d} 秒の後、その照会は一覧から消え、承認できず、何も送られない"))
def _expired(scene: Scene, seconds: int) -> None:
    """The gateway's own clock decides, so its time has to pass."""
    incoming = scene.incoming[-1]

    def gone() -> bool:
        return incoming.correlation_id not in _listed(scene, incoming)

    expected = "有効期限を過ぎた照会は一覧から消える"
    allowed = seconds + scene.south.limits.clock_seconds
    scene.until(gone, "PENDING_DIFFERS", lambda: "期限の後も一覧に載っている", expected, allowed)
    must_refuse(_approve(scene, incoming), "指定されたものがない")
    fence(scene, incoming.sender)
    if answers(scene, incoming):
        raise NonconformityError("FORWARDED", "期限を過ぎた照会に応答した", "何も送らない")


@then("応答待ちの一覧も承認も、業務システムには許さない")
def _staff_only(scene: Scene) -> None:
    staff, correlation_id = scene.staff(STAFF), scene.incoming[-1].correlation_id
    must_refuse(scene.south.pending(staff, "business"), "利用者を確認できない")
    must_refuse(scene.south.approve(correlation_id, staff, "business"), "利用者を確認できない")


@then(parsers.parse("{role}の職員には、その照会の承認も拒否も許さず、照会は待ったままである"))
def _owners_only(scene: Scene, role: str) -> None:
    incoming, other = scene.incoming[-1], scene.staff(role)
    must_refuse(scene.south.approve(incoming.correlation_id, other), "職責が事務に見合わない")
    must_refuse(
        scene.south.refuse(incoming.correlation_id, "照会の必要がない", other), "職責が事務に見合わない"
    )
    fence(scene, incoming.sender)
    _must_wait(scene, incoming, "所管する職責の判断を待つ")


@then(parsers.parse("{role}の職員には、その照会があったことも見せない"))
def _not_shown(scene: Scene, role: str) -> None:
    shown = scene.south.pending(scene.staff(role)).expect(200, "pending")["pending"]
    if scene.incoming[-1].correlation_id in [row["correlation_id"] for row in shown]:
        raise NonconformityError("PENDING_DIFFERS", f"{role}に照会を示した", "所管する職責だけに示す")


def _must_wait(scene: Scene, incoming: Incoming, expected: str) -> None:
    """Nothing was sent, and it is listed still."""
    if sent := answers(scene, incoming):
        raise NonconformityError("FORWARDED", f"{sent[0]['header']['kind']}が送られた", expected)
    if incoming.correlation_id not in _listed(scene, incoming):
        raise NonconformityError("PENDING_DIFFERS", "応答待ちの一覧から消えた", expected)


def _approve(scene: Scene, incoming: Incoming) -> Reply:
    return scene.south.approve(incoming.correlation_id, owner(scene, incoming.information))


def _listed(scene: Scene, incoming: Incoming) -> list[str]:
    """To who may decide about that enquiry."""
    quiet, staff = scene.polling(), owner(scene, incoming.information)
    rows: list[dict[str, Any]] = quiet.pending(staff).expect(200, "pending")["pending"]
    return [row["correlation_id"] for row in rows]


def _switch_for_a_while(scene: Scene, scope: str, key: str) -> None:
    """Other scenarios of the same gateway do not use this affair or information by itself."""
    _switch(scene, scope, key, "手動")
    scene.at_end.append(lambda: _switch(scene, scope, key, "自動"))


def _switch(scene: Scene, scope: str, key: str, mode: str) -> None:
    handling = {"scope": scope, "key": key, "mode": mode, "reason": "検証"}
    scene.south.handle(handling, scene.staff(STAFF)).expect(200)
