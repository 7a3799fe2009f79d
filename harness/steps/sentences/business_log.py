"""ログ管理（中間IF）: what was provided about whom."""

import json

from pytest_bdd import parsers, then

from harness.catalogue.findings import NonconformityError
from harness.steps.verbs.logs import log
from harness.steps.verbs.responding_side import answer_at_hand
from harness.steps.verbs.scene import Scene


@then("業務ログに、誰について提供したかが残る")
def _given(scene: Scene) -> None:
    incoming = scene.incoming[-1]
    answer_at_hand(scene, incoming)
    _must_name_the_subject(scene, incoming.correlation_id)


@then("業務ログに、すべての照会について、誰について提供したかが残る")
def _all_given(scene: Scene) -> None:
    """Whom to tell where what was given turns out to be wrong: one that is missing is never told."""
    for incoming in scene.incoming:
        _must_name_the_subject(scene, incoming.correlation_id)


@then("業務ログに、誰についてエラーで答えたかが残る")
def _error_given(scene: Scene) -> None:
    _must_name_the_subject(scene, scene.incoming[-1].correlation_id)


@then("業務ログに、誰について取得したかが残る")
def _received(scene: Scene) -> None:
    _must_name_the_subject(scene, scene.enquiries[-1].accepted()["correlation_id"])


@then(parsers.parse("業務ログに、「{words}」が残る"))
def _words_kept(scene: Scene, words: str) -> None:
    entries = log(scene, "business", correlation_id=scene.incoming[-1].correlation_id)
    if words not in json.dumps(entries, ensure_ascii=False):
        raise NonconformityError("RECORD_MISMATCH", f"業務ログ {len(entries)} 件にない", "職員が示した理由")


def _must_name_the_subject(scene: Scene, correlation_id: str) -> None:
    local_id = scene.household.claimant.local_id
    entries: list[dict[str, object]] = []

    def written() -> bool:
        entries[:] = log(scene, "business", correlation_id=correlation_id)
        return any(e["local_id"] == local_id for e in entries)

    expected = "照会の番号と対象者の識別番号を持つ業務ログ"
    scene.until(written, "RECORD_MISMATCH", lambda: f"業務ログ {len(entries)} 件に対象者がない", expected)
