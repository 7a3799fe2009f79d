"""Cases of a rule about one request of the south face."""

from harness.model.cases import Breach, Case
from harness.model.history.exchanges import Call
from harness.model.state.outcomes import refused_with


def case(rule: str, alternative: str, call: Call, broken: tuple[str, str] | None, *about: str) -> Case:
    """`broken`: what was observed and what is expected, None where the rule was kept."""
    if broken is None:
        return Case(rule, alternative)
    return Case(rule, alternative, Breach(*broken, call.words, call.scenario, call.span.end, about))


def of_record(local_id: object, information: object, key: object) -> str:
    """What a breach concerns that makes, or shows, one record wrong."""
    names = sorted(key.items()) if isinstance(key, dict) else key
    return f"record:{local_id}:{information}:{names}"


def answered(call: Call) -> str:
    """The answer in words: status and code, which hold nothing of a resident."""
    code = refused_with(call)
    return f"{call.status} {code[:60]}" if code else str(call.status)
