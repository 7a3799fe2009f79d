"""What arrives twice, again, in a burst, or under another basis."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from pytest_bdd import parsers, then, when

from harness.catalogue.findings import NonconformityError
from harness.contract.texts import told
from harness.residents.data_items import TAX
from harness.steps.verbs.fences import fence
from harness.steps.verbs.purposes import PURPOSES
from harness.steps.verbs.requesting_side import basis
from harness.steps.verbs.responding_side import answer_at_hand, answers, ask, ask_aside, said, the_answer
from harness.steps.verbs.scene import Scene
from harness.steps.verbs.unknowns import UNKNOWN_TABLE
from harness.steps.verbs.usual import tax_key

_AT_ONCE = 8
UNKNOWN_VERSION = "知らない版の別表第二により"
BASES: dict[str, dict[str, Any]] = {
    UNKNOWN_VERSION: {},
    "児童扶養手当の項を引いて生活保護の事務により": {
        "affair": PURPOSES["生活保護の決定"].affair,
        "role": PURPOSES["生活保護の決定"].role,
    },
    "期別まで指定して": {"key": {"相当年度": "2012", "期別": "1"}},
}


@when(
    parsers.re(
        '"(?P<where>[^"]+)" が、(?P<how>' + "|".join(BASES) + ")、申請者の地方税関係情報を本市に照会する"
    )
)
def _ask_differently(scene: Scene, where: str, how: str) -> None:
    other = {"key": tax_key(TAX), **BASES[how]}
    if how == UNKNOWN_VERSION:
        other["basis"] = {**basis(scene), "table": UNKNOWN_TABLE}
    ask(scene, scene.organisation(where), scene.household.claimant, TAX, **other)


@when(
    parsers.parse(
        '"{where}" が、児童手当の項を引いて児童扶養手当の事務により、申請者の地方税関係情報を本市に照会する'
    )
)
def _ask_under_another_item(scene: Scene, where: str) -> None:
    other = {"basis": basis(scene, PURPOSES["児童手当の支給"])}
    ask(scene, scene.organisation(where), scene.household.claimant, TAX, tax_key(TAX), **other)


@when(parsers.parse('"{where}" が、有効期限 {seconds:d} 秒で、申請者の地方税関係情報を本市に照会する'))
def _ask_for_a_time(scene: Scene, where: str, seconds: int) -> None:
    sender, person = scene.organisation(where), scene.household.claimant
    ask(scene, sender, person, TAX, tax_key(TAX), expires_in_seconds=seconds)


@when("拒否された照会依頼と同じ番号の、正しい照会依頼が届く")
def _ask_properly_under_the_same_id(scene: Scene) -> None:
    refused, person = scene.incoming[-1], scene.household.claimant
    again = {"alteration": "replayed", "replay_of": refused.message_id}
    ask(scene, refused.sender, person, TAX, tax_key(TAX), **again)


@when(parsers.parse('同じ照会依頼が、"{where}" から同時に二度届く'))
def _ask_twice_at_once(scene: Scene, where: str) -> None:
    sender, person = scene.organisation(where), scene.household.claimant
    ask(scene, sender, person, TAX, tax_key(TAX), alteration="twice-at-once")


@when(parsers.parse('"{where}" が、申請者の地方税関係情報を、続けて {times:d} 回本市に照会する'))
def _ask_often(scene: Scene, where: str, times: int) -> None:
    sender, person = scene.organisation(where), scene.household.claimant
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        asked = [pool.submit(ask_aside, scene, sender, person.ref, TAX, tax_key(TAX)) for _ in range(times)]
    # Which of them was answered first is chance: what follows does not depend on it.
    scene.incoming += sorted(
        (answer.result() for answer in asked), key=lambda incoming: incoming.correlation_id
    )


@then(parsers.parse("{times:d} 件の照会のすべてに、照会応答が一度ずつ届く"))
def _all_answered_once(scene: Scene, times: int) -> None:
    for incoming in scene.incoming:
        the_answer(scene, incoming)
    fence(scene, scene.incoming[-1].sender)
    counts = [len(answers(scene, incoming)) for incoming in scene.incoming]
    if counts != [1] * times:
        raise NonconformityError("DUPLICATE_ANSWER", f"照会ごとの応答の数 {told(counts)}", "一度ずつ")


@then("一つだけが受け付けられ、もう一つは「既に受け付けている」として拒否される")
def _one_of_two(scene: Scene) -> None:
    incoming = scene.incoming[-1]
    both = scene.exchanges(message_id=incoming.message_id, direction="to_gateway")
    outcomes = sorted((e["status"] or 0, (e["error"] or {}).get("code") or "") for e in both)
    if outcomes != [(202, ""), (409, "REPLAYED")]:
        raise NonconformityError("NOT_REFUSED", f"二つの受信の応答 {told(outcomes)}", "202 と 409 REPLAYED")


@then("受信の確認は、その照会依頼の電文番号を示す")
def _receipt_names_the_message(scene: Scene) -> None:
    incoming = scene.incoming[-1]
    answer_at_hand(scene, incoming)
    if incoming.delivery["problem"]:
        raise NonconformityError("SCHEMA_MISMATCH", said(incoming), "様式 accepted の確認")
    named = json.loads(incoming.delivery["text"])["message_id"]
    if named != incoming.message_id:
        raise NonconformityError("HEADER_DIFFERS", said(incoming), f"電文番号 {incoming.message_id}")


@then("本市は情報を送らない")
def _nothing_given(scene: Scene) -> None:
    """A code that is none of ours names nobody; whether the error that says so arrives is the network's matter."""
    incoming = scene.incoming[-1]
    fence(scene, incoming.sender)
    given = [e for e in answers(scene, incoming) if (e["content"] or {}).get("items") is not None]
    if given:
        raise NonconformityError("WRONG_RECORD", "別の団体のリンクコードに情報を送った", "情報を送らない")
