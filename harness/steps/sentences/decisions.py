"""Oracle 1: the decision from what came through the gateway equals the decision from the truth."""

from pytest_bdd import parsers, then

from harness.catalogue.findings import NonconformityError
from harness.residents.data_items import TAX
from harness.steps.verbs import knowledge
from harness.steps.verbs.judgements import judge
from harness.steps.verbs.reading_items import compare
from harness.steps.verbs.scene import Scene
from harness.use_cases.decision import Decision, yen

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
    found = [decision.outcome.value, yen(decision.monthly_amount), "、".join(decision.subjects)]
    if any(w is not None and w != f for w, f in zip(wanted, found, strict=True)):
        raise NonconformityError("DECISION_DIFFERS", _told(decision), " ".join(w for w in wanted if w))


@then(parsers.parse('その決定は、"{day}" から効力を生じる'))
def _in_force_from(scene: Scene, day: str) -> None:
    decision: Decision = scene.noted["decision"]
    if str(decision.payment_from) != day:
        raise NonconformityError("DECISION_DIFFERS", f"{decision.payment_from} から", f"{day} から")


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


def _facts(decision: Decision) -> tuple[object, ...]:
    return decision.outcome, decision.monthly_amount, decision.payment_from, decision.subjects


def _told(decision: Decision) -> str:
    subjects = f" 対象 {'、'.join(decision.subjects)}" if decision.subjects else ""
    return f"{decision.outcome.value} {yen(decision.monthly_amount)}{subjects}（{decision.reasons[-1].text}）"
