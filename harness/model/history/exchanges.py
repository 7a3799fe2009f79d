"""The kinds of exchange that the contract knows, as the record shows them. What a gateway said is `object`: nothing of it
is believed before somebody looks."""

from collections.abc import Mapping
from dataclasses import dataclass

from harness.contract.journal_entries import Said
from harness.model.history.spans import Span


@dataclass(frozen=True, slots=True)
class Staff:
    """Headers of a person who acts; None where a header was left out. `valid_until` as it was written."""

    id: str | None
    role: str | None
    valid_until: str | None


@dataclass(frozen=True, slots=True)
class Call:
    """One request of the south face and what came back. `caller`: whose token it carried: business, staff, audit, "" for no
    token, "unknown" for one that nobody has. `path` without query; `query`: pairs as they were written, decoded. `body`: JSON, None
    for none; `raw`: the bytes where they are no JSON, None elsewhere. `status` is None where no whole answer came, and
    `problem` says why (findings.toml); then the request may have taken effect at any later time. `media`: the
    Content-Type of the answer, None where it is not on record; `size`: of the body in bytes, where it was spelt otherwise than as
    usual; `plain_query`: the query whose plus is a plus and no blank, where it has one."""

    number: int
    span: Span
    scenario: str
    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    caller: str
    staff: Staff
    session: str | None
    body: object
    raw: bytes | None
    status: int | None
    answer: object
    problem: str | None
    media: str | None = None
    size: int | None = None
    plain_query: tuple[tuple[str, str], ...] = ()

    @property
    def words(self) -> str:
        """As a finding names it. Paths may hold a 識別番号, so that only their shape is told."""
        return f"南側の {self.method} {shape_of(self.path)}（{self.number} 行目）"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message on its way from the network to the gateway, and what the inbox said. `header` and `content` as its sender meant
    them; `token` as it went over the wire. `inner`: the plaintext that was encrypted to the gateway's own key, None where the
    body is not so encrypted. `status` is None where no answer came; `error`: the error object of a refusal."""

    number: int
    span: Span
    seq: int
    token: str
    header: Said
    content: Said | None
    inner: str | None
    person: str | None
    alteration: str | None
    status: int | None
    error: Said | None
    text: str
    problem: str | None

    @property
    def accepted(self) -> bool:
        """The gateway said 202."""
        return self.status == 202

    @property
    def maybe(self) -> bool:
        """It may have been accepted: no proper answer came."""
        return self.status != 202 and self.error is None

    @property
    def words(self) -> str:
        """As a finding names it."""
        return f"届いた電文 {self.seq}（{_named(self.header)}）"


@dataclass(frozen=True, slots=True)
class Sending:
    """A message that the gateway handed to the network once, and what the network said (`status` 202 or `error`; both None where
    the network gave no proper answer). `header`: of the payload, empty where there is none; `content`: None where
    no key of the bench opens it; `problem`: why it is no message of the contract; `text`: what was said in place of an answer
    of the contract."""

    number: int
    span: Span
    seq: int
    token: str
    header: Said
    content: Said | None
    person: str | None
    status: int | None
    error: Said | None
    problem: str | None
    text: str = ""

    @property
    def taken(self) -> bool:
        """The network said 202, as the contract has it."""
        return self.status == 202 and not self.strange

    @property
    def strange(self) -> bool:
        """The network said 202, and something else than the contract has it."""
        return self.status == 202 and bool(self.text)

    @property
    def words(self) -> str:
        """As a finding names it."""
        return f"送った電文 {self.seq}（{_named(self.header)}）"


@dataclass(frozen=True, slots=True)
class Redemption:
    """`POST /v1/link-codes` of the gateway. `answer`: as it was given; None where none was."""

    number: int
    span: Span
    token: str
    status: int | None
    answer: object


@dataclass(frozen=True, slots=True)
class Fetch:
    """`GET /v1/directory` of the gateway. `directory` as it was given, None where the answer was no directory."""

    number: int
    span: Span
    status: int | None
    directory: Said | None


@dataclass(frozen=True, slots=True)
class Repeat:
    """A message that the gateway handed to the network once more, byte by byte, after the network had taken it; it said 202 again."""

    number: int
    span: Span
    token: str


@dataclass(frozen=True, slots=True)
class Restart:
    """The gateway was killed within `span.begin`, and answered again at `span.end`."""

    number: int
    span: Span


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom the network knows: enrolment tokens and link codes by organisation."""

    ref: str
    tokens: Mapping[str, str]
    codes: Mapping[str, str]


def shape_of(path: str) -> str:
    """A path with what identifies somebody or something left out."""
    parts = path.split("/")
    return "/".join(
        "{…}" if _is_id(before, part) else part for before, part in zip(["", *parts], parts, strict=False)
    )


_BEFORE_IDS = frozenset({"subjects", "enquiries", "batches", "notices", "pending"})


def _is_id(before: str, part: str) -> bool:
    return bool(part) and before in _BEFORE_IDS


def _named(header: Said) -> str:
    kind, id_ = (str(header.get(name) or "不明")[:40] for name in ("kind", "message_id"))
    return f"{kind}、電文番号 {id_}"
