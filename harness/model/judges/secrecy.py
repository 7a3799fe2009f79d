"""No personal data in access and audit log (guide §7), and nothing of what staff said (guide §2): everything that the bench handed
over is looked for in them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Final, Self

import ahocorasick

from harness.contract.law import versions
from harness.contract.organisations import organisations
from harness.model.canaries import Canaries
from harness.model.cases import Breach, Case
from harness.model.history.exchanges import Delivery, Sending
from harness.model.history.history import History
from harness.model.inside import BIRTH, SESSION, VALUE, WORDS, Asked, Given, Text, said_openly, texts, values
from harness.model.numbers import MOMENT, UUID
from harness.model.readings import plain
from harness.model.state.log_books import WORDS as NAMES
from harness.model.state.log_books import Book, Look
from harness.model.vocabulary import words

_FREE: Final = ("phase", "action")  # in the gateway's own words
_STRUCTURED: Final = (
    "message_id",
    "correlation_id",
    "affair",
    "information",
    "items",
    "code",
    "requester",
    "provider",
)
_SHORTEST_VALUE: Final = 6  # characters: shorter ones may be met by chance in anybody's words
_GROUPS: Final[Mapping[str, str]] = {"氏名カナ": "氏名"}
_DATE: Final = re.compile(r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)")
_DAY: Final = 86_400


def secret(book: Book, search: "Secrets") -> Iterator[Case]:
    """Of one log, answer by answer; each text of it is looked through once."""
    for look in book.looks:
        if not look.shown:
            continue
        found = dict.fromkeys(kind for text in _texts(look) if (kind := search.kind_in(text)))
        for kind in found:
            rule, alternative = _rule(book.log, kind)
            yield Case(rule, alternative, _breach(look, kind))
        for kind in search.kinds:
            if kind not in found:
                yield Case(*_rule(book.log, kind))


@dataclass(frozen=True)
class Secrets:
    """`values` of items, and `dates` of birth; `kinds`: of what is looked for; `seen`: what was found in a text before;
    `spoken`: what messages said in members that an entry copies."""

    canaries: Canaries
    values: ahocorasick.Automaton
    dates: frozenset[str]
    kinds: tuple[str, ...]
    seen: dict[tuple[bool, str], str | None]
    spoken: frozenset[str]

    @classmethod
    def of(cls, history: History) -> Self:
        """Everything in a history that the two logs may not hold."""
        asked = [Asked(call.method, call.path, call.body, call.answer) for call in history.calls]
        messages: tuple[Delivery | Sending, ...] = (*history.deliveries, *history.sendings)
        given = [Given(None, None, message.content or {}) for message in messages]
        openly = said_openly(asked, given)
        inside = [
            (kind, text)
            for kind, text in texts(asked)
            if kind != SESSION and (kind != WORDS or plain(text) not in openly)
        ]
        found = set(values(asked, given))
        automaton = ahocorasick.Automaton()
        for _, text in (pair for pair in found if pair[0] == VALUE and _tells(pair[1])):
            automaton.add_word(text, text)
        automaton.make_automaton()
        dates = frozenset(
            text for kind, text in found if kind == BIRTH and _is_of_nothing_else(text, history)
        )
        kinds = dict.fromkeys(_GROUPS.get(kind, kind) for kind, _ in (*inside, *found))
        return cls(Canaries.of(inside, history.began), automaton, dates, tuple(kinds), {}, _spoken(messages))

    def kind_in(self, text: tuple[bool, str]) -> str | None:
        """What it holds of anybody. Values are looked for in the gateway's own words alone: no other member has room for them."""
        free, said = text
        if not free and said in self.spoken:
            return None
        if text not in self.seen:
            found = self.canaries.anything_in(said.encode("utf-8", "replace"))
            kind = found.kind if found else self._value(said) if free else None
            self.seen[text] = _GROUPS.get(kind, kind) if kind else None
        return self.seen[text]

    def _value(self, said: str) -> str | None:
        if any(date in self.dates for date in _DATE.findall(said)):
            return BIRTH
        rest = MOMENT.sub(" ", UUID.sub(" ", said))
        found = self.values.iter(rest) if len(self.values) else ()
        alone = (_stands_alone(rest, end, text) for end, text in found)
        return VALUE if any(alone) else None


def _spoken(messages: Iterable[Delivery | Sending]) -> frozenset[str]:
    found: set[str] = set()
    for message in messages:
        items = message.content.get("items") if message.content else None
        found.update(str(message.header.get(name)) for name in ("affair", "information"))
        found.update(items if isinstance(items, dict) else ())
    return frozenset(found)


def _stands_alone(said: str, end: int, text: str) -> bool:
    """A number or word in ASCII is not met within a longer one."""
    around = said[max(0, end - len(text)) : end - len(text) + 1], said[end + 1 : end + 2]
    return not text.isascii() or not any(c.isascii() and c.isalnum() for c in around)


def _tells(text: str) -> bool:
    """Nothing that the contract itself says."""
    return len(text) >= _SHORTEST_VALUE and text not in _said() and text not in organisations()


@cache
def _said() -> str:
    return "\n".join(words())


def _is_of_nothing_else(date: str, history: History) -> bool:
    """Neither the date of a version of the table, nor one of the days of the run."""
    days = (history.began - _DAY, history.began, history.ended, history.ended + _DAY)
    return date not in versions() and date not in {
        datetime.fromtimestamp(day, UTC).date().isoformat() for day in days
    }


def _texts(look: Look) -> Iterator[tuple[bool, str]]:
    """Each member that has room, and whether it is in the gateway's own words."""
    for shown in look.shown:
        for name in _FREE:
            if isinstance(text := shown.said.get(name), str):
                yield True, text
        for name in _STRUCTURED:
            value = shown.said.get(name)
            for text in value if isinstance(value, list) else (value,):
                if isinstance(text, str) and text not in words():
                    yield False, text


def _rule(log: str, kind: str) -> Text:
    return ("log-staff-words", log) if kind == WORDS else ("log-secrecy", f"{log}:{kind}")


def _breach(look: Look, kind: str) -> Breach:
    call = look.call
    observed = f"{NAMES[look.log]}に{kind}がある"
    return Breach(observed, "個人情報は業務ログだけに残す", call.words, call.scenario, call.span.end)
