"""What one of two gateways tells the other without having been asked (連絡, guide §2)."""

from typing import Final

from harness.gateways.south import Request
from harness.model.likeness import same
from harness.steps.verbs.interconnection import Asked, Crossing, NotThroughError, objects
from harness.stimuli.south_requests import notice, told

_ACKNOWLEDGED: Final = "受領済"
_OPEN: Final = frozenset({"受付", "送信済"})


def tell(crossing: Crossing) -> None:
    """Each of what it may tell, with the values that it holds."""
    stage = crossing.asker.stage
    requests = [
        Request(
            "POST",
            "/v1/notices",
            "business",
            notice(
                citation,
                crossing.residents[citation.information].local_id,
                items=crossing.held[citation.information]["items"],
            ),
            stage.staff(citation.role),
        )
        for citation in crossing.citations
    ]
    for citation, reply in zip(crossing.citations, stage.at_once(requests), strict=True):
        said = crossing.asker.told(reply)
        id_, correlation_id = told(said, "notice_id"), told(said, "correlation_id")
        if id_ is None or correlation_id is None:
            raise NotThroughError(crossing.asker, "連絡に番号がない")
        resident = crossing.residents[citation.information]
        crossing.asked.append(Asked(citation, resident, id_, correlation_id))


def acknowledged(crossing: Crossing) -> None:
    """Every 連絡 has come to an end: 受領済."""
    teller, states = crossing.asker, dict[str, object]()

    def over() -> bool:
        left = [one for one in crossing.asked if states.get(one.id, "受付") in _OPEN]
        looks = [Request("GET", f"/v1/notices/{one.id}", "business") for one in left]
        for one, reply in zip(left, teller.stage.at_once(looks), strict=True):
            states[one.id] = teller.told(reply).get("status")
        return not any(state in _OPEN for state in states.values())

    teller.until(over, "連絡が終わらない", len(crossing.asked))
    for one in crossing.asked:
        if states[one.id] != _ACKNOWLEDGED:
            raise NotThroughError(teller, f"{one.citation.information}の連絡が {states[one.id]}")


def handed_over(crossing: Crossing) -> None:
    """Each once, to the business system on the other side, with the values that were told."""
    for one in crossing.asked:
        path = f"/v1/notices?correlation_id={one.correlation_id}"
        found = objects(crossing.provider.asked(Request("GET", path, "business")), "notices")
        items = crossing.held[one.citation.information]["items"]
        if not same([each.get("items") for each in found], [items]):
            said = f"{one.citation.information}の連絡が、届いたまま一度だけ渡されない（{len(found)} 件）"
            raise NotThroughError(crossing.provider, said)
