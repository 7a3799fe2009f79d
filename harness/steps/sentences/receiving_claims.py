"""受取 and 照会先の特定 (§2-3, §2-4): when a claim has arrived, who made it, whose decision an enquiry needs, and whom it goes to."""

from dataclasses import replace
from datetime import date

from pytest_bdd import given, parsers, then, when

from harness.catalogue.findings import NonconformityError
from harness.contract.texts import told
from harness.gateways.south import Staff
from harness.residents.build import twin_of
from harness.steps.verbs.fences import must_have_sent_nothing
from harness.steps.verbs.logs import log
from harness.steps.verbs.notes import ADDRESSES
from harness.steps.verbs.papers import must_follow_the_claim
from harness.steps.verbs.placing import register
from harness.steps.verbs.requesting_side import enquire
from harness.steps.verbs.scene import Scene
from harness.steps.verbs.usual import STAFF

_INFORMATION = r"(?P<who>[^、]+)の(?P<information>\w+関係情報)を"


@given(parsers.parse('添付書類のそろった "{day}" に、請求が受理された'))
def _complete(scene: Scene, day: str) -> None:
    """The claim counts from that day, and so do the year of the income and the first month that is paid."""
    must_follow_the_claim(scene, day)
    scene.claim["date"] = date.fromisoformat(day)


@given("本市には、申請者と同姓同名で生年月日も同じ別人が登録されている")
def _twin(scene: Scene) -> None:
    """Registered before the claimant: whoever looks for a name finds this one first."""
    home = scene.household
    scene.home = replace(home, twin=twin_of(home, home.claimant))
    register(scene, scene.person("同姓同名の別人"))


@given(parsers.re(r"(?P<who>[^、]+?)の(?:前の)?戸籍の附票に、住所が次のとおりある"))
def _addresses(scene: Scene, who: str, datatable: list[list[str]]) -> None:
    """The 附票 of a 戸籍 begins where the 戸籍 does; what was before stands in that of the one before (住民基本台帳法16条, 17条)."""
    rows = {date.fromisoformat(since): place for since, place in datatable[1:]}
    scene.noted.setdefault(ADDRESSES, {}).setdefault(scene.person(who).ref, {}).update(rows)


@when(parsers.re(rf"(?P<role>\w+)の職員が、{_INFORMATION}、附票による1月1日の住所地に照会する"))
def _enquire_by_address(scene: Scene, role: str, who: str, information: str) -> None:
    """Of the year for which the claim is judged: who lived there on that day was taxed there (地方税法318条)."""
    person, on = scene.person(who), date(int(scene.fiscal_year), 1, 1)
    lived = scene.noted[ADDRESSES][person.ref]
    place = lived[max(since for since in lived if since <= on)]
    enquire(scene, scene.staff(role), person, information, scene.organisation(place))


@when(parsers.parse('担当の職員が照会を起案し、課長が "{day}" に決裁する'))
def _drafted(scene: Scene, day: str) -> None:
    must_follow_the_claim(scene, day)


@then("その間に何も送られていない")
def _nothing_meanwhile(scene: Scene) -> None:
    must_have_sent_nothing(scene, scene.household.claimant)


@when(parsers.re(rf"決裁した課長が、{_INFORMATION}(?P<where>[^、]+)に照会する"))
def _enquired_by_a_superior(scene: Scene, who: str, information: str, where: str) -> None:
    enquire(scene, _superior(scene), scene.person(who), information, scene.organisation(where))


@then("監査ログには、起案した職員ではなく、決裁した課長が照会した職員として残る")
def _superior_kept(scene: Scene) -> None:
    correlation_id = scene.enquiries[-1].accepted()["correlation_id"]
    entries = log(scene, "audit", correlation_id=correlation_id)
    found = [entry["staff_id"] for entry in entries if entry["outcome"] == "成功"]
    if _superior(scene).id not in found or scene.staff(STAFF).id in found:
        raise NonconformityError("RECORD_MISMATCH", f"照会した職員は {told(found)}", _superior(scene).id)


def _superior(scene: Scene) -> Staff:
    """Of the same office as whoever drafts."""
    return replace(scene.staff(STAFF), id=scene.south.manners.staff_id(f"{scene.id}/superior"))
