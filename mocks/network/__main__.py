"""`python -m mocks.network`: the mocked national network as a process. What others must not read comes in one line of JSON on its
standard input: the token of the control API, where the journal is, and the secret of which its keys and those of the counterparts
are made (without one, they are the published test keys): {"token": "…", "journal": "…", "keys": "…"}. With `--partner-port` two
gateways are tested against each other, each of which reaches it at a port of its own."""

import json
import sys
from argparse import ArgumentParser
from contextlib import nullcontext
from pathlib import Path

from harness.contract.journal import Journal
from harness.contract.keys.ring import KeyRing
from harness.contract.seclusion import seclude
from harness.contract.sides import Side
from harness.contract.whereabouts import answering
from mocks.network.app import application, make_network
from mocks.network.hearing import ONE
from mocks.web.serving import PortTakenError, bind, serve

CONFIGURATION = 2  # exit code (guide §10)


def main() -> int:
    """Exit code: 0 after SIGTERM, 2 where it cannot start, with one sentence on stderr."""
    parser = ArgumentParser(prog="python -m mocks.network", description="模擬の情報提供ネットワークシステム")
    parser.add_argument("--port", type=int, default=0, help="0 は空いているポート")
    parser.add_argument(
        "--partner-port", type=int, help="相手のゲートウェイのためのポート（0 は空いているポート）"
    )
    parser.add_argument("--for-load", action="store_true", help="照会応答の本文を開かない（負荷のとき）")
    parser.add_argument("--allow-host", action="append", default=[], metavar="HOST")
    given = parser.parse_args()
    seclude()
    token, path, secret = _told(sys.stdin.readline())
    if not token:
        sys.stderr.write('制御 API のトークンがない。標準入力の1行目に {"token": "…"} で渡す。\n')
        return CONFIGURATION
    try:
        listeners = [bind(port) for port in (given.port, given.partner_port) if port is not None]
        journal = Journal.open(Path(path), "network") if path else None
    except PortTakenError as error:
        sys.stderr.write(f"{error}\n")
        return CONFIGURATION
    except OSError as error:
        sys.stderr.write(f"{path}: 書けない（{error.strerror}）。\n")
        return CONFIGURATION
    network = make_network(journal, for_load=given.for_load, keys=KeyRing(secret))
    ports = [listener.getsockname()[1] for listener in listeners]
    sides = dict(zip(ports, Side, strict=True)) if len(ports) > 1 else ONE
    with answering(Path(path).parent, "network") if path else nullcontext():
        serve(
            application(network, token, tuple(given.allow_host), sides),
            listeners,
            {"url": ""},
            {"ports": ports},
            overhearing=not given.for_load,
        )
    return 0


def _told(line: str) -> tuple[str, str, str]:
    """Token, path of the journal, and secret of the keys; "" for what is not told."""
    try:
        told = json.loads(line)
        return str(told.get("token") or ""), str(told.get("journal") or ""), str(told.get("keys") or "")
    except (ValueError, AttributeError):
        return "", "", ""


if __name__ == "__main__":
    sys.exit(main())
