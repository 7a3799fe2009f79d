"""The south face of the contract before a gateway that has another one. It translates paths, names and answers, keeps nothing, and
decides nothing: what the gateway refuses it passes on under the code of the contract."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

TOKEN = "token-of-business-systems"
STAFF, AUDIT = "token-of-staff", "token-of-auditors"
# What the gateway calls its refusals → code, phase and status of the contract (refusals.json).
REFUSALS = {
    "E-FORM": ("INVALID_REQUEST", "連携確認", 422),
    "E-NOBODY": ("SUBJECT_UNKNOWN", "ID変換", 404),
    "E-OLD": ("VERSION_STALE", "連携情報保管", 409),
    "E-NETWORK": ("LINK_CODE_UNAVAILABLE", "ID変換", 502),
}
UNAUTHENTICATED = ("UNAUTHENTICATED", "認証・認可", 401)
NOT_DECLARED = ("NOT_DECLARED", "連携確認", 501)
NOT_FOUND = ("NOT_FOUND", "連携確認", 404)


def refused(refusal: tuple[str, str, int]) -> JSONResponse:
    """A refusal of the contract."""
    code, phase, status = refusal
    return JSONResponse({"code": code, "phase": phase, "reason": f"{phase}が拒否した。"}, status)


def known(request: Request, *tokens: str) -> bool:
    """Does the request carry one of these tokens?"""
    return request.headers.get("Authorization") in {f"Bearer {token}" for token in tokens}


async def told(request: Request, method: str, path: str, body: Any) -> tuple[int, Any]:
    """Status and JSON of the gateway's own API."""
    client: httpx.AsyncClient = request.app.state.client
    answer = await client.request(method, path, json=body, headers={"X-Api-Key": "key-of-the-shim"})
    return answer.status_code, answer.json()


def passed_on(status: int, answer: Any, body: Any, accepted: int = 200) -> JSONResponse:
    """What the gateway came to, in the words of the contract."""
    if status < 400:
        return JSONResponse(body, accepted)
    return refused(REFUSALS[answer["error"]])


async def health(request: Request) -> JSONResponse:
    """GET /v1/health: the gateway tells it piece by piece."""
    _, about = await told(request, "GET", "/api/status", None)
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    keys = {"signature": about["sign_kid"], "encryption": about["enc_kid"]}
    who = {"status": "ok", "contract": "1", "organisation": about["office"], "product": about["version"]}
    return JSONResponse({**who, "time": now, "tables": about["laws"], "keys": keys})


async def subject(request: Request) -> JSONResponse:
    """PUT /v1/subjects/{local_id}: the gateway knows residents, and tells a new one by "created"."""
    if not known(request, TOKEN):
        return refused(UNAUTHENTICATED)
    local_id, body = request.path_params["local_id"], await json_of(request)
    resident = {"atena_no": local_id, "form": body}
    status, answer = await told(request, "POST", "/api/residents", resident)
    accepted = 201 if status < 400 and answer["created"] else 200
    return passed_on(status, answer, {"local_id": local_id}, accepted)


async def record(request: Request) -> JSONResponse:
    """PUT /v1/records: the gateway knows certificates."""
    if not known(request, TOKEN):
        return refused(UNAUTHENTICATED)
    status, answer = await told(request, "POST", "/api/certificates", {"form": await json_of(request)})
    return passed_on(status, answer, {})


async def undeclared(request: Request) -> JSONResponse:
    """What the statement does not declare."""
    staff = request.url.path.endswith(("/handling", "/pending"))
    return refused(NOT_DECLARED if known(request, STAFF if staff else TOKEN) else UNAUTHENTICATED)


async def nowhere(request: Request) -> JSONResponse:
    """Everything else."""
    return refused(NOT_FOUND if known(request, TOKEN, STAFF, AUDIT) else UNAUTHENTICATED)


async def inbox(request: Request) -> Response:
    """The north face is that of the contract already: bytes pass as they are."""
    client: httpx.AsyncClient = request.app.state.client
    headers = {"Content-Type": request.headers.get("Content-Type", "")}
    answer = await client.post("/north/v1/inbox", content=await request.body(), headers=headers)
    return Response(answer.content, answer.status_code, media_type="application/json")


async def json_of(request: Request) -> Any:
    """None for what is no JSON: the gateway says what is wrong with a form."""
    try:
        return await request.json()
    except ValueError:
        return None


def application(gateway: str, transport: httpx.AsyncBaseTransport | None = None) -> Starlette:
    """The shim before a gateway at a URL; `transport`: in place of a connection."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with httpx.AsyncClient(base_url=gateway, transport=transport) as app.state.client:
            yield

    routes = [
        Route("/south/v1/health", health),
        Route("/south/v1/subjects/{local_id}", subject, methods=["PUT"]),
        Route("/south/v1/records", record, methods=["PUT"]),
        *(Route(f"/south/v1/{name}", undeclared, methods=["POST"]) for name in ("enquiries", "batches")),
        Route("/south/v1/handling", undeclared, methods=["PUT"]),
        Route("/south/v1/pending", undeclared),
        Route("/south/{path:path}", nowhere, methods=["GET", "PUT", "POST"]),
        Route("/north/v1/inbox", inbox, methods=["POST"]),
    ]
    return Starlette(routes=routes, lifespan=lifespan)
