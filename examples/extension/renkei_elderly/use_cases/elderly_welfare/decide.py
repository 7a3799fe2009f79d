"""The decision."""

from harness.use_cases.decision import Decision, Outcome, Reason


def decide(facts: int) -> Decision:
    """By income alone (own)."""
    outcome = Outcome.GRANTED if facts < 1_000_000 else Outcome.REFUSED
    return Decision(outcome, 0, None, (Reason("所得による", "own"),))
