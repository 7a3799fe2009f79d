"""The decision of an office: the same for what came and for the truth."""

from harness.steps.verbs.scene import Scene
from harness.use_cases.claim import Claim, Knowledge
from harness.use_cases.decision import Judgement
from harness.use_cases.judges import judges


def judge(scene: Scene, known: Knowledge) -> Judgement:
    """What follows for the claim of the scenario from what is known. Raises NonconformityError where that does not do."""
    members = tuple(scene.person(word) for word in scene.claim.get("members", ()))
    claim = Claim(scene.household, scene.claim["date"], members, scene.claim)
    return judges()[scene.claim["benefit"]](claim, known)
