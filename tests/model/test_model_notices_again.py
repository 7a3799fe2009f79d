"""Of several 連絡 of one name the first stands, once it is certain which was first."""

from harness.contract.messages import Kind
from harness.model.judges.received import received
from tests.model.histories import PARTNER, Told, broken
from tests.model.test_model_notices import arrived, entry, listed


def test_what_comes_after_one_was_acknowledged_changes_nothing() -> None:
    for acknowledged, items, found in (
        (None, {"a": 2}, []),
        (12, {"a": 2}, []),
        (10.5, {"a": 2}, ["notice-once"]),
        (10.5, {"a": 1}, []),
        (10.5, {"a": 3}, ["notice-as-it-came"]),
    ):
        told = Told()
        id_ = arrived(told, items={"a": 1})
        arrived(told, 11, id_, items={"a": 2})
        if acknowledged:
            told.send(Kind.RECEIPT, None, {}, at=acknowledged, header={"correlation_id": id_, "to": PARTNER})
        listed(told, 20, entry(id_, items=items))
        assert broken(received, told) == found
        looks = [case.alternative for case in received(told.history()) if case.rule == "notice-once"]
        assert looks == ["再び届いた連絡"]
    told = Told()
    id_ = arrived(told, items={"a": 1})
    arrived(told, 30, id_, items={"a": 2})
    listed(told, 40, entry(id_, 30, items={"a": 2}))
    assert broken(received, told) == ["notice-once"]
