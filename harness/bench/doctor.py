"""Everything that would keep a run from beginning, all at once: the checks of the preflight, none of which ends the others."""

import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from harness.bench.network import Listening, NetworkControl, check_listen, start_network
from harness.bench.preflight import address_checks, faces, inbox, introduced, keys, look
from harness.catalogue.findings import ConfigurationError
from harness.contract.keys.ring import KeyRing
from harness.contract.statement import Statement, StatementError, document_of, faults_in, without_strangers
from harness.gateways.exchange import Limits
from harness.gateways.kinds import Running, Setting, find
from harness.gateways.manners import Manners
from harness.gateways.south import SouthFace
from harness.gateways.transport import Http, over_http

STATEMENT, ADDRESSES, PORT = "実装適合宣言", "アドレス", "ネットワークのポート"
START, INTRODUCTION = "ゲートウェイの起動", "応答・団体・契約の版・鍵の名・時計"
FACES, KEYS = "トークン・受信箱", "リンクコードの取得と鍵"
_LATER = (ADDRESSES, PORT, START, INTRODUCTION, FACES, KEYS)


@dataclass(frozen=True)
class Diagnosis:
    """`faults`: one sentence each, with the remedy; `looked`: what was looked at; `left`: what could not be, because of them."""

    faults: list[str] = field(default_factory=list)
    looked: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def tell(self, error: Exception) -> None:
        """One more fault."""
        self.faults.append(str(error))


def diagnose(gateway: str, statement_file: Path | None, folder: Path, allowed: tuple[str, ...]) -> Diagnosis:
    """Starts the network, and the gateway where it is to be started; ends both. Writes logs into `folder`. Raises
    InconclusiveError."""
    found = Diagnosis()
    statement = _statement(statement_file, found)
    if found.faults and statement is None:
        found.left.extend(_LATER)
        return found
    try:
        kind, params = find(gateway)
        listen = kind.network_listen(params, statement)
    except ConfigurationError as error:
        found.tell(error)
        found.left.extend(_LATER)
        return found
    with _network(listen, folder, allowed, found) as (url, control, own_port):
        setting = Setting(url, statement, folder)
        try:
            running = kind.start(params, setting)
        except ConfigurationError as error:
            found.tell(error)
            found.left.extend((START, INTRODUCTION, FACES, KEYS))
            return found
        try:
            _gateway(running, control, found, allowed, own_port=own_port)
        finally:
            running.stop()
    return found


def _statement(file: Path | None, found: Diagnosis) -> Statement | None:
    """None where there is none, and where it cannot be used even without what is misspelt."""
    found.looked.append(STATEMENT)
    if file is None:
        return None
    try:
        document = document_of(file)
    except StatementError as error:
        found.tell(error)
        return None
    found.faults.extend(faults_in(document, file.name))
    with suppress(StatementError):
        return Statement.from_document(without_strangers(document), file.name)
    return None


@contextmanager
def _network(
    listen: str | None, folder: Path, allowed: tuple[str, ...], found: Diagnosis
) -> Iterator[tuple[str, NetworkControl, bool]]:
    """Where it is, and whether on the statement's own port: where that is taken, on another one, where the gateway does not reach
    it, but can be asked for the rest."""
    found.looked.append(PORT)
    before = len(found.faults)
    look(lambda: check_listen(listen), found.tell)
    own = None if len(found.faults) > before else listen
    with ExitStack() as stack:
        process, address = start_network(
            folder, Listening(own), allowed, keys=KeyRing(secrets.token_urlsafe())
        )
        stack.callback(process.stop)
        yield address.url, NetworkControl.at(address), own == listen


def _gateway(
    running: Running,
    control: NetworkControl,
    found: Diagnosis,
    allowed: tuple[str, ...],
    *,
    own_port: bool,
) -> None:
    found.looked.append(ADDRESSES)
    before = len(found.faults)
    for check in address_checks(running.statement, allowed):
        look(check, found.tell)
    if len(found.faults) > before:  # nobody is asked who may not be
        found.left.extend((INTRODUCTION, FACES, KEYS))
        return
    control.register_gateway(running.statement, running.statement.north_url)
    with over_http(Limits()) as http:
        south = SouthFace(
            http, running.statement, http.limits, lambda _: None, manners=Manners(secrets.randbits(32))
        )
        _asked(south, http, control, running, found, own_port=own_port)


def _asked(  # noqa: PLR0913  # the two faces, and what is known already
    south: SouthFace,
    http: Http,
    control: NetworkControl,
    running: Running,
    found: Diagnosis,
    *,
    own_port: bool,
) -> None:
    found.looked.append(INTRODUCTION)
    try:
        introduced(south, running, found.tell)
    except ConfigurationError as error:
        found.tell(error)
        look(lambda: inbox(south.statement, http, running), found.tell)
        found.left.extend((FACES, KEYS))
        return
    before = len(found.faults)
    found.looked.append(FACES)
    faces(south, http, running, found.tell)
    if not own_port or len(found.faults) > before:  # what the keys are asked by does not work
        found.left.append(KEYS)
        return
    found.looked.append(KEYS)
    look(lambda: keys(south, control), found.tell)
