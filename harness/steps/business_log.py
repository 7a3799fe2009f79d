"""ログ管理（中間IF）: what was provided about whom."""

from pytest_bdd import then

from harness.steps.answering import the_answer
from harness.steps.scene import Scene


@then("業務ログに、誰について提供したかが残る")
def _kept(scene: Scene) -> None:
    incoming, local_id = scene.incoming[-1], scene.household.claimant.local_id
    the_answer(scene, incoming)
    entries: list[dict[str, object]] = []

    def written() -> bool:
        reply = scene.south.log("business", correlation_id=incoming.correlation_id)
        entries[:] = reply.expect(200, "business-log")["entries"]
        return any(e["local_id"] == local_id for e in entries)

    expected = "提供した照会の番号と対象者の識別番号を持つ業務ログ"
    scene.until(written, "RECORD_MISMATCH", lambda: f"業務ログ {len(entries)} 件に対象者がない", expected)
