"""A name that there is not: the nearest ones are told, and all where they are few."""

import pytest

from harness.catalogue.findings import ConfigurationError
from harness.catalogue.requirements import requirements
from harness.contract.names import unknown
from harness.matrix.plan import Choice, choose
from harness.record.matrix import Defect


@pytest.mark.parametrize(
    ("name", "known", "said"),
    [
        ("照会", ("照会側", "応答側"), "x 照会: それはない（近いもの: 照会側。ある: 照会側、応答側）。"),
        ("y", ("甲", "乙"), "x y: それはない（ある: 甲、乙）。"),
        ("ＮＥＴ－０１", ("NET-01",), "x ＮＥＴ－０１: それはない（近いもの: NET-01。ある: NET-01）。"),
        ("net-01", ("NET-01",), "x net-01: それはない（近いもの: NET-01。ある: NET-01）。"),
    ],
)
def test_a_name_is_refused_with_what_may_have_been_meant(
    name: str, known: tuple[str, ...], said: str
) -> None:
    assert unknown("x", name, known) == said


def test_of_many_names_the_nearest_are_told_and_of_none_that_is_near_a_few() -> None:
    assert "近いもの: SIG-" in unknown("x", "SIG-99", requirements())
    far = unknown("x", "@@", requirements())
    assert far.endswith(f" など {len(requirements())}件）。")
    assert far.count("、") < 10


@pytest.mark.parametrize(
    ("choice", "says"),
    [
        (Choice(names=("accept-replay",)), "--defect accept-replay: それはない（近いもの: accepts-replay"),
        (Choice(requirements=("SIG01",)), "--requirement SIG01: それはない（近いもの: SIG-01"),
    ],
)
def test_a_matrix_refuses_a_slip_with_the_right_name(choice: Choice, says: str) -> None:
    known = [Defect("accepts-replay", "NET-02", "")]
    with pytest.raises(ConfigurationError) as caught:
        choose(choice, known)
    assert says in str(caught.value)
