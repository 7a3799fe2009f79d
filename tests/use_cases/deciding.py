"""What tests of oracles share: a judgement that must be a decision, and one that must not."""

from harness.use_cases.decision import Decision, Judgement, Undecided


def decided(judgement: Judgement) -> Decision:
    """The decision."""
    assert isinstance(judgement, Decision), judgement
    return judgement


def undecided(judgement: Judgement) -> str:
    """The reasons why there is none."""
    assert isinstance(judgement, Undecided), judgement
    assert all(reason.text and reason.article for reason in judgement.reasons)
    return "、".join(reason.text for reason in judgement.reasons)
