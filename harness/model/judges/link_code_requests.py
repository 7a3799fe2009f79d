"""What a gateway claims when it redeems an enrolment token (guide §5)."""

from collections.abc import Iterator, Mapping
from typing import Final

from joserfc.jwk import ECKey

from harness.contract.json_binding import LINK_CODE_TYPE, glimpse, verify
from harness.contract.messages import CLOCK_SECONDS, parse_timestamp
from harness.contract.refusals import RefusedError
from harness.contract.schemas import problem_with
from harness.model.cases import Breach, Case
from harness.model.history.exchanges import Call, Redemption
from harness.model.history.history import History
from harness.model.state.subjects import registrations

_RULE: Final = "link-code-request"
_AGE = (
    5.0  # seconds; a request of the south face is answered within them (guide §2 HTTP), and redeemed for it
)


def claims_of(redemption: Redemption) -> Mapping[str, object]:
    """The payload, whoever signed it; empty where there is none."""
    said = glimpse(redemption.token)
    return said if isinstance(said, dict) else {}


def link_code_requests(history: History) -> Iterator[Case]:
    """Every redemption: signature, members, organisation, time, and whose token it is."""
    brought, own, key = (
        _brought(history),
        history.declared.organisation,
        history.declared.keys.get("signature"),
    )
    signer = ECKey.import_key({name: str(text) for name, text in key.items()}) if key else None
    for redemption in history.redemptions:
        claims = claims_of(redemption)
        call = brought.get(str(claims.get("enrolment_token")))
        known = call is not None and call.span.begin <= redemption.span.end
        for member, observed in _looked_at(redemption, claims, own, signer, known=known):
            yield Case(_RULE, member, _breach(redemption, call, observed) if observed else None)


def _breach(redemption: Redemption, call: Call | None, observed: str) -> Breach:
    where = f"リンクコードの発行要求（{redemption.number} 行目）"
    scenario = call.scenario if call else ""
    about = (f"subject:{call.path.rpartition('/')[2]}",) if call else ()
    return Breach(observed, "5章のとおりの要求", where, scenario, redemption.span.end, about)


def _looked_at(
    redemption: Redemption, claims: Mapping[str, object], own: str, signer: ECKey | None, *, known: bool
) -> Iterator[tuple[str, str]]:
    """Each member, with what is wrong with it, empty where nothing is."""
    if signer is not None:
        yield "署名", _signature(redemption.token, signer)
    place = problem_with("link-code-request", dict(claims))
    yield "様式", f"payload の {place.partition(':')[0]} が様式に合わない" if place else ""
    organised = claims.get("organisation") == own
    yield "organisation", "" if organised else "payload の organisation が自団体ではない"
    yield "enrolment_token", "" if known else "登録の要求にない発行トークンが引き換えられた"
    near = _is_near(claims.get("issued_at"), redemption)
    yield "issued_at", "" if near else "issued_at が要求した日時ではない"


def _signature(token: str, key: ECKey) -> str:
    try:
        verify(token, key, LINK_CODE_TYPE)
    except RefusedError as refused:
        return f"署名又は保護ヘッダーが取決めと違う（{refused.refusal.code}）"
    return ""


def _is_near(issued_at: object, redemption: Redemption) -> bool:
    try:
        moment = parse_timestamp(str(issued_at)).timestamp()
    except ValueError:
        return False
    span = redemption.span
    return span.begin - CLOCK_SECONDS - _AGE <= moment <= span.end + CLOCK_SECONDS


def _brought(history: History) -> Mapping[str, Call]:
    """Enrolment token → the first registration that brought it."""
    found: dict[str, Call] = {}
    for call in sorted(registrations(history), key=lambda call: call.span.begin):
        if isinstance(call.body, dict):
            found.setdefault(str(call.body.get("enrolment_token")), call)
    return found
