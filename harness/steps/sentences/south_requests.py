"""Requests of the business system that are proper but for one thing, or have a thing of their own."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

from pytest_bdd import parsers, then, when

from harness.contract.messages import timestamp
from harness.contract.organisations import Organisation
from harness.gateways.exchange import Reply
from harness.gateways.south import Staff
from harness.residents.data_items import TAX
from harness.steps.verbs.notes import LIFE
from harness.steps.verbs.placing import register
from harness.steps.verbs.purposes import PURPOSES
from harness.steps.verbs.refusing import must_refuse
from harness.steps.verbs.requesting_side import usual_staff, wish
from harness.steps.verbs.scene import Enquiry, Scene
from harness.steps.verbs.unknowns import UNKNOWN_ORGANISATION, UNKNOWN_TABLE, unknown_id, unknown_local_id
from harness.steps.verbs.usual import STAFF

UNKNOWN_VERSION, UNKNOWN_PERSON = "知らない版の別表第二による", "登録のない識別番号の"
_ASSISTANCE = PURPOSES["生活保護の決定"]
CALLERS = {"トークンのない": "", "でたらめなトークンの": "unknown", "職員用のトークンの": "staff"}
CHANGES: dict[str, dict[str, Any]] = {
    "団体一覧にない団体に宛てた": {"to": UNKNOWN_ORGANISATION},
    UNKNOWN_VERSION: {},
    "児童扶養手当の項を引いた生活保護の事務の": {"affair": _ASSISTANCE.affair},
    UNKNOWN_PERSON: {},
    "余分な項目のある": {"priority": "high"},
    "情報の名称のない": {"information": None},
    "宣言していない": {},
}
STAFFS = ("職員の識別のない", "職責のない", "利用者認証の期限が切れた職員の", "利用者認証の期限の前の職員の")
_FAULTS = "|".join(re.escape(name) for name in (*CALLERS, *CHANGES, *STAFFS))


@when(parsers.re(f"(?P<fault>{_FAULTS})照会を、業務システムが本市に求める"))
def _ask_wrongly(scene: Scene, fault: str) -> None:
    changed = {**_proper(scene), **CHANGES.get(fault, {})}
    if fault == UNKNOWN_VERSION:
        changed["basis"] = {**changed["basis"], "table": UNKNOWN_TABLE}
    if fault == UNKNOWN_PERSON:
        changed["local_id"] = unknown_local_id(scene)
    body = {name: value for name, value in changed.items() if value is not None}
    _submit(scene, scene.south.enquire(body, _staff(scene, fault), CALLERS.get(fault, "business")))


@when(parsers.parse("有効期限を {seconds:d} 秒とする照会を、業務システムが本市に求める"))
def _ask_for_a_time(scene: Scene, seconds: int) -> None:
    scene.noted[LIFE] = seconds
    body = {**_proper(scene), "expires_in_seconds": seconds}
    _submit(scene, scene.south.enquire(body, usual_staff(scene, scene.staff(STAFF))))


@then(parsers.parse("照会の結果は「{reason}」として拒否される"))
def _result_refused(scene: Scene, reason: str) -> None:
    must_refuse(scene.south.result(scene.enquiries[-1].accepted()["enquiry_id"]), reason)


@then(parsers.parse("存在しない照会の処理状況と結果は「{reason}」として拒否される"))
def _unknown_enquiry(scene: Scene, reason: str) -> None:
    for ask in (scene.south.enquiry, scene.south.result):
        must_refuse(ask(unknown_id(scene)), reason)


def _proper(scene: Scene) -> dict[str, Any]:
    claimant = scene.household.claimant
    register(scene, claimant)
    return wish(scene, claimant, TAX, _partner(scene))


def _partner(scene: Scene) -> Organisation:
    return scene.organisation("前住所地") if scene.claim else scene.organisation("福岡市")


def _submit(scene: Scene, reply: Reply) -> None:
    scene.enquiries.append(Enquiry(scene.household.claimant, _partner(scene), TAX, reply))


def _staff(scene: Scene, fault: str) -> Staff:
    staff = usual_staff(scene, scene.staff(STAFF))
    if fault == "児童扶養手当の項を引いた生活保護の事務の":
        return replace(staff, role=_ASSISTANCE.role)
    if fault == "職員の識別のない":
        return replace(staff, id="")
    if fault == "職責のない":
        return replace(staff, role="")
    until = {"利用者認証の期限が切れた職員の": -1, "利用者認証の期限の前の職員の": 1}.get(fault)
    return staff if until is None else replace(staff, valid_until=timestamp(timedelta(hours=until)))
