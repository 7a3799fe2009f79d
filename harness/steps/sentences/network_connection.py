"""情報提供ネットワークシステム接続: a counterpart's enquiry arrives, proper or altered, and is answered once or refused."""

from collections.abc import Sequence

from pytest_bdd import parsers, then, when

from harness.catalogue.findings import NonconformityError
from harness.contract.messages import Kind
from harness.contract.organisations import Organisation
from harness.contract.texts import told
from harness.residents.data_items import TAX
from harness.steps.verbs.alterations import ALTERATIONS
from harness.steps.verbs.fences import fence, must_answer_properly, must_answer_this_alone
from harness.steps.verbs.responding_side import answers, ask, must_be_refused, the_answer
from harness.steps.verbs.scene import Incoming, Scene
from harness.steps.verbs.usual import tax_key


@when(
    parsers.parse(
        '"{where}" が、児童扶養手当の支給のため、{who}の相当年度 "{year}" の{information}を本市に照会する'
    )
)
def _ask_for_year(scene: Scene, where: str, who: str, year: str, information: str) -> None:
    ask(scene, scene.organisation(where), scene.person(who), information, tax_key(information, year))


@when(parsers.parse('{alteration}照会依頼が、"{where}" から申請者について本市に届く'))
def _ask_altered(scene: Scene, alteration: str, where: str) -> None:
    sender, person = scene.organisation(where), scene.household.claimant
    ask(scene, sender, person, TAX, tax_key(TAX), alteration=ALTERATIONS[alteration])


@when(parsers.parse('"{where}" が、住民税担当の職責で、申請者の{information}を本市に照会する'))
def _ask_in_wrong_role(scene: Scene, where: str, information: str) -> None:
    person = scene.household.claimant
    ask(scene, scene.organisation(where), person, information, tax_key(information), role="resident-tax")


@when(parsers.parse('"{where}" から届いた照会依頼が、応答の後でもう一度そのまま届く'))
def _ask_again(scene: Scene, where: str) -> None:
    person, sender = scene.household.claimant, scene.organisation(where)
    first = ask(scene, sender, person, TAX, tax_key(TAX))
    the_answer(scene, first)
    ask(scene, sender, person, TAX, tax_key(TAX), alteration="replayed", replay_of=first.message_id)


@then(parsers.re("本市は(?P<kind>照会応答|エラー)を返す"))
def _answered(scene: Scene, kind: str) -> None:
    the_answer(scene, scene.incoming[-1], Kind(kind))


@then(parsers.re("本市は(?P<kind>照会応答|エラー)を一度だけ返す"))
def _answered_once(scene: Scene, kind: str) -> None:
    _must_answer_once(scene, scene.incoming[-1:], Kind(kind))


@then("本市は、どの照会依頼にも照会応答を一度だけ返す")
def _each_answered_once(scene: Scene) -> None:
    _must_answer_once(scene, scene.incoming, Kind.ANSWER)


@then(parsers.re("本市はその(照会依頼|連絡|受領)を「(?P<reason>[^」]+)」として受け付けない"))
def _refused(scene: Scene, reason: str) -> None:
    must_be_refused(scene.incoming[-1], reason)


@then("正しい照会依頼には応答し、拒否した照会依頼には何も送らない")
def _paired_positive(scene: Scene) -> None:
    sender = scene.incoming[-1].sender
    must_answer_this_alone(scene, lambda: _ask_properly(scene, sender))


@then(parsers.parse('"{where}" からの正しい照会依頼には応答し、拒否した照会依頼には何も送らない'))
def _paired_positive_of(scene: Scene, where: str) -> None:
    must_answer_this_alone(scene, lambda: _ask_properly(scene, scene.organisation(where)))


@then("二度目の照会依頼には応答していない")
def _not_answered_twice(scene: Scene) -> None:
    again = scene.incoming[-1]
    must_answer_properly(scene, _ask_properly(scene, again.sender))
    _no_more(scene, again)


def _ask_properly(scene: Scene, sender: Organisation) -> Incoming:
    return ask(scene, sender, scene.household.claimant, TAX, tax_key(TAX))


def _must_answer_once(scene: Scene, asked: Sequence[Incoming], kind: Kind) -> None:
    for incoming in asked:
        the_answer(scene, incoming, kind)
    fence(scene, asked[-1].sender)
    for incoming in asked:
        _no_more(scene, incoming)


def _no_more(scene: Scene, incoming: Incoming) -> None:
    sent = answers(scene, incoming)
    if len(sent) > 1:
        kinds = "、".join(e["header"]["kind"] for e in sent)
        raise NonconformityError("DUPLICATE_ANSWER", f"{len(sent)} 件（{told(kinds)}）", "1 件")
