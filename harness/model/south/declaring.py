"""Row 4 of the refusals: what the statement does not declare."""

from typing import Final

from harness.contract.use_cases import use_cases
from harness.model.history.history import Declared
from harness.model.south.faults import Fault, none_now, open_
from harness.model.south.requests import Asked, Declarable
from harness.model.south.wishes import Wish

CODE: Final = "NOT_DECLARED"
BATCH: Final = "バッチ"
_REGISTERING: Final = frozenset({"records", "bulk", "deletion"})
_ENQUIRIES: Final = "POST /v1/enquiries"
# The sentence before the table says more than row 4: whoever reads it so refuses these as well.
_BY_GROUP: dict[str, tuple[Declarable, ...]] = {
    "enquiries": (("roles", "照会側"),),
    "batches": (("roles", "照会側"), ("modes", BATCH)),
    "notices": (("roles", "連絡"),),
    "records": (("roles", "応答側"),),
    "bulk": (("roles", "応答側"),),
    "deletion": (("roles", "応答側"),),
    "files": (("roles", "応答側"),),
    "handling": (("roles", "応答側"),),
    "pending": (("roles", "応答側"),),
    "portal": (("roles", "応答側"),),
}


def fault_of(asked: Asked, body: object, declared: Declared, *, settles: bool) -> Fault | None:
    """Of the request, then of what its body asks for."""
    request = asked.request
    for list_, name in request.needs:
        if not declared.has(list_, name):
            return Fault(CODE, f"{list_} {name}")
    mode = body.get("mode") if isinstance(body, dict) else None
    if request.name == _ENQUIRIES and mode == BATCH and not declared.has("modes", BATCH):
        return Fault(CODE, f"mode {BATCH}")
    if not all(declared.has(*needed) for needed in _BY_GROUP.get(request.group, ())):
        listed = settles and request.group not in _REGISTERING
        return None if listed else none_now("undeclared-list", CODE, "ほかの役割の要求", settles=settles)
    return open_(CODE) if _is_beyond(request.name, body, declared) else None


def _is_beyond(name: str, body: object, declared: Declared) -> bool:
    wish = Wish.of(body)
    if name == "PUT /v1/handling":
        return not declared.has("handling", wish.mode)
    if name == _ENQUIRIES and wish.mode and not declared.has("modes", wish.mode):
        return True
    return bool(wish.affair) and of_no_declared_case(wish.affair, declared)


def of_no_declared_case(affair: str, declared: Declared) -> bool:
    """An affair of use cases none of which is declared."""
    cases = [case.name for case in use_cases().values() if affair in case.affairs]
    return bool(cases) and not any(declared.has("use_cases", case) for case in cases)
