"""The north face of the network: inbox, link codes, directory (guide §3–§5)."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from harness.spec.json_binding import peek, verify
from harness.spec.law import versions
from harness.spec.messages import timestamp
from harness.spec.organisations import Organisation, network_organisation, organisations
from harness.spec.refusals import RefusedError
from harness.spec.schemas import problem_with
from mocks.network.network import Network
from mocks.web.http_json import read_body

LONGEST_MESSAGE = 4_000_000  # bytes (guide §3, check 1)
LINK_CODE_TYPE = "renkei-link-code+jws"


def north_routes(network: Network) -> list[Route]:
    """The routes that a gateway calls."""

    async def inbox(request: Request) -> Response:
        return JSONResponse({"message_id": network.receive(await _token(request))}, 202)

    async def link_codes(request: Request) -> Response:
        return JSONResponse({"link_code": _redeem(network, await _token(request))})

    async def directory(_: Request) -> Response:
        own = network_organisation()
        partners = [o for o in organisations().values() if o != own]
        document = {
            "network": _described(network, own),
            "organisations": [_described(network, o) for o in partners],
            "tables": list(versions()),
            "time": timestamp(),
        }
        return JSONResponse(document)

    return [
        Route("/v1/inbox", inbox, methods=["POST"]),
        Route("/v1/link-codes", link_codes, methods=["POST"]),
        Route("/v1/directory", directory, methods=["GET"]),
    ]


def _redeem(network: Network, token: str) -> str:
    claimed = str(peek(token).get("organisation"))
    wish = verify(token, network.keys_of(claimed).signature, LINK_CODE_TYPE)
    if problem := problem_with("link-code-request", wish):
        raise RefusedError("MALFORMED", problem)
    link_code = network.people.redeem(wish["enrolment_token"], wish["organisation"])
    if link_code is None:
        raise RefusedError("SUBJECT_UNKNOWN", "enrolment_token")
    return link_code


def _described(network: Network, organisation: Organisation) -> dict[str, object]:
    keys = network.keys_of(organisation.code).to_jwk()
    return {"code": organisation.code, "name": organisation.name, "kind": organisation.kind, "keys": keys}


async def _token(request: Request) -> str:
    body = await read_body(request, LONGEST_MESSAGE)
    if body is None:
        raise RefusedError("MALFORMED", f"{LONGEST_MESSAGE:,} バイトを超える")
    return body.decode("ascii", errors="replace")
