"""自己情報 (§2-2 新No.3): the resident whom the portal authenticated, and nobody else, sees what is held."""

from datetime import date
from typing import Any

from pytest_bdd import given, parsers, then, when

from harness.catalogue.findings import NonconformityError
from harness.contract.affairs import affairs
from harness.contract.items import informations
from harness.contract.texts import told
from harness.gateways.exchange import Reply
from harness.residents.wishes import Wishes
from harness.steps.verbs.logs import log
from harness.steps.verbs.placing import register
from harness.steps.verbs.reading_items import compare
from harness.steps.verbs.refusing import must_refuse
from harness.steps.verbs.requesting_side import key_for
from harness.steps.verbs.scene import Scene
from harness.steps.verbs.unknowns import unknown_token

_AFFAIR = affairs()["自己情報の提供"].text
_DAY = date(2012, 8, 1)


@given("本市に、申請者と同居する父が住んでいる")
def _living_here(scene: Scene) -> None:
    scene.make_household(Wishes(children=1, supporter=True, municipality=scene.municipality), _DAY)


@given(parsers.parse("{who}が、ポータルで本人と確かめられた"))
def _authenticated(scene: Scene, who: str) -> None:
    _open(scene, who, 600)


@given(parsers.parse("{who}が、{seconds:d} 秒だけ有効なポータルの利用を始め、その時間が過ぎた"))
def _over(scene: Scene, who: str, seconds: int) -> None:
    """The gateway's own clock decides, so its time has to pass, and a second more for one that knows whole seconds only."""
    _open(scene, who, seconds)
    scene.pause(seconds + 1)


@given(parsers.parse("{who}が、別の端末でも、ポータルで本人と確かめられた"))
def _authenticated_elsewhere(scene: Scene, who: str) -> None:
    """The session that was opened before stays the one that the resident looks with."""
    _start(scene, who, 600)


@when(
    parsers.re(
        r'(?P<who>[^、]+)が、ポータルで相当年度 "(?P<year>\d{4})" の(?P<whose>[^、 ]+)の(?P<information>\w+関係情報)を見る'
    )
)
def _look_at_year(scene: Scene, who: str, year: str, whose: str, information: str) -> None:
    _look_with(scene, whose, information, scene.noted[f"portal:{who}"], {"相当年度": year})


@when(parsers.re(r"(?P<who>[^、]+)が、ポータルで(?P<whose>[^、 ]+)の(?P<information>\w+関係情報)を見る"))
def _look(scene: Scene, who: str, whose: str, information: str) -> None:
    _look_with(scene, whose, information, scene.noted[f"portal:{who}"])


@when(
    parsers.re(
        r"しるしの(?P<how>ない|でたらめな)要求が、(?P<whose>[^、]+)の(?P<information>\w+関係情報)を求める"
    )
)
def _look_without(scene: Scene, how: str, whose: str, information: str) -> None:
    _look_with(scene, whose, information, {"ない": "", "でたらめな": unknown_token(scene)}[how])


@then(parsers.parse("{whose}の{information}のうち、本人に示す項目だけが、登録したとおりに示される"))
def _shown(scene: Scene, whose: str, information: str) -> None:
    _must_show(scene, information, scene.records[(scene.own.code, scene.person(whose).ref, information)])


@then(
    parsers.re(
        r'相当年度 "(?P<year>\d{4})" の(?P<whose>[^、]+)の(?P<information>\w+関係情報)が、登録したとおりに示される'
    )
)
def _shown_of_year(scene: Scene, year: str, whose: str, information: str) -> None:
    _must_show(scene, information, scene.kept[(scene.person(whose).ref, information, year)])


@then(parsers.parse("閲覧は「{reason}」として拒否される"))
def _refused(scene: Scene, reason: str) -> None:
    must_refuse(_reply(scene), reason)


@then(parsers.parse("{who}自身の{information}であれば、示される"))
def _own_is_shown(scene: Scene, who: str, information: str) -> None:
    """The paired positive: the same session, one's own information."""
    _open(scene, who, 600)
    _look(scene, who, who, information)
    reply = _reply(scene)
    if reply.status != 200:
        raise NonconformityError("PAIRED_POSITIVE_FAILED", reply.observed(), "本人の情報は 200")


@then(parsers.parse("ポータルで確かめていない要求には、{whose}の{information}を示さない"))
def _not_shown_to_anybody(scene: Scene, whose: str, information: str) -> None:
    _look_without(scene, "でたらめな", whose, information)
    _refused(scene, "ポータルの利用のしるしが有効でない")


@then("閲覧は、監査ログと業務ログに一つずつ残る")
def _recorded(scene: Scene) -> None:
    lookup = _reply(scene).expect(200, "own-information")["lookup_id"]
    for name in ("audit", "business"):
        entries = log(scene, name, correlation_id=lookup)
        if len(entries) != 1:
            raise NonconformityError("RECORD_MISMATCH", f"{name} に {len(entries)} 件", "閲覧一つに記録一つ")
    entry = log(scene, "business", correlation_id=lookup)[0]
    if entry["local_id"] != scene.household.claimant.local_id:
        raise NonconformityError("RECORD_MISMATCH", f"業務ログの対象者 {entry['local_id']}", "閲覧した本人")


def _must_show(scene: Scene, information: str, registered: dict[str, Any]) -> None:
    """What residents are shown of it, no more and no less, as it was registered."""
    items = _reply(scene).expect(200, "own-information")["items"]
    needed = informations()[information].used_by(_AFFAIR)
    if sorted(items) != sorted(needed):
        raise NonconformityError("ITEMS_DIFFER", f"示された項目 {told(sorted(items))}", told(sorted(needed)))
    compare(items, registered)


def _open(scene: Scene, who: str, seconds: int) -> None:
    scene.noted[f"portal:{who}"] = _start(scene, who, seconds)


def _start(scene: Scene, who: str, seconds: int) -> str:
    person = scene.person(who)
    register(scene, person)
    login = {"local_id": person.local_id, "valid_seconds": seconds}
    session: str = scene.south.open_portal(login).expect(201, "portal-session")["session"]
    return session


def _look_with(
    scene: Scene, whose: str, information: str, session: str, key: dict[str, str] | None = None
) -> None:
    place = {
        "local_id": scene.person(whose).local_id,
        "information": information,
        "key": key_for(scene, information) if key is None else key,
    }
    scene.noted["look"] = scene.south.own_information(place, session)


def _reply(scene: Scene) -> Reply:
    reply: Reply = scene.noted["look"]
    return reply
