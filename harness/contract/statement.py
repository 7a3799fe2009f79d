"""実装適合宣言 (gateway.toml): what a gateway declares about itself. It selects what is mandatory."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from harness.contract.keys import PublicKeys
from harness.contract.law import versions
from harness.contract.names import unknown
from harness.contract.organisations import organisations
from harness.contract.resources import json_document
from harness.contract.schemas import problem_with
from harness.contract.user_files import parsed, text_of
from harness.contract.versions import FIRST, VERSIONS

MASKED = "********"  # in place of a bearer token
_HOST = re.compile(r"[0-9A-Za-z._:-]{1,253}")
_PATH = re.compile(r"[!-~]+(?<![?#])")  # of a URL: no blank, and nothing to follow the path
_USER = re.compile(r"//[^/@]*@")


class StatementError(ValueError):
    """A statement that cannot be used; the message is one sentence with the remedy."""


@dataclass(frozen=True)
class Tokens:
    """Bearer tokens of the south face, one a kind of caller."""

    business: str
    staff: str
    audit: str


@dataclass(frozen=True)
class Declares:
    """What the gateway says it can do (§3-4, §4-3); what is not declared is 対象外."""

    bindings: tuple[str, ...]
    roles: tuple[str, ...]
    use_cases: tuple[str, ...]
    modes: tuple[str, ...]
    handling: tuple[str, ...]
    tables: tuple[str, ...]
    legacy_files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Statement:
    """A valid statement. URLs have no trailing slash; `network_listen` is host:port or None for a free port; `contract`: the
    version by which the gateway is judged."""

    organisation: str
    south_url: str
    north_url: str
    network_listen: str | None
    tokens: Tokens
    keys: PublicKeys
    declares: Declares
    contract: str = FIRST

    @classmethod
    def from_document(cls, document: Mapping[str, Any], name: str = "gateway.toml") -> Self:
        """From parsed TOML. Raises StatementError in one sentence."""
        if stranger := _other_version(document.get("contract")) or _stranger(document.get("declares")):
            raise StatementError(f"{name}: {stranger}")
        if problem := problem_with("statement", document):
            raise StatementError(
                f"{name}: 実装適合宣言が正しくない（{problem}）。docs/gateway-guide の例に合わせる。"
            )
        code = document["organisation"]["code"]
        if code not in organisations():
            raise StatementError(f"{name}: 団体コード {code} は検証環境にない（ある団体: {_known()}）。")
        try:
            keys = PublicKeys.from_jwk(document["keys"]["signature"], document["keys"]["encryption"])
        except ValueError as error:
            raise StatementError(f"{name}: [keys] の公開鍵を読めない（{error}）。") from error
        declares = {k: tuple(v) for k, v in document["declares"].items()}
        return cls(
            organisation=code,
            south_url=_url(document["south"]["url"], name),
            north_url=_url(document["north"]["url"], name),
            network_listen=document.get("network", {}).get("listen"),
            tokens=Tokens(**document["south"]["tokens"]),
            keys=keys,
            declares=Declares(**declares),
            contract=document["contract"],
        )

    @classmethod
    def load(cls, path: Path) -> Self:
        """From a file. Raises StatementError in one sentence."""
        if not path.exists():
            raise StatementError(f"{path}: 実装適合宣言のファイルがない。--statement のパスを確かめる。")
        document = parsed(text_of(path, StatementError), str(path), StatementError)
        return cls.from_document(document, path.name)

    def to_document(self) -> dict[str, object]:
        """The parsed TOML that gives this statement, of plain types (for workers, and for the journal)."""
        network = {"network": {"listen": self.network_listen}} if self.network_listen else {}
        return {
            "contract": self.contract,
            "organisation": {"code": self.organisation},
            "south": {"url": self.south_url, "tokens": asdict(self.tokens)},
            "north": {"url": self.north_url},
            **network,
            "keys": self.keys.to_jwk(),
            "declares": {k: list(v) for k, v in asdict(self.declares).items()},
        }

    def tables_to_name(self) -> frozenset[str]:
        """What `tables` of the health object must hold: contract 1 leaves further bases open (guide §11)."""
        declared = self.declares.tables
        return frozenset(declared if self.contract != FIRST else (t for t in declared if t in versions()))

    def without_tokens(self) -> dict[str, object]:
        """The same for whoever may read it: the bearer tokens are not in it."""
        return replace(self, tokens=Tokens(*[MASKED] * 3)).to_document()

    def at(self, south_url: str) -> Self:
        """The same statement with another south URL (--gateway http:URL takes precedence)."""
        return replace(self, south_url=_url(south_url, "--gateway"))


def accepted() -> dict[str, tuple[str, ...]]:
    """The lists of `declares`, and the words that each may hold, as the contract publishes them."""
    schema = json_document("published", "schemas", "statement.schema.json")
    lists = schema["properties"]["declares"]["properties"]
    return {name: tuple(list_["items"]["enum"]) for name, list_ in lists.items()}


def _other_version(contract: Any) -> str | None:
    """The sentence about a version that there is not; what is no text is for the schema to say."""
    if not isinstance(contract, str) or contract in VERSIONS:
        return None
    return unknown("契約の版", contract, VERSIONS)


def _stranger(declares: Any) -> str | None:
    """The sentence about the first list or word that there is not: whatever it was meant to declare would be left out in
    silence. What is no list of words is for the schema to say."""
    if not isinstance(declares, dict):
        return None
    lists = accepted()
    for name, words in declares.items():
        if name not in lists:
            return unknown("declares の", name, lists)
        for word in words if isinstance(words, list) else ():
            if isinstance(word, str) and word not in lists[name]:
                return unknown(f"declares.{name} の", word, lists[name])
    return None


def _known() -> str:
    return "、".join(f"{o.code} {o.name}" for o in organisations().values())


def _url(text: str, name: str) -> str:
    if not _is_base(text):
        shown = _USER.sub("//…@", text)
        raise StatementError(
            f"{name}: {shown} はゲートウェイの基点となる http の URL ではない（例: http://127.0.0.1:9101/south）。"
        )
    return text.rstrip("/")


def _is_base(text: str) -> bool:
    """An address to which a path can be added. A user and a password in it would take the place of the bearer token."""
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
        if "[" in parts.netloc:
            ip_address(host)
    except ValueError:
        return False
    named = parts.scheme in {"http", "https"} and _HOST.fullmatch(host) and port != 0
    return bool(named) and "@" not in parts.netloc and not parts.query and _PATH.fullmatch(text) is not None
