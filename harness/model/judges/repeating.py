"""The items that contract 2 adds, in every occurrence of their group (guide §12 repeated-items). Contract 1 leaves open whether they are
given, and nothing else (§11): what is given there is judged with the other items."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from harness.contract.items import informations, parted
from harness.contract.versions import FIRST
from harness.model.cases import Case
from harness.model.judges.replying import Talk
from harness.model.likeness import same
from harness.model.state.conversations import Reply
from harness.model.state.held import Held

_RULE: Final = "contract-2-repeated-items"
Items = Mapping[str, object]


def without_further(information: str, items: Items) -> Items:
    """What contract 1 knows of the items of a record."""
    further = _groups(information)
    return {name: value for name, value in items.items() if parted(name)[0] not in further}


@cache
def further_names(information: str, affair: str) -> frozenset[str]:
    """What an affair may be given of what contract 2 adds."""
    known = informations().get(information)
    return frozenset(known.further_used_by(affair)) if known else frozenset()


def repeated(talk: Talk, reply: Reply, records: Sequence[Held], items: Items) -> Iterator[Case]:
    """By any of the possible records."""
    information, affair = (str(talk.asked.header.get(name)) for name in ("information", "affair"))
    if talk.replying.history.declared.contract == FIRST or not _groups(information):
        return
    names = further_names(information, affair)
    given = {name: value for name, value in items.items() if parted(name)[0] in _groups(information)}
    due = [{name: value for name, value in held.items.items() if name in names} for held in records]
    alternative = _alternative(information, names, records[0])
    if alternative:
        kept = any(same(one, given) for one in due)
        broken = None if kept else "繰り返す項目が、登録された回のとおりでない"
        expected = "事務に提供してよい項目の、上限までのすべての回"
        yield talk.case(_RULE, alternative, broken, expected, reply.first)


def _alternative(information: str, names: frozenset[str], held: Held) -> str | None:
    """Which kind of record it is; None where there is nothing to give or to leave out."""
    groups, counts = _groups(information), dict[int, set[str]]()
    for name in held.items:
        base, number = parted(name)
        if base in groups:
            counts.setdefault(number, set()).add(base)
    if not names:
        return "事務が使わない項目" if counts else None
    if not counts:
        return "0回"
    used = {parted(name)[0] for name in names}
    most = max(groups[base] for base in used)
    if max(counts) > most:
        return "上限を超える回"
    if any(not used <= there for there in counts.values()):
        return "一部の項目だけ"
    return "上限の回" if max(counts) == most else "1回" if max(counts) == 1 else "2回以上"


@cache
def _groups(information: str) -> Mapping[str, int]:
    """How often each of the items may occur."""
    known = informations().get(information)
    return {item.name: known.occurs(item).at_most for item in known.further_items} if known else {}
