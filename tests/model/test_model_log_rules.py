"""What the judges of the logs yield stands in the tables of their rules, and what stands there has a sentence and a requirement."""

import pytest

from harness.catalogue.findings import findings
from harness.catalogue.requirements import requirements
from harness.model.judges.logs import logs
from harness.model.rules import rules
from tests.model.histories import Told, occasions
from tests.model.kept_logs import Kept
from tests.model.test_model_access_log import EVENTS, exchanged
from tests.model.test_model_audit_log import SOUTH, refused
from tests.model.test_model_secrecy import told as with_residents

OWN = ("log-", "access-", "audit-", "business-")


def judged(kept: Kept) -> set[tuple[str, str]]:
    """All occasions of everything that was written."""
    for log in kept.logs:
        kept.show(log)
    return occasions(logs, kept.told)


def listed(found: set[tuple[str, str]]) -> bool:
    return all(alternative in rules()[rule].alternatives for rule, alternative in found)


@pytest.mark.parametrize(("kind", "event", "code"), EVENTS)
def test_alternatives_of_messages_are_listed(kind: str, event: str, code: str | None) -> None:
    kept, message = exchanged(kind, event, code)
    kept.access(event, message)
    found = judged(kept)
    assert listed(found)
    assert any(rule.startswith("access-") for rule, _ in found)


def test_alternatives_of_requests_are_listed() -> None:
    told = Told()
    kept = Kept(told)
    for method, path, code, staff, told_staff, _ in SOUTH:
        kept.audit(refused(told, method, path, code, staff).span, "拒否", code, staff_id=told_staff)
    assert listed(judged(kept))
    assert listed(judged(with_residents()))


def test_each_rule_of_the_logs_has_a_requirement_and_a_code() -> None:
    own = [rule for id_, rule in rules().items() if id_.startswith(OWN)]
    assert len(own) > 40
    for rule in own:
        assert rule.requirement in requirements()
        assert rule.code in findings()
        assert rule.alternatives
        assert len(set(rule.alternatives)) == len(rule.alternatives)
