"""Traffic that is made from the contract, in bulk; the whole record is judged by the model."""

from pytest_bdd import parsers, then, when

from harness.catalogue.findings import NonconformityError
from harness.steps.verbs.scene import Scene
from harness.steps.verbs.staging import STAGE, staged
from harness.stimuli.stage import Stage
from harness.stimuli.tables import TABLES


@when(parsers.parse("契約から作った「{name}」の表を送る"))
def _send(scene: Scene, name: str) -> None:
    TABLES[name](staged(scene, scene.seed))


@then("南側の要求のすべてに応答があり、その正しさは全記録について判断する")
def _all_answered(scene: Scene) -> None:
    """What each answer has to be is the model's to say."""
    stage: Stage = scene.noted[STAGE]
    unanswered = [reply for reply in stage.replies if reply.problem and reply.status is None]
    if unanswered:
        first = unanswered[0]
        observed = f"{len(stage.replies)} 件のうち {len(unanswered)} 件に応答がない（{first.observed()}）"
        raise NonconformityError(first.problem or "TIMED_OUT", observed, "南側の要求のすべてに、制限内の応答")
