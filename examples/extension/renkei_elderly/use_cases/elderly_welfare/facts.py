"""What the decision rests on."""

from harness.use_cases.claim import Claim, Knowledge
from harness.use_cases.reading import must_know, whole


def facts_of(claim: Claim, known: Knowledge) -> int:
    """The claimant's income in yen."""
    return whole(must_know(known, claim.home.claimant, "地方税関係情報"), "総所得額")
