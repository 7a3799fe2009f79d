"""Oracle 1: the decision from what came through the gateway equals the decision from the truth."""

from pytest_bdd import parsers, then

from harness.catalogue.findings import NonconformityError
from harness.residents.data_items import TAX
from harness.steps.verbs import knowledge
from harness.steps.verbs.judgements import judge
from harness.steps.verbs.reading_items import compare
from harness.steps.verbs.scene import Scene
from harness.use_cases.decision import UNDECIDED, Decision, Judgement, yen

_SOURCES = {"届いた": knowledge.received, "提供した": knowledge.provided}


@then(
    parsers.re(
        r"(?P<source>届いた|提供した)情報による判断は「(?P<outcome>[^」]+)」"
        r"(、(?:月額|金額) (?P<amount>[\d,]+) 円|、対象は「(?P<subjects>[^」]+)」)?である"
    )
)
def _decided(scene: Scene, source: str, outcome: str, amount: str | None, subjects: str | None) -> None:
    decision, truth = judge(scene, _SOURCES[source](scene)), judge(scene, knowledge.truth(scene))
    scene.noted["decision"] = decision
    if _facts(decision) != _facts(truth):
        raise NonconformityError("DECISION_DIFFERS", _told(decision), f"真実による判断 {_told(truth)}")
    wanted = [outcome, amount and f"{amount}円", subjects]
    if any(w is not None and w != f for w, f in zip(wanted, _said(decision), strict=True)):
        raise NonconformityError("DECISION_DIFFERS", _told(decision), " ".join(w for w in wanted if w))


@then(parsers.parse("{source}情報では「{fact}」により判断しない"))
def _not_decided(scene: Scene, source: str, fact: str) -> None:
    """What is not modelled is named, and has no amount; what came must say so as the truth does."""
    _decided(scene, source, UNDECIDED, None, None)
    if fact not in (told := _told(scene.noted["decision"])):
        raise NonconformityError("DECISION_DIFFERS", told, f"「{fact}」を理由に判断しない")


@then(parsers.parse('その決定は、"{day}" から効力を生じる'))
def _in_force_from(scene: Scene, day: str) -> None:
    decision: Judgement = scene.noted["decision"]
    start = decision.payment_from if isinstance(decision, Decision) else None
    if str(start) != day:
        raise NonconformityError("DECISION_DIFFERS", f"{start} から", f"{day} から")


@then("届いた情報は、それぞれ登録されたとおりである")
def _as_registered(scene: Scene) -> None:
    """For an affair that decides nothing by itself: what it may use of each record, unchanged."""
    true = knowledge.truth(scene)
    for enquiry in scene.enquiries:
        items = true(enquiry.person, enquiry.information)
        assert items is not None
        compare(scene.received[(enquiry.person.ref, enquiry.information)], items)


@then("所得の情報がないため、判断しない")
def _undecided(scene: Scene) -> None:
    if any(information == TAX for _, information in scene.received):
        raise NonconformityError("DECISION_DIFFERS", "課税情報が届いた", "課税情報がないので判断できない")


def _facts(judgement: Judgement) -> tuple[object, ...]:
    """What must be the same of what came and of the truth; where nothing is decided, what was seen of the fact."""
    if not isinstance(judgement, Decision):
        return judgement.word, judgement.reasons
    return judgement.outcome, judgement.monthly_amount, judgement.payment_from, judgement.subjects


def _said(judgement: Judgement) -> tuple[str, str, str]:
    if not isinstance(judgement, Decision):
        return judgement.word, "", ""
    return judgement.word, yen(judgement.monthly_amount), "、".join(judgement.subjects)


def _told(judgement: Judgement) -> str:
    word, amount, subjects = _said(judgement)
    found = " ".join(filter(None, (word, amount, f"対象 {subjects}" if subjects else "")))
    reasons = judgement.reasons[-1:] if isinstance(judgement, Decision) else judgement.reasons
    return f"{found}（{'、'.join(reason.text for reason in reasons)}）"
