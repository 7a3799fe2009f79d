"""What business systems see when a load is over: of the sample the result, of every other enquiry its status, looked at again
where a gateway has not yet noted what it took."""

from typing import Any, cast

from harness.catalogue.verdicts import Verdict
from harness.contract.messages import Value, new_id
from harness.gateways.exchange import Reply
from harness.gateways.south import SouthFace
from load.judge.fetching import PAUSES, fetched, unseen
from load.prepare.prepared import SOUTH, Expected, Prepared
from load.send.sent import Sent

ITEMS: dict[str, Value] = {"相当年度": "2012", "年税額": 1}


def asked(index: int) -> Prepared:
    expected: Expected = {"items": ITEMS, "local_id": f"L{index}", "from": "401307"}
    return Prepared(index, "照会", SOUTH, "POST", "/v1/enquiries", {}, "", "", "p", expected)


def sent(index: int) -> Sent:
    return Sent(index, 0, 0, 0, 202, correlation_id=f"c-{index}", enquiry_id=str(index))


class Gateway:
    """Shows an enquiry as answered from its `patience`-th look on; 0 at once, -1 never."""

    def __init__(self, **patience: int) -> None:
        self.patience = {name[1:]: looks for name, looks in patience.items()}
        self.looks: dict[str, int] = {}
        self.results: list[str] = []
        self.paused: list[float] = []

    def enquiry(self, enquiry_id: str) -> Reply:
        looks = self.looks[enquiry_id] = self.looks.get(enquiry_id, -1) + 1
        wanted = self.patience.get(enquiry_id, 0)
        status = "応答済" if 0 <= wanted <= looks else "送信済"
        told = {"enquiry_id": enquiry_id, "correlation_id": new_id(), "status": status, "error": None}
        return Reply("GET", 200, told, "", 0.0)

    def result(self, enquiry_id: str) -> Reply:
        self.results.append(enquiry_id)
        facts = {"enquiry_id": enquiry_id, "information": "地方税関係情報", "items": ITEMS}
        return Reply("GET", 200, {**facts, "local_id": f"L{enquiry_id}", "from": "401307"}, "", 0.0)


def look(gateway: Gateway, sample: range, rest: range) -> tuple[list[Any], list[Any]]:
    south = cast(SouthFace, gateway)
    wanted = [(asked(i), sent(i)) for i in sample]
    return fetched(south, wanted, [("照会", sent(i)) for i in rest], gateway.paused.append)


def test_results_of_the_sample_and_the_status_of_all_others() -> None:
    gateway = Gateway()
    sample, rest = look(gateway, range(3), range(3, 20))
    assert [one.index for one in sample] == [0, 1, 2]
    assert [one.index for one in rest] == list(range(3, 20))
    assert {one.verdict for one in (*sample, *rest)} == {Verdict.PASS}
    assert sorted(gateway.results) == ["0", "1", "2"]
    assert (gateway.paused, unseen(rest)) == ([], ())


def test_a_gateway_has_five_seconds_for_what_it_does_after_its_202() -> None:
    gateway = Gateway(e1=1, e5=2)
    sample, rest = look(gateway, range(3), range(3, 8))
    assert {one.verdict for one in (*sample, *rest)} == {Verdict.PASS}
    assert gateway.paused == list(PAUSES)
    assert sum(PAUSES) == 5
    assert (gateway.looks["0"], gateway.looks["1"], gateway.looks["5"]) == (0, 1, 2)


def test_what_is_never_shown_is_named() -> None:
    gateway = Gateway(e1=-1, e6=-1)
    sample, rest = look(gateway, range(3), range(3, 8))
    assert [(one.index, one.code) for one in sample if one.verdict != Verdict.PASS] == [
        (1, "STATUS_NOT_REACHED")
    ]
    assert unseen(rest) == ("c-6 処理状況は送信済",)


class SilentNowAndThen(Gateway):
    """Every other enquiry is never answered; here at once, else after 5 s."""

    def enquiry(self, enquiry_id: str) -> Reply:
        if int(enquiry_id) % 2:
            self.looks[enquiry_id] = 0
            return Reply("GET", None, None, "", 5.0, "TIMED_OUT", "5 秒")
        return super().enquiry(enquiry_id)


def test_a_gateway_that_hangs_now_and_then_is_not_asked_for_ever() -> None:
    gateway = SilentNowAndThen()
    _, rest = look(gateway, range(0), range(10_000))
    assert {one.code for one in rest} == {"", "TIMED_OUT"}
    assert len(gateway.looks) < 200


def test_nothing_to_look_at_is_nothing() -> None:
    assert look(Gateway(), range(0), range(0)) == ([], [])
