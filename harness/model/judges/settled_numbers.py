"""What contract 2 decides of numbers (guide §12): 812000.0 is taken, and carried as 812000."""

from collections.abc import Iterable, Iterator
from typing import Final

from harness.contract.messages import Kind
from harness.model.cases import Case
from harness.model.history.history import History
from harness.model.history.payloads import payload_of
from harness.model.likeness import listed, members
from harness.model.occasions import Occasion

_RULE: Final = "contract-2-whole-numbers"
_RESULT: Final = "/result"


def numbers(history: History) -> Iterator[Case]:
    """Of every message and answer with a value that somebody wrote with a fraction."""
    bodies: list[object] = [call.body for call in history.calls if isinstance(call.body, dict)]
    bodies += [payload_of(d.inner).get("content") for d in history.deliveries if d.inner]
    written = {int(number) for number in _fractions(bodies)}
    for sending in history.sendings:
        if sending.header.get("kind") in {Kind.ANSWER, Kind.NOTICE}:
            scenario = history.scenario_of(sending.person, sending.header.get("correlation_id"))
            occasion = Occasion(sending, scenario, sending.span.end)
            items = members(members(sending.content).get("items"))
            yield from _carried(items.values(), written, str(sending.header["kind"]), occasion)
    for call in history.calls:
        answer, word = members(call.answer), _answers(call.method, call.path)
        if word and call.status == 200:
            shown = [answer, *(members(row) for row in listed(answer.get("notices")))]
            values = [value for said in shown for value in members(said.get("items")).values()]
            yield from _carried(values, written, word, Occasion(call, call.scenario, call.span.end))


def _answers(method: str, path: str) -> str:
    """What an answer shows of items, empty for nothing."""
    if path == "/v1/own-information":
        return "自己情報"
    if method != "GET":
        return ""
    return "結果" if path.endswith(_RESULT) else "届いた連絡" if path == "/v1/notices" else ""


def _carried(values: Iterable[object], written: set[int], word: str, occasion: Occasion) -> Iterator[Case]:
    for value in values:
        if isinstance(value, float) or (type(value) is int and value in written):
            kept = isinstance(value, int)
            yield occasion.case(_RULE, word, kept, "整数が小数として運ばれる", "整数として運ぶ")


def _fractions(bodies: list[object]) -> Iterator[float]:
    """Whole numbers among them that were written otherwise; `bodies` grows by what is in them."""
    for body in bodies:
        if isinstance(body, float) and body.is_integer():
            yield body
        elif isinstance(body, dict):
            bodies.extend(value for value in body.values() if isinstance(value, dict | list | float))
        elif isinstance(body, list):
            bodies.extend(value for value in body if isinstance(value, dict | list | float))
