"""Registration and its mishaps: again, with somebody else's code, without one (§4-3 ID変換)."""

from pytest_bdd import given, parsers, then, when

from harness.bench.registration import subject
from harness.catalogue.findings import NonconformityError
from harness.gateways.exchange import Reply
from harness.residents.data_items import TAX, tax_items
from harness.residents.people import Person
from harness.steps.verbs.placing import keep, register
from harness.steps.verbs.refusing import as_paired_positive, must_refuse
from harness.steps.verbs.scene import Scene
from harness.steps.verbs.unknowns import unknown_token


@when(parsers.parse("{who}が、本市にもう一度登録される"))
def _again(scene: Scene, who: str) -> None:
    person = scene.person(who)
    register(scene, person)
    scene.noted["registration"] = _register(scene, person, person)


@when(parsers.parse("{who}が、所有者として本市に登録される"))
def _as_an_owner(scene: Scene, who: str) -> None:
    register(scene, scene.person(who))


@then("登録は、登録済みの人の更新として受け付けられる")
def _updated(scene: Scene) -> None:
    scene.noted["registration"].expect(200, "registered")


@given(parsers.parse("{who}の識別番号が、誤って扶養者でない児童の登録に結び付けられている"))
def _mislinked(scene: Scene, who: str) -> None:
    wrong, child = scene.person(who), scene.person("児童")
    _register(scene, wrong, child).must_answer()
    scene.registered.add(wrong.ref)
    income = next(i for i in scene.household.incomes if i.person_ref == scene.household.claimant.ref)
    keep(scene, scene.own, wrong, TAX, tax_items(income) | {"総所得額": 3_456_789}, 相当年度="2012")


@when(parsers.parse("{who}が、本人の登録で本市に改めて登録される"))
def _corrected(scene: Scene, who: str) -> None:
    person = scene.person(who)
    _register(scene, person, person).expect(200, "registered")


@when(parsers.parse("児童の登録に、{whose}登録トークンが使われる"))
def _with_a_token(scene: Scene, whose: str) -> None:
    child = scene.person("児童")
    tokens = scene.control.add_person(child.ref)["enrolment_tokens"]
    if whose == "申請者の":
        owner = scene.control.add_person(scene.household.claimant.ref)["enrolment_tokens"]
        token = owner[scene.own.code]
    else:
        token = tokens[scene.organisation("福岡市").code] if whose == "別の団体の" else unknown_token(scene)
    scene.noted["registration"] = scene.south.register(child.local_id, subject(child, token))


@then(parsers.parse("登録は「{reason}」として拒否される"))
def _refused(scene: Scene, reason: str) -> None:
    must_refuse(scene.noted["registration"], reason)


@then("児童の情報は登録できず、正しく登録すればできる")
def _not_there(scene: Scene) -> None:
    child = scene.person("児童")
    income = next(i for i in scene.household.incomes if i.person_ref == scene.household.claimant.ref)
    record = {"information": TAX, "key": {"相当年度": "2012"}, "items": tax_items(income)}
    must_refuse(scene.south.put_record({"local_id": child.local_id, **record}), "対象者がいない")
    try:
        keep(scene, scene.own, child, TAX, tax_items(income), 相当年度="2012")
    except NonconformityError as error:
        raise as_paired_positive(error) from error


def _register(scene: Scene, under: Person, token_of: Person) -> Reply:
    """Under the 識別番号 of one person, with the enrolment token of one who may be another."""
    tokens = scene.control.add_person(token_of.ref)["enrolment_tokens"]
    return scene.south.register(under.local_id, subject(under, tokens[scene.own.code]))
