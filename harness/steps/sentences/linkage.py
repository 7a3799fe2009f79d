"""連携確認: enquiries of the requesting side, 処理状況, 自動/手動."""

from pytest_bdd import given, parsers, then, when

from harness.catalogue.findings import NonconformityError
from harness.contract.messages import Kind
from harness.contract.roles import role_owns
from harness.contract.texts import told
from harness.gateways.south import Staff
from harness.residents.data_items import TAX, tax_items
from harness.steps.verbs.reading_items import compare
from harness.steps.verbs.refusing import REFUSALS
from harness.steps.verbs.requesting_side import await_status, complete, enquire
from harness.steps.verbs.responding_side import answers, the_answer
from harness.steps.verbs.scene import Enquiry, Scene
from harness.steps.verbs.usual import STAFF, owner


@when(
    parsers.re(
        r"(?P<role>\w+)の職員が、(?P<who>[^、]+)の(?P<information>\w+情報)を(?P<where>[^、]+)に照会する"
    )
)
def _enquire(scene: Scene, role: str, who: str, information: str, where: str) -> None:
    enquire(scene, scene.staff(role), scene.person(who), information, scene.organisation(where))


@then("照会は応答済となる")
def _answered(scene: Scene) -> None:
    complete(scene, scene.enquiries[-1])


@then(parsers.parse('届いた情報は、{who}の相当年度 "{year}" の課税情報である'))
def _right_record(scene: Scene, who: str, year: str) -> None:
    income = scene.household.income_of(scene.person(who), year)
    assert income is not None
    compare(scene.received[(scene.person(who).ref, TAX)], tax_items(income))


@then(parsers.parse("照会はエラーとなり、理由は「{reason}」である"))
def _failed(scene: Scene, reason: str) -> None:
    status = await_status(scene, scene.enquiries[-1], "エラー")
    code = (status.get("error") or {}).get("code")
    if code != REFUSALS[reason]:
        raise NonconformityError(
            "WRONG_REFUSAL", f"処理状況のエラーは {told(code)}", f"{REFUSALS[reason]}（{reason}）"
        )


@given(parsers.parse("{where}は{who}の{information}の照会にまだ応答していない"))
def _silent(scene: Scene, where: str, who: str, information: str) -> None:
    person, holder = scene.person(who), scene.organisation(where)
    scene.control.add_person(person.ref)
    scene.control.set_behaviour(holder.code, person.ref, information, "silent")
    enquire(scene, scene.staff(STAFF), person, information, holder).accepted()


@given(parsers.parse("{where}の職員は、{who}の{information}の提供を拒否する"))
def _partner_refuses(scene: Scene, where: str, who: str, information: str) -> None:
    person = scene.person(who)
    scene.control.add_person(person.ref)
    scene.control.set_behaviour(scene.organisation(where).code, person.ref, information, "refuses")


@then(parsers.parse("{who}についての照会は応答済とならない"))
def _still_open(scene: Scene, who: str) -> None:
    """The other enquiry's answer has arrived by now, so that a wrong link would show."""
    enquiry = _of(scene, who)
    status = scene.south.enquiry(enquiry.accepted()["enquiry_id"]).expect(200, "enquiry-status")
    if status["status"] == "応答済":
        observed = f"応答のない{who}の照会が応答済となった"
        raise NonconformityError("STATUS_NOT_REACHED", observed, "応答は、それを求めた照会だけに結び付く")


@given(parsers.parse("本市は、{who}への照会の応答を手動とした"))
def _manual(scene: Scene, who: str) -> None:
    handling = {
        "scope": "subject",
        "key": scene.person(who).local_id,
        "mode": "手動",
        "reason": "DV等支援措置",
    }
    scene.south.handle(handling, scene.staff(STAFF)).expect(200)


@then(parsers.parse("{who}への照会は応答待ちの一覧に載り、まだ応答されていない"))
def _pending(scene: Scene, who: str) -> None:
    incoming = scene.incoming[-1]
    staff, quiet = owner(scene, incoming.information), scene.polling()
    listed: list[dict[str, object]] = []

    def shown() -> bool:
        rows = quiet.pending(staff).expect(200, "pending")["pending"]
        listed[:] = [r for r in rows if r["correlation_id"] == incoming.correlation_id]
        return bool(listed) or bool(answers(scene, incoming))

    expected = f"{who}への照会が、承認を待って応答待ちの一覧に載る"
    scene.until(shown, "PENDING_DIFFERS", lambda: "応答待ちの一覧に載らず、応答もない", expected)
    if sent := answers(scene, incoming):
        raise NonconformityError("FORWARDED", f"承認の前に{sent[0]['header']['kind']}が送られた", expected)
    row, person = listed[0], scene.person(who)
    if (row["local_id"], row["from"], row["information"]) != (
        person.local_id,
        incoming.sender.code,
        incoming.information,
    ):
        raise NonconformityError(
            "PENDING_DIFFERS", f"一覧の内容が {told(row)}", "対象者・照会者・情報が照会のとおり"
        )


@when(parsers.parse("{role}の職員が、その照会を承認する"))
def _approve(scene: Scene, role: str) -> None:
    scene.south.approve(scene.incoming[-1].correlation_id, _owner(scene, role)).expect(200)


@when(parsers.parse("{role}の職員が、「{reason}」としてその照会を拒否する"))
def _refuse(scene: Scene, role: str, reason: str) -> None:
    scene.south.refuse(scene.incoming[-1].correlation_id, reason, _owner(scene, role)).expect(200)


@then(parsers.parse("本市は「{reason}」とエラーで知らせ、情報は送らない"))
def _error_sent(scene: Scene, reason: str) -> None:
    answer = the_answer(scene, scene.incoming[-1], Kind.ERROR)
    code = (answer["content"] or {}).get("code")
    if code != REFUSALS[reason]:
        raise NonconformityError(
            "WRONG_REFUSAL", f"エラー電文の符号は {told(code)}", f"{REFUSALS[reason]}（{reason}）"
        )


def _owner(scene: Scene, role: str) -> Staff:
    """Another office would rightly be refused under contract 2: a slip of the scenario."""
    staff, information = scene.staff(role), scene.incoming[-1].information
    assert role_owns(staff.role, information), f"{role}は、{information}を所管しない"
    return staff


def _of(scene: Scene, who: str) -> Enquiry:
    return next(e for e in scene.enquiries if e.person == scene.person(who))
