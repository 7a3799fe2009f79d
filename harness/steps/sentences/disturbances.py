"""The network and its counterparts as something that fails: out of order, late, refusing."""

from pytest_bdd import given, parsers, then

from harness.catalogue.findings import NonconformityError
from harness.residents.data_items import TAX
from harness.steps.verbs.fences import fence
from harness.steps.verbs.notes import LATENESS
from harness.steps.verbs.refusing import REFUSALS
from harness.steps.verbs.responding_side import answers, must_accept
from harness.steps.verbs.scene import Scene

_QUIET_SECONDS = (
    0.5  # in which a message that is sent again at once would show; a later one is another's matter
)


_LONGEST_BACK_OFF_SECONDS = 2.0  # before each time that a message is sent again (guide §4, own)
_TIMES = "times that the network refused"


@given(parsers.parse("ネットワークは、本市からの{who}についての電文を {times:d} 回受け付けない"))
def _unavailable(scene: Scene, who: str, times: int) -> None:
    scene.control.disturb(scene.person(who).ref, unavailable=times)
    scene.noted[_TIMES] = times


@given(parsers.parse("ネットワークは、本市からの{who}についての電文を受け付けない"))
def _down(scene: Scene, who: str) -> None:
    person = scene.person(who).ref
    scene.control.disturb(person, unavailable=1_000_000)
    scene.at_end.append(lambda: scene.control.disturb(person))


@given(parsers.parse("ネットワークは、本市からの{who}についての電文を「{reason}」として拒否する"))
def _refusing(scene: Scene, who: str, reason: str) -> None:
    scene.control.disturb(scene.person(who).ref, refusal=REFUSALS[reason])


@given(
    parsers.parse("ネットワークは、本市からの{who}についての電文を受け付けてから {seconds:g} 秒後に確認する")
)
def _slow(scene: Scene, who: str, seconds: float) -> None:
    scene.control.disturb(scene.person(who).ref, slow_seconds=seconds)


@given(parsers.parse("{where}は、{who}の{information}の照会に応答しない"))
def _silent(scene: Scene, where: str, who: str, information: str) -> None:
    person = scene.person(who)
    scene.control.add_person(person.ref)
    scene.control.set_behaviour(scene.organisation(where).code, person.ref, information, "silent")


@given(parsers.parse("{where}は、申請者の地方税関係情報の照会に {seconds:g} 秒後に応答する"))
def _late(scene: Scene, where: str, seconds: float) -> None:
    scene.noted[LATENESS] = seconds
    _behave(scene, where, "answers", seconds)


@given(parsers.parse("{where}は、申請者の地方税関係情報の照会に、金額を変えて二度応答する"))
def _twice(scene: Scene, where: str) -> None:
    _behave(scene, where, "answers-twice")


@then("照会応答は、送り直されて届く")
def _arrives_in_the_end(scene: Scene) -> None:
    incoming, times = scene.incoming[-1], scene.noted[_TIMES]
    must_accept(incoming)

    def arrived() -> bool:
        return any(e["status"] == 202 for e in answers(scene, incoming))

    observed = "障害の後に照会応答が届かない"
    allowed = times * _LONGEST_BACK_OFF_SECONDS
    scene.until(arrived, "NO_ANSWER", lambda: observed, "ネットワークが受け付けるまで送り直す", allowed)
    if len(answers(scene, incoming)) <= times:
        raise NonconformityError("NO_ANSWER", "障害に出会った送信の記録がない", f"{times} 回の障害の後に届く")


@then("送り直された電文は、すべて同じである")
def _same_bytes(scene: Scene) -> None:
    tokens = {e["token"] for e in answers(scene, scene.incoming[-1])}
    if len(tokens) != 1:
        raise NonconformityError("DUPLICATE_ANSWER", f"{len(tokens)} 通りの電文", "同じ電文の送り直し")


@then(
    parsers.parse(
        "ネットワークが{who}についての電文を受け付けるようになると、{times:d} 件の照会のすべてに、照会応答が一度ずつ届く"
    )
)
def _recovers(scene: Scene, who: str, times: int) -> None:
    """Each answer may wait for its own next attempt; one that the network took is sent no more."""
    person = scene.person(who).ref
    scene.control.disturb(person)
    stuck = [incoming for incoming in scene.incoming if incoming.person_ref == person]

    def taken() -> list[int]:
        return [sum(e["status"] == 202 for e in answers(scene, incoming)) for incoming in stuck]

    expected = f"{times} 件の照会に一度ずつ"
    scene.until(lambda: all(taken()), "NO_ANSWER", lambda: "障害の後に届かない照会応答がある", expected)
    fence(scene, stuck[-1].sender)
    if taken() != [1] * times:
        raise NonconformityError("DUPLICATE_ANSWER", f"照会ごとの応答の数 {taken()}", expected)


@then("照会依頼は一度だけ送られ、送り直されない")
def _sent_once(scene: Scene) -> None:
    correlation_id = scene.enquiries[-1].accepted()["correlation_id"]
    ours = {"correlation_id": correlation_id, "direction": "from_gateway"}
    if not scene.exchanges(at_least=1, **ours):
        raise NonconformityError("NO_ANSWER", "照会依頼がネットワークに届かない", "一度だけ送られる")
    sent = scene.control.exchanges(2, _QUIET_SECONDS, **ours)
    scene.waiting_seconds += _QUIET_SECONDS
    if len(sent) != 1:
        raise NonconformityError("FORWARDED", f"{len(sent)} 回送られた", "拒否された電文は送り直さない")


def _behave(scene: Scene, where: str, behaviour: str, seconds: float = 0.0) -> None:
    person, holder = scene.household.claimant, scene.organisation(where)
    scene.control.add_person(person.ref)
    scene.control.set_behaviour(holder.code, person.ref, TAX, behaviour, delay_seconds=seconds)
