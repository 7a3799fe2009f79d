"""The answer to an enquiry as the business system gets it (guide §2): the items and reasons that came, once they came."""

from collections.abc import Iterator
from typing import Final

from harness.contract.processing_status import enquiry_status
from harness.model.cases import Case
from harness.model.history.exchanges import Call
from harness.model.history.history import History
from harness.model.likeness import members, same
from harness.model.occasions import Occasion
from harness.model.state.errands import Errand, What
from harness.model.state.looks import Look, looked_at
from harness.model.state.patience import Patience
from harness.model.state.statuses import Event, events_of, explained

_ENQUIRIES: Final = "/v1/enquiries/"
_RESULT: Final = "result"
_ANSWERED: Final = enquiry_status().transitions["answered"].to
_TOO_EARLY: Final = "NOT_READY"


def results(history: History) -> Iterator[Case]:
    """Every request for the result of an enquiry."""
    patience = Patience.of(history)
    asked: dict[str, list[Call]] = {}
    for call in history.calls:
        parts = call.path.removeprefix(_ENQUIRIES).split("/") if call.path.startswith(_ENQUIRIES) else []
        if parts[1:] == [_RESULT] and call.method == "GET" and call.caller == "business":
            asked.setdefault(parts[0], []).append(call)
    for errand, looks in looked_at(history):
        if errand.what is not What.NOTICE and errand.id in asked:
            yield from _of_errand(errand, looks, asked[errand.id], events_of(errand, patience))


def _of_errand(
    errand: Errand, looks: list[Look], calls: list[Call], events: tuple[Event, ...]
) -> Iterator[Case]:
    given: Call | None = None
    for call in sorted(calls, key=lambda c: c.span.end):
        occasion = Occasion(call, errand.scenario, call.span.end, errand.about)
        if call.status == 200:
            yield from _result(errand, looks, call, events, occasion)
            if given is not None and given.span.before(call.span):
                kept = same(given.answer, call.answer)
                yield occasion.case(
                    "result-stands", errand.what, kept, "結果が、前に示したものと違う", "はじめの結果のまま"
                )
            given = given or call
        elif call.status == 409:
            kept = given is None or not given.span.before(call.span)
            kept = kept and _may_be_open(errand, looks, call, events)
            yield occasion.case(
                "result-not-ready",
                f"{errand.what}:409",
                kept,
                "応答済の照会の結果がないと答える",
                "結果を示す",
            )


def _result(
    errand: Errand, looks: list[Look], call: Call, events: tuple[Event, ...], occasion: Occasion
) -> Iterator[Case]:
    answers = explained(errand.what, _ANSWERED, call.span, events)
    seen = _seen_before(looks, call)
    if not answers or (seen is not None and seen != _ANSWERED):
        yield occasion.case(
            "result-not-ready",
            f"{errand.what}:200",
            False,
            "応答のない照会に結果を示す",
            f"{_TOO_EARLY}（応答済でない）",
        )
        return
    yield Case("result-not-ready", f"{errand.what}:200")
    said = members(call.answer)
    asked = {"enquiry_id": errand.id, "local_id": "local_id", "from": "to", "information": "information"}
    for name, source in asked.items():
        wished = errand.id if name == "enquiry_id" else errand.said.get(source)
        kept = said.get(name) == wished
        yield occasion.case(
            "result-of-enquiry", name, kept, f"結果の {name} が照会と違う", f"{name} は照会のとおり"
        )
    if any(event.closed for event in answers):
        return
    best = min(answers, key=lambda event: len(_wrong(said, event)))
    wrong = _wrong(said, best)
    for alternative in sorted(_shapes(best) | set(wrong)):
        kept = alternative not in wrong
        yield occasion.case(
            "result-as-answered",
            alternative,
            kept,
            f"結果（{alternative}）が、届いた照会応答と違う",
            "届いた項目と理由のとおり",
        )


def _wrong(said: object, event: Event) -> list[str]:
    """What of the answer did not come through, by its shape."""
    content, shown = members(event.content), members(said)
    came, items = members(content.get("items")), members(shown.get("items"))
    wrong = [
        _shape(value) for name, value in came.items() if name not in items or not same(items[name], value)
    ]
    if items.keys() - came.keys() or (items and not came):
        wrong.append("項目の有無")
    # an empty object of reasons says no more than none
    if not same(members(content.get("reasons")), members(shown.get("reasons"))):
        wrong.append("理由あり" if content.get("reasons") else "理由なし")
    return wrong


def _shapes(event: Event) -> set[str]:
    content = members(event.content)
    came = members(content.get("items"))
    shapes = {_shape(value) for value in came.values()} | {"項目の有無"}
    return shapes | {"理由あり" if content.get("reasons") else "理由なし"}


def _shape(value: object) -> str:
    """What a value is, as far as gateways are known to change it."""
    if value is None:
        return "null"
    if isinstance(value, int):
        return "0" if value == 0 else "負の整数" if value < 0 else "整数"
    text = str(value)
    if not text:
        return "空の文字列"
    return "数字の文字列" if text.isdecimal() else "文字列"


def _seen_before(looks: list[Look], call: Call) -> str | None:
    """The outcome that the status showed before."""
    outcomes = enquiry_status().outcomes
    seen = (str(b.said.get("status")) for b in looks if b.call.span.before(call.span))
    return next((status for status in seen if status in outcomes), None)


def _may_be_open(errand: Errand, looks: list[Look], call: Call, events: tuple[Event, ...]) -> bool:
    seen = _seen_before(looks, call)
    if seen is not None:
        return seen != _ANSWERED
    others = (status for status in enquiry_status().statuses if status != _ANSWERED)
    return any(explained(errand.what, status, call.span, events) for status in others)
