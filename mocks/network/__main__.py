"""`python -m mocks.network`: the mocked national network as a process."""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path

from harness.spec.journal import Journal
from mocks.network.app import application, make_network
from mocks.web.serving import PortTakenError, bind, serve

TOKEN_VARIABLE = "RENKEI_NETWORK_TOKEN"  # noqa: S105  # a name, not a secret
CONFIGURATION = 2  # exit code (guide §10)


def main() -> int:
    """Exit code: 0 after SIGTERM, 2 where it cannot start, with one sentence on stderr."""
    parser = ArgumentParser(prog="python -m mocks.network", description="模擬の情報提供ネットワークシステム")
    parser.add_argument("--port", type=int, default=0, help="0 は空いているポート")
    parser.add_argument("--journal", type=Path, metavar="PATH", help="電文を追記する journal.jsonl")
    parser.add_argument("--for-load", action="store_true", help="照会応答の本文を開かない（負荷のとき）")
    parser.add_argument("--allow-host", action="append", default=[], metavar="HOST")
    given = parser.parse_args()
    token = os.environ.get(TOKEN_VARIABLE)
    if not token:
        sys.stderr.write(f"制御 API のトークンがない。環境変数 {TOKEN_VARIABLE} で渡す。\n")
        return CONFIGURATION
    try:
        listener = bind(given.port)
        journal = Journal.open(given.journal, "network") if given.journal else None
    except PortTakenError as error:
        sys.stderr.write(f"{error}\n")
        return CONFIGURATION
    except OSError as error:
        sys.stderr.write(f"--journal {given.journal}: 書けない（{error.strerror}）。\n")
        return CONFIGURATION
    network = make_network(journal, for_load=given.for_load)
    serve(
        application(network, token, tuple(given.allow_host)),
        listener,
        {"url": ""},
        overhearing=not given.for_load,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
