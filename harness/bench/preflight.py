"""Preflight: what must be right before any verdict. What is wrong is said in one sentence with the remedy."""

import secrets
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from functools import partial

import httpx

from harness.bench.network import NetworkControl
from harness.bench.one_gateway import must_be_one
from harness.bench.registration import subject
from harness.bench.tokens import wrong_tokens
from harness.catalogue.findings import ConfigurationError, findings
from harness.contract.addresses import outside
from harness.contract.health import Health
from harness.contract.messages import Mode, new_id, parse_timestamp
from harness.contract.organisations import by_name, organisations
from harness.contract.schemas import problem_with
from harness.contract.statement import Statement
from harness.gateways.exchange import Reply
from harness.gateways.kinds import Running
from harness.gateways.south import SouthFace
from harness.gateways.transport import Http
from harness.residents.build import household
from harness.use_cases.purposes import purposes

STARTING_SECONDS = 15.0  # a gateway that was started by us may need this long until it answers
_RETRY_SECONDS = 0.1
_DIRECTORY_SECONDS = 35.0  # how long a gateway may keep in mind that there was no directory: as long as the reference keeps one
First = Callable[[SouthFace, NetworkControl], None]
Check = Callable[[], None]  # raises ConfigurationError
Tell = Callable[[ConfigurationError], None]
_NOT_YET = frozenset({"NO_CONNECTION", "BROKEN_RESPONSE", "TIMED_OUT"})
_SERVER_ERROR = 500
_ASKERS = ("福岡市", "静岡市", "札幌市")  # one more than there are gateways under test
_NOT_FOUND, _NO_INBOX = 404, frozenset({401, 405})


def check_addresses(statement: Statement, allowed: tuple[str, ...]) -> None:
    """Raises ConfigurationError for a host outside of loopback that --allow-host does not name."""
    for check in address_checks(statement, allowed):
        check()


def address_checks(statement: Statement, allowed: tuple[str, ...]) -> tuple[Check, ...]:
    """The same, address by address."""
    urls = dict.fromkeys((statement.south_url, statement.north_url))
    return tuple(partial(_allowed, url, allowed) for url in urls)


def _allowed(url: str, allowed: tuple[str, ...]) -> None:
    if (host := outside(url, allowed)) is not None:
        raise ConfigurationError(
            f"{url}: この計算機の外のアドレス。検証してよい相手なら --allow-host {host} を付ける。"
        )


def check_introduction(
    statement: Statement, health: Health, asked: tuple[datetime, datetime], allowed_seconds: float
) -> None:
    """Raises ConfigurationError where the health object that came between two moments is not that of the declared
    gateway."""
    for check in _introduction_checks(statement, health, asked, allowed_seconds):
        check()


def _introduction_checks(
    statement: Statement, health: Health, asked: tuple[datetime, datetime], allowed_seconds: float
) -> tuple[Check, ...]:
    own, told = statement.keys, health["keys"]
    return (
        partial(_same, "団体コードが違う", statement.organisation, health["organisation"]),
        partial(_same, "契約の版が違う", statement.contract, health["contract"]),
        partial(_same, "鍵が一致しない: signature", str(own.signature.kid), told["signature"]),
        partial(_same, "鍵が一致しない: encryption", str(own.encryption.kid), told["encryption"]),
        partial(_clock, health, asked, allowed_seconds),
    )


def nothing(south: SouthFace, control: NetworkControl) -> None:
    """Nothing is to be met first."""


def at_once(error: ConfigurationError) -> None:
    """What a run does with the first thing that is wrong: it ends."""
    raise error


def preflight(
    south: SouthFace, http: Http, control: NetworkControl, running: Running, first: First = nothing
) -> Health:
    """The health object of the gateway. Raises ConfigurationError at the first thing that is wrong. `first`: what it meets before it has
    any reason to ask for the directory."""
    try:
        health = introduced(south, running, at_once)
        faces(south, http, running, at_once)
        first(south, control)
        keys(south, control)
    except ConfigurationError:
        _ours(running)  # what follows from that the gateway is gone, or another one, is not said in its place
        raise
    _ours(running)
    return health


def introduced(south: SouthFace, running: Running, tell: Tell) -> Health:
    """What the gateway says of itself, telling of each thing that is not as declared. Raises ConfigurationError where it says
    nothing."""
    reply, answered = _answering(south.health, running), datetime.now(UTC)
    _ours(running)
    health = _health(south.statement.south_url, reply)
    asked = (answered - timedelta(seconds=reply.seconds), answered)
    for check in _introduction_checks(south.statement, health, asked, south.limits.clock_seconds):
        look(check, tell)
    return health


def faces(south: SouthFace, http: Http, running: Running, tell: Tell) -> None:
    """Are the tokens those that the gateway knows, and is its inbox there?"""
    look(partial(_tokens, south), tell)
    look(partial(inbox, south.statement, http, running), tell)


def look(check: Check, tell: Tell) -> None:
    """Tells of what it finds wrong."""
    try:
        check()
    except ConfigurationError as error:
        tell(error)


def _health(url: str, reply: Reply) -> Health:
    if reply.problem or reply.status != 200:
        problem = findings()[reply.problem].ja if reply.problem else f"{reply.status} が返る"
        raise ConfigurationError(
            f"{url}/v1/health: {problem}（{reply.detail or reply.text[:100]}）。URL とゲートウェイの起動を確かめる。"
        )
    if deviation := problem_with("health", reply.body):
        raise ConfigurationError(
            f"{url}/v1/health: 応答が様式 health に合わない（{deviation}）。手引の2章に合わせる。"
        )
    health: Health = reply.body
    return health


def _answering(ask: Callable[[], Reply], running: Running) -> Reply:
    """The first answer of a face that is up, else the last one of one that is not in time: a gateway may open its faces one
    after the other."""
    deadline = time.monotonic() + STARTING_SECONDS
    reply = ask()
    while _is_starting(reply) and time.monotonic() < deadline and running.ended() is None:
        time.sleep(_RETRY_SECONDS)
        reply = ask()
    return reply


def _is_starting(reply: Reply) -> bool:
    """Nobody listens yet, or who listens has nothing behind it yet: a proxy, a server whose application is loading."""
    return reply.problem in _NOT_YET or (reply.status or 0) >= _SERVER_ERROR


def _ours(running: Running) -> None:
    """Whoever answers is the gateway of this run."""
    if said := running.ended():
        raise ConfigurationError(f"{said}。命令と gateway.log を確かめる。")
    if said := running.stranger():
        raise ConfigurationError(f"{said}。それを止めるか、--gateway と宣言の URL を合わせる。")


def _tokens(south: SouthFace) -> None:
    if wrong := wrong_tokens(south):
        names = "、".join(f"south.tokens.{kind}" for kind in wrong)
        raise ConfigurationError(
            f"宣言したトークン {names} をゲートウェイが知らない（どの要求にも、知らないトークンと同じ 401 が返る）。"
            "gateway.toml とゲートウェイの設定を合わせる。"
        )


def _same(what: str, declared: str, told: str) -> None:
    if told != declared:
        raise ConfigurationError(
            f"{what}（宣言 {declared}、ゲートウェイ {told}）。gateway.toml とゲートウェイの設定を合わせる。"
        )


def _clock(health: Health, asked: tuple[datetime, datetime], allowed_seconds: float) -> None:
    """`asked`: moments between which the gateway looked at its clock; an answer may take its time."""
    try:
        told = parse_timestamp(health["time"])
        off = max(asked[0] - told, told - asked[1]).total_seconds()
    except ValueError as error:
        raise ConfigurationError(
            f"health の time を時刻として読めない（{error}）。時差を付けた RFC 3339 にする。"
        ) from error
    if off > allowed_seconds:
        raise ConfigurationError(
            f"時計が {off:.1f} 秒ずれている（許容 {allowed_seconds:g} 秒）。ゲートウェイの時刻を合わせる。"
        )


def inbox(statement: Statement, http: Http, running: Running) -> None:
    """The inbox is there at all; whether it refuses well is for the scenarios to say. It knows no token and takes POST:
    where it says otherwise, and as it does of a path that is nowhere, it is no inbox."""
    url = f"{statement.north_url}/v1/inbox"
    reply = _answering(partial(_posted, http, url), running)
    nowhere = reply.status in _NO_INBOX and _alike(reply, _posted(http, f"{url}/{new_id()}"))
    if reply.status is None or reply.status == _NOT_FOUND or nowhere:
        raise ConfigurationError(
            f"{url}: 受信箱に届かない（{reply.observed()[:200]}）。north.url を確かめる。"
        )


def _posted(http: Http, url: str) -> Reply:
    headers = {"Content-Type": "application/jose"}
    return http.exchange(
        httpx.Request("POST", url, headers=headers, content=secrets.token_urlsafe().encode()), f"POST {url}"
    )


def _alike(one: Reply, other: Reply) -> bool:
    return (one.status, one.text) == (other.status, other.text)


def keys(south: SouthFace, control: NetworkControl) -> None:
    """Do the declared keys belong to the gateway, and its two faces to each other? Proven with a resident who exists for this
    question only, by an organisation that is played."""
    resident = household(secrets.randbits(32), 0).claimant
    own = south.statement.organisation
    token = control.add_person(resident.ref)["enrolment_tokens"][own]
    reply = south.register(resident.local_id, subject(resident, token))
    if reply.status == 502:
        raise ConfigurationError(
            f"ゲートウェイがリンクコードを取得できない（{reply.text[:200]}）。署名鍵の宣言とネットワークの URL を確かめる。"
        )
    played = (by_name(name).code for name in _ASKERS)
    partner = next(code for code in played if code != own and code not in control.real)
    error, correlation_id = _answer_to(
        control, {"as": partner, "person": resident.ref, **_probe(south.statement.declares.tables)}
    )
    if error and error.get("code") == "DECRYPTION_FAILED":
        name = organisations()[partner].name
        raise ConfigurationError(
            f"宣言した暗号鍵に宛てた{name}の電文をゲートウェイが復号できない。keys.encryption を確かめる。"
        )
    if not error:
        must_be_one(south, control, correlation_id)


def _answer_to(control: NetworkControl, enquiry: dict[str, object]) -> tuple[dict[str, str] | None, str]:
    """What the gateway refuses an enquiry with, and the id by which it is answered.

    One that could not have the directory may take its time until it asks again."""
    deadline = time.monotonic() + _DIRECTORY_SECONDS
    while True:
        told = control.enquire(enquiry)
        error: dict[str, str] | None = told["delivery"]["error"]
        if not error or error.get("code") != "UNDELIVERED" or time.monotonic() > deadline:
            return error, told["correlation_id"]
        time.sleep(_RETRY_SECONDS)


def _probe(declared: tuple[str, ...]) -> dict[str, object]:
    """An enquiry that can be opened or not; whether the first table that is declared allows it does not matter."""
    purpose = replace(purposes()["児童扶養手当の支給"], table=declared[0])
    return {
        "basis": asdict(purpose.basis(declared)),
        "affair": purpose.affair,
        "information": "地方税関係情報",
        "key": {"相当年度": "2012"},
        "role": purpose.role,
        "mode": Mode.ONLINE,
    }
