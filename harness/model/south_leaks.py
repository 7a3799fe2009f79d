"""What of somebody else a gateway shows on the south face, looked for in every byte of its answers (guide §2). The data that are
asked for stand in members of their own, which the judges of answers compare. Whoever asks may hear his or her own words again."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self
from urllib.parse import unquote, unquote_plus

from harness.contract.journal_entries import PollEntry, PreflightEntry, SouthEntry
from harness.model.canaries import NAMES, OUTSIDE, Canaries, Found
from harness.model.history.exchanges import shape_of
from harness.model.inside import LOCAL_ID, SESSION, TOKEN, WORDS, Text, scalars, tells
from harness.model.violation import Violation

Answered = SouthEntry | PollEntry | PreflightEntry
_Look = Callable[[bytes], Found | None]

# Where data that were asked for belong, and what a partner said; keys are random.
_OF_SOMEBODY: Final = frozenset({"local_id", "items", "reasons", "key", "entries", "keys", "session"})
_BUSINESS_LOG: Final = "/v1/logs/business"
_SHORTEST_ECHO: Final = 4  # characters
_EXPECTED: Final = "ほかの人の情報も、セッションも、トークンも、どの応答にも示さない"


@dataclass(frozen=True)
class SouthSearch:
    """`refusals`: what no refusal may hold; `answers`: what nothing may hold beside the data that were asked for, where an id that the
    gateway gives may be made of a 識別番号; `nowhere`: what may not even stand among data."""

    refusals: Canaries
    answers: Canaries
    nowhere: Canaries

    @classmethod
    def of(cls, texts: Iterable[Text], moment: float) -> Self:
        """Of all that the bench handed over. What staff wrote may be told within the organisation; a number that is hidden may be equal
        to any other, and a short name to a word."""
        found = [(kind, text) for kind, text in texts if kind != WORDS and _tells(kind, text)]
        return cls(
            Canaries.of(found, moment),
            Canaries.of([pair for pair in found if pair[0] not in {LOCAL_ID, *OUTSIDE}], moment),
            Canaries.of([pair for pair in found if pair[0] in {SESSION, TOKEN}], moment),
        )

    def found(self, entry: Answered) -> Iterator[Violation]:
        """What one answer shows."""
        status, answer = entry.get("status"), entry.get("response")
        if status is None:
            return
        # Kept byte by byte, as nobody says in which charset a header is.
        head = f"{entry.get('head', '')}\n{entry.get('media', '')}".encode("latin-1", "replace")
        said: list[tuple[str, _Look, bytes]] = [("ヘッダー", self.answers.anything_in, head)]
        refused = status >= 400
        if refused or not isinstance(answer, Mapping):
            said.append(("本文", self.refusals.anything_in, _text(answer)))
        else:
            said += [("理由", self.refusals.anything_in, _text(list(_reasons(answer))))]
            said += [("応答", self.answers.anything_in, _text(_without_data(answer)))]
            if not entry["path"].startswith(_BUSINESS_LOG):
                said += [("応答", self.nowhere.as_it_is_in, _text({**answer, "session": None}))]
        for name, look, raw in said:
            if found := _anything(look, raw, entry):
                of_refusal = name == "理由" or (refused and name == "本文")
                yield _violation(entry, name, found, of_refusal=of_refusal)
                return  # one of an answer is enough


def _tells(kind: str, text: str) -> bool:
    if kind in OUTSIDE:
        return not text.isdigit()
    return kind not in NAMES or tells(kind, text)


def _anything(look: _Look, raw: bytes, entry: Answered) -> Found | None:
    """Once more without what the request itself said, which is hardly ever there."""
    found = look(raw)
    for echo in _echoes(entry) if found else ():
        raw = raw.replace(echo.encode("utf-8", "replace"), b" ")
    return look(raw) if found else None


def _echoes(entry: Answered) -> Sequence[str]:
    """Longest first; as it was said, and as JSON writes it."""
    path, _, query = entry["path"].partition("?")
    said = {entry["path"], path, unquote(path), query, unquote(query), unquote_plus(query)}
    for part in (*path.split("/"), *(pair.partition("=")[2] for pair in query.split("&"))):
        said |= {part, unquote(part), unquote_plus(part)}
    said |= {entry.get("session", ""), entry.get("raw", ""), *scalars(entry["request"])}
    said |= set(scalars(entry["staff"]))
    said |= {json.dumps(text, ensure_ascii=False)[1:-1] for text in said}
    return sorted((text for text in said if len(text) >= _SHORTEST_ECHO), key=len, reverse=True)


def _without_data(value: object) -> object:
    """Ids, states and words of the gateway's own."""
    if isinstance(value, Mapping):
        kept = (name for name in value if name not in _OF_SOMEBODY and name not in {"error", "errors"})
        return {name: _without_data(value[name]) for name in kept}
    return [_without_data(part) for part in value] if isinstance(value, list) else value


def _reasons(answer: Mapping[str, object]) -> Iterator[object]:
    """Of records and lines that were not taken, and of rows that were refused; what came from elsewhere is passed on as it is."""
    yield answer.get("errors")
    rows = answer.get("rows")
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, Mapping) and row.get("enquiry_id") is None:
            yield row.get("error")


def _text(value: object) -> bytes:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text.encode("utf-8", "replace")


def _violation(entry: Answered, name: str, found: Found, *, of_refusal: bool) -> Violation:
    """Of the portal, of refusals, or of answers in general, by what their sentences say."""
    requirement = "POR-02" if found.kind == SESSION else "SOU-12" if of_refusal else "SOU-13"
    path = shape_of(unquote(entry["path"].partition("?")[0]))[:60]
    where = f"南側の {entry['method']} {path} の応答（{entry['at']}）の{name}"
    scenario = str(entry.get("scenario", ""))
    return Violation(requirement, "LEAK", f"{where}に{found.words}がある", _EXPECTED, where, scenario)
