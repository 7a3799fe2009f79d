"""What a gateway process is told: command line and environment."""

import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from harness.contract.keys import KeyPair, bench_keys
from harness.contract.statement import Tokens
from harness.contract.versions import FIRST, VERSIONS
from mocks.gateway.profiles import FULL, PROFILES

TOKENS_VARIABLE = "RENKEI_GATEWAY_TOKENS"
DEFAULT_ORGANISATION = "221007"


class SettingsError(ValueError):
    """Settings that cannot be used; the message is one sentence with the remedy."""


@dataclass(frozen=True)
class Settings:
    """network: base URL without trailing slash; port: 0 for a free one; database: None for a temporary one."""

    network: str
    organisation: str
    keys: KeyPair
    tokens: Tokens
    port: int = 0
    database: Path | None = None
    defect: str | None = None
    profile: str = FULL
    contract: str = FIRST
    calls: Path | None = None

    @classmethod
    def from_arguments(
        cls, program: str, arguments: Sequence[str] | None, environment: Mapping[str, str] = os.environ
    ) -> Self:
        """From the command line. Tokens of the environment take precedence: argv is readable by every user of
        the machine (proc(5)); those of the standard input, which is readable by nobody, before both. Raises
        SettingsError in one sentence."""
        given = _parser(program).parse_args(sys.argv[1:] if arguments is None else arguments)
        if not _is_http(given.network):
            raise SettingsError(
                f"--network {given.network}: http の URL ではない（例: http://127.0.0.1:9200）。"
            )
        line = sys.stdin.readline() if given.tokens_on_stdin else None
        return cls(
            network=given.network.rstrip("/"),
            organisation=given.organisation,
            keys=_keys(given.organisation),
            tokens=_tokens(environment.get(TOKENS_VARIABLE) if line is None else line, given),
            port=given.port,
            database=given.database,
            defect=given.defect,
            profile=given.profile,
            contract=given.contract,
            calls=given.calls,
        )


def _is_http(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return (
            url.isascii() and parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
        )
    except ValueError:
        return False


def _parser(program: str) -> ArgumentParser:
    parser = ArgumentParser(prog=f"python -m {program}", description="団体間情報連携の参照ゲートウェイ")
    parser.add_argument("--network", required=True, metavar="URL")
    parser.add_argument("--port", type=int, default=0, help="0 は空いているポート")
    parser.add_argument("--database", type=Path, metavar="PATH", help="なければ一時フォルダー")
    parser.add_argument("--organisation", default=DEFAULT_ORGANISATION, metavar="CODE")
    for kind in ("business", "staff", "audit"):
        parser.add_argument(f"--{kind}-token", metavar="TOKEN", help=f"{TOKENS_VARIABLE} が優先する")
    parser.add_argument("--tokens-on-stdin", action="store_true", help="標準入力の1行目の JSON で受け取る")
    parser.add_argument("--defect", metavar="NAME")
    parser.add_argument("--calls", type=Path, metavar="PATH", help="呼ばれた機能を追記するファイル")
    parser.add_argument("--profile", choices=PROFILES, default=FULL, help="何を宣言するか")
    parser.add_argument("--contract", choices=VERSIONS, default=FIRST, help="契約のどの版を宣言するか")
    return parser


def _keys(organisation: str) -> KeyPair:
    try:
        return bench_keys(organisation)
    except KeyError as error:
        raise SettingsError(f"--organisation {organisation}: 試験用の鍵がない団体コード。") from error


def _tokens(variable: str | None, given: Any) -> Tokens:
    flags = {k: getattr(given, f"{k}_token") for k in ("business", "staff", "audit")}
    values = flags if variable is None else _object(variable)
    try:
        tokens = Tokens(**values)
    except TypeError as error:
        raise SettingsError(
            f'{TOKENS_VARIABLE} は {{"business","staff","audit"}} の JSON とする。'
        ) from error
    texts = [t for t in (tokens.business, tokens.staff, tokens.audit) if isinstance(t, str) and t]
    if len(set(texts)) != 3:
        raise SettingsError(
            f"業務・職員・監査の三つの異なるトークンが要る。{TOKENS_VARIABLE} 又は --business-token などで渡す。"
        )
    return tokens


def _object(text: str) -> dict[str, object]:
    try:
        value = json.loads(text)
    except ValueError:
        value = None
    return value if isinstance(value, dict) else {}
