"""What one of two gateways asks the other, everything that it may: online, by バッチ, answered by hand (guide §2, §3)."""

from collections.abc import Iterator
from typing import Final

from harness.contract.items import informations
from harness.contract.journal_entries import Said
from harness.contract.messages import Kind, Mode
from harness.gateways.south import Request, Staff
from harness.model.likeness import members, same
from harness.steps.verbs.interconnection import Crossing, NotThroughError, ended, note, objects
from harness.stimuli.citations import Citation
from harness.stimuli.holdings import record
from harness.stimuli.south_requests import Body, enquiry, log_about, told
from harness.stimuli.waiting import approval, pending, refusal, switching

ANSWERED: Final = "応答済"
_REFUSED: Final = "REFUSED_BY_STAFF"
_SENT, _RECEIVED = "送信", "受信"  # events of the access log


def registered(crossing: Crossing, *, at_both: bool = True) -> None:
    """A resident for each information, registered with both, or with the asker only."""
    names = list(dict.fromkeys(citation.information for citation in crossing.citations))
    residents = crossing.asker.stage.residents(len(names))
    crossing.residents |= dict(zip(names, residents, strict=True))
    for each in (crossing.asker, crossing.provider) if at_both else (crossing.asker,):
        requests = [each.stage.registration(resident) for resident in residents]
        for reply in each.stage.at_once(requests):
            each.told(reply)


def values_of(crossing: Crossing) -> None:
    """Drawn, of every item of each information."""
    stage = crossing.provider.stage
    for name, resident in crossing.residents.items():
        crossing.held[name] = record(stage, resident, informations()[name])


def held_by_provider(crossing: Crossing) -> None:
    """In its 参照用DB."""
    values_of(crossing)
    body = {"records": list(crossing.held.values())}
    crossing.provider.asked(Request("POST", "/v1/records/bulk", "business", body))


def ask_online(crossing: Crossing) -> None:
    """Each on its own."""
    stage = crossing.asker.stage
    requests = [
        Request(
            "POST",
            "/v1/enquiries",
            "business",
            {**_row(crossing, citation), "mode": Mode.ONLINE},
            stage.staff(citation.role),
        )
        for citation in crossing.citations
    ]
    for citation, reply in zip(crossing.citations, stage.at_once(requests), strict=True):
        _asked(crossing, citation, crossing.asker.told(reply))


def ask_in_batches(crossing: Crossing) -> None:
    """One バッチ for each role."""
    asker = crossing.asker
    for role in dict.fromkeys(citation.role for citation in crossing.citations):
        rows = [citation for citation in crossing.citations if citation.role == role]
        body = {"rows": [_row(crossing, citation) for citation in rows]}
        begun = asker.asked(Request("POST", "/v1/batches", "business", body, asker.stage.staff(role)))
        path, numbered = f"/v1/batches/{told(begun, 'batch_id')}", list[Said]()

        def taken(path: str = path, numbered: list[Said] = numbered, count: int = len(rows)) -> bool:
            numbered[:] = objects(asker.asked(Request("GET", path, "business")), "rows")
            return sum(bool(told(row, "correlation_id")) for row in numbered) == len(numbered) == count

        asker.until(taken, "バッチの行が受け付けられない", len(rows))
        for citation, row in zip(rows, numbered, strict=True):
            _asked(crossing, citation, row)


def _row(crossing: Crossing, citation: Citation) -> Body:
    held = crossing.held.get(citation.information)
    key = held["key"] if held else {}
    return enquiry(citation, crossing.residents[citation.information].local_id, key=key)


def _asked(crossing: Crossing, citation: Citation, said: Said) -> None:
    noted = note(crossing, citation, said, "enquiry_id", "照会に番号がない")
    crossing.due[noted.correlation_id] = ANSWERED


def settled(crossing: Crossing) -> None:
    """Every enquiry has come to an end, and to the one that was due."""
    states = ended(crossing, "/v1/enquiries", "照会が終わらない")
    for one in crossing.asked:
        due, state = crossing.due[one.correlation_id], states[one.id]
        if state != due:
            raise NotThroughError(
                crossing.asker, f"{one.citation.information}の照会が {state}（求めるのは {due}）"
            )


def results_are_as_held(crossing: Crossing) -> None:
    """The items that the affair may be given, as the provider's business system registered them."""
    for one in crossing.asked:
        if crossing.due[one.correlation_id] != ANSWERED:
            continue
        said = crossing.asker.asked(Request("GET", f"/v1/enquiries/{one.id}/result", "business"))
        held = crossing.held[one.citation.information]["items"]
        used = informations()[one.citation.information].used_by(one.citation.affair)
        wanted, given = {name: held[name] for name in used if name in held}, members(said.get("items"))
        if not same(given, wanted):
            differ = sorted(n for n in {*wanted, *given} if not same(given.get(n), wanted.get(n)))
            observed = f"{one.citation.information}の項目 {'、'.join(differ)} が登録と違う"
            raise NotThroughError(crossing.asker, observed)


def on_both_records(crossing: Crossing) -> None:
    """What came of each enquiry stands once in the access log of either side, and once in the network's own record. What was sent
    is noted once the network's 202 is there, which may come after the answer that it confirms (guide §4)."""
    for correlation_id, state in crossing.due.items():
        kind, times = Kind.ANSWER if state == ANSWERED else Kind.ERROR, dict[str, int]()

        def once(id_: str = correlation_id, kind: Kind = kind, times: dict[str, int] = times) -> bool:
            times.update(_times(crossing, id_, kind))
            return set(times.values()) == {1}

        try:
            crossing.asker.until(once, "", 1)
        except NotThroughError as stopped:
            said = "、".join(f"{name} {count}" for name, count in times.items())
            observed = f"{kind} {correlation_id} の記録が一度ずつでない（{said}）"
            raise NotThroughError(crossing.asker, observed) from stopped


def _times(crossing: Crossing, correlation_id: str, kind: Kind) -> Iterator[tuple[str, int]]:
    """How often a message of a kind stands in each of the three records."""
    carried = crossing.asker.stage.control.provisions(correlation_id=correlation_id)
    yield "ネットワーク", sum(p["kind"] == kind and p["outcome"] == "delivered" for p in carried)
    for each, event in ((crossing.asker, _RECEIVED), (crossing.provider, _SENT)):
        entries = objects(each.asked(log_about("access", correlation_id)), "entries")
        yield each.name, sum((e.get("kind"), e.get("event")) == (kind, event) for e in entries)


def switched_to_hand(crossing: Crossing) -> None:
    """Whoever is asked about: staff of the provider decide."""
    stage = crossing.provider.stage
    staff = stage.staff(crossing.citations[0].owner)
    for resident in crossing.residents.values():
        request = switching("subject", resident.local_id, "手動", stage.words("reason"), staff)
        crossing.provider.asked(request)


def decided(crossing: Crossing) -> None:
    """Once they all wait, every second one is refused, and the others approved, by whom the information belongs to."""
    provider = crossing.provider
    for number, one in enumerate(crossing.asked):
        staff = provider.stage.staff(one.citation.owner)

        def listed(id_: str = one.correlation_id, staff: Staff = staff) -> bool:
            return id_ in str(provider.asked(pending(staff)))

        provider.until(listed, "照会が、職員を待つものの一覧に現れない", 1)
        if number % 2:
            provider.asked(refusal(one.correlation_id, staff, provider.stage.words("refusal")))
            crossing.due[one.correlation_id] = _REFUSED
        else:
            provider.asked(approval(one.correlation_id, staff))
