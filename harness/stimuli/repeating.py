"""The items that contract 2 adds (guide §12 repeated-items): in no occurrence, in one, two, as many as there may be, one more, and in part."""

from collections.abc import Iterator
from typing import Final

from harness.contract.items import Information, informations, occurrence
from harness.contract.messages import Value
from harness.gateways.south import Request
from harness.stimuli.citations import Citation
from harness.stimuli.stage import Stage
from harness.stimuli.values import value

Items = dict[str, Value]
_KEY: Final = "2012"


def repeating(stage: Stage) -> None:
    """For an affair that uses them of each information, and for one that does not."""
    wishes = [(c, items) for c in _citations(stage) for items in _records(stage, c)]
    residents = stage.registered(len(wishes))
    for resident, (citation, items) in zip(residents, wishes, strict=True):
        known = informations()[citation.information]
        key = dict.fromkeys(known.key, _KEY)
        about = {"local_id": resident.local_id, "information": known.name, "key": key}
        stage.ask(Request("PUT", "/v1/records", "business", {**about, "items": items}))
        stage.enquired(resident, citation, key=key)
    stage.settled({resident.ref: 1 for resident in residents})


def _citations(stage: Stage) -> list[Citation]:
    found: dict[tuple[str, bool], Citation] = {}
    for citation in stage.citations(asks=False):
        known = informations()[citation.information]
        if known.further_items:
            found.setdefault((known.name, bool(known.further_used_by(citation.affair))), citation)
    return list(found.values())


def _records(stage: Stage, citation: Citation) -> Iterator[Items]:
    known = informations()[citation.information]
    most = max(known.occurs(item).at_most for item in known.further_items)
    if not known.further_used_by(citation.affair):
        yield _record(stage, known, most)
        return
    for count in dict.fromkeys((0, 1, 2, most, most + 1)):
        yield _record(stage, known, count)
    whole = _record(stage, known, 2)
    whole.pop(occurrence(known.further_items[-1].name, 2))
    yield whole


def _record(stage: Stage, known: Information, count: int) -> Items:
    """What contract 1 knows, and what it does not in so many occurrences."""
    plain: Items = {item.name: value(stage.draw, item) for item in known.items}
    return plain | {
        occurrence(item.name, number): value(stage.draw, item)
        for number in range(1, count + 1)
        for item in known.further_items
    }
