"""The content of what answers an enquiry: items and reasons of the record that was asked for, or an error (guide §3 Then)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from typing import Final

from harness.contract.items import informations
from harness.contract.refusals import refusals
from harness.contract.versions import FIRST
from harness.model.cases import Case
from harness.model.judges.repeating import further_names, repeated, without_further
from harness.model.judges.replying import Talk, code_of, sentence_of
from harness.model.judges.values import VALUE_RULES, kind_of_value
from harness.model.judges.whose_record import whose_record
from harness.model.likeness import same
from harness.model.state.conversations import Reply
from harness.model.state.held import Held

_SHORTEST: Final = 4  # characters of what staff wrote that a fixed sentence does not hold by chance
_ERRORS: Final = ("SUBJECT_UNKNOWN", "RECORD_NOT_FOUND", "REFUSED_BY_STAFF")
Items = Mapping[str, object]


@cache
def permitted(information: str, affair: str) -> frozenset[str]:
    """The names of the items that an affair may be given."""
    found = informations().get(information)
    return frozenset(found.used_by(affair)) if found else frozenset()


def answered_with(
    talk: Talk,
    reply: Reply,
    records: list[tuple[str, Held]],
    way: str,
) -> Iterator[Case]:
    """By that of the possible records which comes nearest."""
    content = reply.first.content
    given, said = (_members(content, name) for name in ("items", "reasons"))
    if content is None or given is None:
        return
    information, affair = (str(talk.asked.header.get(name)) for name in ("information", "affair"))
    further, reasons = further_names(information, affair), said or {}
    names, items = permitted(information, affair), without_further(information, given)
    if talk.replying.history.declared.contract == FIRST:
        further = further.intersection(given)  # none are due, but those that are given are items as well
        names, items = names | further, given
    owner, held = max(records, key=lambda pair: _nearness(given, reasons, pair[1], names | further))
    comparison = _Comparison(talk, reply, way, names, held, _provided(held, names))
    if not same(comparison.provided, items):
        found = whose_record(talk, owner, held, items, names)
        if found is not None:
            case = comparison.case(found.rule(way), found.alternative(way), found.words, found.expected)
            yield case.called(found.code)
            return
    yield Case("own-record", way)
    if len({id(h) for _, h in records}) == 1:
        yield from _moments(talk, owner, held, way)
    yield from chain(comparison.names_of(items), comparison.values_of(items))
    yield from comparison.with_names(further).reasons_of(given, reasons)
    yield from repeated(talk, reply, [h for _, h in records], given)


def _moments(talk: Talk, owner: str, held: Held, way: str) -> Iterator[Case]:
    """Occasions to give a record as it was before."""
    key = (talk.asked.content or {}).get("key")
    place = talk.replying.holdings.places.get((owner, str(talk.asked.header.get("information"))), {})
    register = place.get(frozenset(key.items())) if isinstance(key, dict) else None
    if register is not None and any(isinstance(h, Held) and h != held for h in register.register):
        if way == "承認":
            yield Case("record-at-approval", "訂正の後")
        else:
            yield Case("record-of-the-moment", way)


@dataclass(frozen=True, slots=True)
class _Comparison:
    """Of the content of one answer with one record. `names`: of the items that the affair may be given; `provided`: those of
    the record."""

    talk: Talk
    reply: Reply
    way: str
    names: frozenset[str]
    held: Held
    provided: Items

    def with_names(self, further: frozenset[str]) -> "_Comparison":
        """The same, of more items."""
        names = self.names | further
        return replace(self, names=names, provided=_provided(self.held, names))

    def case(self, rule: str, alternative: str, broken: str | None, expected: str) -> Case:
        """Of this answer."""
        where = self.reply.first
        return self.talk.case(rule, alternative, broken, expected, where)

    def names_of(self, items: Items) -> Iterator[Case]:
        """Which items are there, and which are not."""
        if not self.provided:
            broken = "項目がある" if items else None
            yield self.case("nothing-left-is-empty", self.way, broken, "空の items")
        held, names = self.held.items, self.names
        hidden = [name for name in items if name not in names]
        if hidden or not names.issuperset(held):
            broken = f"事務に提供してよい項目でない{self._named(hidden)}がある" if hidden else None
            expected = "事務に提供してよい項目だけ"
            yield self.case("only-what-the-affair-may-be-given", self.way, broken, expected)
        if not names.issubset(held):
            added = [name for name in items if name in names and name not in held]
            broken = f"件にない項目{self._named(added)}がある" if added else None
            yield self.case("absent-stays-absent", self.way, broken, "その件にある項目だけ")
        missing: dict[str, str | None] = {}
        for name, value in self.provided.items():
            kind = "null" if value is None else _type_word(value)
            missing[kind] = missing.get(kind) or (None if name in items else f"項目「{name}」がない")
        for kind, broken in missing.items():
            yield self.case("all-that-the-affair-may-be-given", kind, broken, "提供してよい項目のすべて")

    def values_of(self, items: Items) -> Iterator[Case]:
        """Each value as it was registered, with its type."""
        differ: dict[str, str | None] = {}
        for name, value in self.provided.items():
            if name in items and not isinstance(value, float):
                kind, kept = kind_of_value(value), same(items[name], value)
                differ[kind] = differ.get(kind) or (
                    None if kept else f"項目「{name}」（{kind}）の値又は型が違う"
                )
        for kind, broken in differ.items():
            yield self.case(VALUE_RULES[kind], kind, broken, "登録された値と型")

    def reasons_of(self, items: Items, reasons: Items) -> Iterator[Case]:
        """Those of the items that are provided; of an item that is not null the guide may be read either way."""
        meant = self.held.reasons
        for name, reason in meant.items():
            if name in items and name in self.provided and self.provided[name] is None:
                broken = None if reasons.get(name) == reason else f"項目「{name}」の理由がない、又は違う"
                yield self.case("reasons-provided", reason, broken, "登録された理由")
        extra = [
            name
            for name, reason in reasons.items()
            if name not in self.provided
            or name not in meant
            or (self.provided[name] is not None and reason != meant[name])
        ]
        hidden = any(name not in self.provided for name in meant)
        if hidden or extra or not meant:
            broken = f"項目{self._named(extra)}に登録のない、又は提供しない理由がある" if extra else None
            alternative = "提供しない項目の理由" if hidden else "理由のない件"
            yield self.case("reasons-of-provided-only", alternative, broken, "提供する項目の理由だけ")

    def _named(self, names: list[str]) -> str:
        """Those that the contract or the record knows: what a gateway thinks up may be anything."""
        information = informations().get(str(self.talk.asked.header.get("information")))
        items = {item.name for item in information.items} if information else set()
        known = [name for name in names if name in items or name in self.held.items]
        return f"「{'、'.join(known[:3])}」" if known else "（知らない名）"


def error_said(talk: Talk, reply: Reply) -> Iterator[Case]:
    """Code and phase as in the table; of a refusal by staff a fixed sentence and nothing that they wrote."""
    content, code = reply.first.content, code_of(reply)
    if content is None or code not in _ERRORS:
        return
    phase = refusals()[code].phase
    broken = None if content.get("phase") == phase else f"{code} の phase が違う"
    yield talk.case("error-as-in-refusals", code, broken, phase, reply.first)
    if code == "REFUSED_BY_STAFF":
        yield from _of_staff(talk, reply, str(content.get("reason")))


def _of_staff(talk: Talk, reply: Reply, reason: str) -> Iterator[Case]:
    rest = sentence_of(reason, talk.asked)
    decided = talk.decided_before(reply.first.span.begin)
    said = [d.call.body.get("reason") for d in decided if isinstance(d.call.body, Mapping)]
    usual = f"{refusals()['REFUSED_BY_STAFF'].ja} {refusals()['REFUSED_BY_STAFF'].en}"
    words = [t for t in said if isinstance(t, str) and len(t.strip()) >= _SHORTEST and t not in usual]
    told = any(text.strip() in reason for text in words)
    broken = "職員が書いた理由が含まれている" if told else None
    expected = "庁内に留める"
    yield talk.case("staff-words-stay", code_of(reply), broken, expected, reply.first)
    broken = None if told or rest == talk.replying.refusal_sentence else "拒否のたびに違う文である"
    expected = "決まった文"
    yield talk.case("fixed-sentence", code_of(reply), broken, expected, reply.first)


def _provided(held: Held, names: frozenset[str]) -> dict[str, object]:
    return {name: value for name, value in held.items.items() if name in names}


def _nearness(items: Items, reasons: Items, held: Held, names: frozenset[str]) -> tuple[int, int, int]:
    """How much of an answer a record explains: values, names, reasons."""
    provided = _provided(held, names)
    values = sum(1 for n, v in provided.items() if n in items and _same(items[n], v))
    wrong = len(provided.keys() ^ items.keys())
    meant = sum(1 for n, r in reasons.items() if held.reasons.get(n) == r)
    missing = sum(1 for n in held.reasons if n in provided and n not in reasons)
    return values - wrong, -wrong, meant - missing


def _same(one: object, other: object) -> bool:
    return isinstance(other, float) or same(one, other)


def _type_word(value: object) -> str:
    if isinstance(value, str):
        return "文字列" if value else "空の文字列"
    return "数"


def _members(content: Mapping[str, object] | None, name: str) -> Items | None:
    found = (content or {}).get(name)
    return found if isinstance(found, Mapping) else None
