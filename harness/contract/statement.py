"""実装適合宣言 (gateway.toml): what a gateway declares about itself. It selects what is mandatory."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from harness.contract.keys import PublicKeys
from harness.contract.law import versions
from harness.contract.law.regimes import regime
from harness.contract.names import unknown
from harness.contract.organisations import organisations
from harness.contract.schemas import document as schema_document
from harness.contract.schemas import problems_with
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
        for fault in faults_in(document, name):
            raise StatementError(fault)
        code = document["organisation"]["code"]
        keys = PublicKeys.from_jwk(document["keys"]["signature"], document["keys"]["encryption"])
        declares = {k: tuple(v) for k, v in document["declares"].items()}
        return cls(
            organisation=code,
            south_url=document["south"]["url"].rstrip("/"),
            north_url=document["north"]["url"].rstrip("/"),
            network_listen=document.get("network", {}).get("listen"),
            tokens=Tokens(**document["south"]["tokens"]),
            keys=keys,
            declares=Declares(**declares),
            contract=document["contract"],
        )

    @classmethod
    def load(cls, path: Path) -> Self:
        """From a file. Raises StatementError in one sentence."""
        return cls.from_document(document_of(path), path.name)

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
        if fault := _no_url(south_url, "--gateway"):
            raise StatementError(fault)
        return replace(self, south_url=south_url.rstrip("/"))


def document_of(path: Path) -> Mapping[str, Any]:
    """The parsed TOML of a file. Raises StatementError in one sentence."""
    if not path.exists():
        raise StatementError(f"{path}: 実装適合宣言のファイルがない。--statement のパスを確かめる。")
    return parsed(text_of(path, StatementError), str(path), StatementError)


def faults_in(document: Mapping[str, Any], name: str) -> Iterator[str]:
    """All that is wrong with a statement, one sentence each; nothing where it can be used. What follows from the form of the whole is
    looked for only where that is right."""
    strangers = [*_other_version(document.get("contract")), *_strangers(document.get("declares"))]
    yield from (f"{name}: {stranger}" for stranger in strangers)
    problems = problems_with("statement", document)
    for problem in problems:
        if not (strangers and problem.startswith(("contract", "declares"))):
            yield f"{name}: 実装適合宣言が正しくない（{problem}）。docs/gateway-guide の例に合わせる。"
    if strangers or problems:
        return
    code = document["organisation"]["code"]
    if code not in organisations():
        yield f"{name}: 団体コード {code} は検証環境にない（ある団体: {_known()}）。"
    yield from (f"{name}: {fault}" for fault in _without_a_whole_table(document["declares"]["tables"]))
    try:
        PublicKeys.from_jwk(document["keys"]["signature"], document["keys"]["encryption"])
    except ValueError as error:
        yield f"{name}: [keys] の公開鍵を読めない（{error}）。"
    urls = (document[face]["url"] for face in ("south", "north"))
    yield from (fault for url in urls if (fault := _no_url(url, name)))


def accepted() -> dict[str, tuple[str, ...]]:
    """The lists of `declares`, and the words that each may hold, as the contract publishes them."""
    schema = schema_document("statement")
    lists = schema["properties"]["declares"]["properties"]
    return {name: tuple(list_["items"]["enum"]) for name, list_ in lists.items()}


def without_strangers(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same declaring only what there is, so that the rest can be looked at although something is misspelt."""
    lists, declared = accepted(), document.get("declares")
    if not isinstance(declared, dict):
        return document
    known = {
        name: [word for word in words if not isinstance(word, str) or word in lists[name]]
        for name, words in declared.items()
        if name in lists and isinstance(words, list)
    }
    return {**document, "declares": {**{n: w for n, w in declared.items() if n in lists}, **known}}


def _other_version(contract: Any) -> Iterator[str]:
    """The sentence about a version that there is not; what is no text is for the schema to say."""
    if isinstance(contract, str) and contract not in VERSIONS:
        yield unknown("契約の版", contract, VERSIONS)


def _strangers(declares: Any) -> Iterator[str]:
    """The sentences about lists and words that there are not: whatever they were meant to declare would be left out in
    silence. What is no list of words is for the schema to say."""
    lists = accepted()
    for name, words in declares.items() if isinstance(declares, dict) else ():
        if name not in lists:
            yield unknown("declares の", name, lists)
            continue
        for word in words if isinstance(words, list) else ():
            if isinstance(word, str) and word not in lists[name]:
                yield unknown(f"declares.{name} の", word, lists[name])


def _without_a_whole_table(declared: Sequence[str]) -> Iterator[str]:
    """The sentence about a statement under which most scenarios could cite nothing lawful."""
    whole = [version for version in versions() if regime(version).whole]
    if not set(whole) & set(declared):
        parts = "、".join(version for version in versions() if version not in whole)
        yield (
            f"declares.tables に、すべての行を収めた版（{'、'.join(whole)}）がない。"
            f"一部の行だけを収めた版（{parts}）や版でない根拠は、それと合わせて宣言する。"
        )


def _known() -> str:
    return "、".join(f"{o.code} {o.name}" for o in organisations().values())


def _no_url(text: str, name: str) -> str | None:
    """The sentence about what is no base of a gateway."""
    if _is_base(text):
        return None
    shown = _USER.sub("//…@", text)
    return f"{name}: {shown} はゲートウェイの基点となる http の URL ではない（例: http://127.0.0.1:9101/south）。"


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
