"""What one of two gateways tells the other without having been asked (連絡, guide §2)."""

from typing import Final

from harness.gateways.south import Request
from harness.model.likeness import same
from harness.steps.verbs.interconnection import Crossing, NotThroughError, ended, note, objects
from harness.stimuli.south_requests import notice

_ACKNOWLEDGED: Final = "受領済"


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
        note(crossing, citation, crossing.asker.told(reply), "notice_id", "連絡に番号がない")


def acknowledged(crossing: Crossing) -> None:
    """Every 連絡 has come to an end: 受領済."""
    states = ended(crossing, "/v1/notices", "連絡が終わらない")
    for one in crossing.asked:
        if states[one.id] != _ACKNOWLEDGED:
            raise NotThroughError(crossing.asker, f"{one.citation.information}の連絡が {states[one.id]}")


def handed_over(crossing: Crossing) -> None:
    """Each once, to the business system on the other side, with the values that were told."""
    for one in crossing.asked:
        path = f"/v1/notices?correlation_id={one.correlation_id}"
        found = objects(crossing.provider.asked(Request("GET", path, "business")), "notices")
        items = crossing.held[one.citation.information]["items"]
        if not same([each.get("items") for each in found], [items]):
            said = f"{one.citation.information}の連絡が、届いたまま一度だけ渡されない（{len(found)} 件）"
            raise NotThroughError(crossing.provider, said)
