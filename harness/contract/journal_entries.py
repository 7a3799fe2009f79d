"""The entries of a journal by their kinds (docs/journal.md), as whoever writes them spells them.

What a gateway said stands in them as `object`: nothing is known of it before somebody looks."""

from collections.abc import Mapping
from typing import Literal, NotRequired, TypedDict, TypeGuard

from harness.contract.journal import Entry
from harness.contract.journal_carried import Carried
from harness.contract.journal_options import Options
from harness.contract.journal_orders import Order
from harness.contract.journal_tested import Declaring, Tested

Said = Mapping[str, object]  # members of which nobody vouches for the type


class Staff(TypedDict):
    id: str
    role: str
    valid_until: str


class Written(TypedDict):
    """What every entry begins with. `side`: of two gateways against each other, which one it is about (harness.contract.sides); what
    says none is about both, or about the only one."""

    v: int
    at: str
    by: str
    side: NotRequired[str]


class RunEntry(Written, Options, Declaring):
    """The first one, and one more where the run is taken up again. `partner`: the other one of two gateways against each other."""

    type: Literal[Entry.RUN]
    run_id: str
    suite: str
    versions: dict[str, str]
    partner: NotRequired[Tested]
    selected: dict[str, str | None]
    repeats: NotRequired[bool]
    chosen: bool
    command: list[str]


class SecretsEntry(Written):
    """Bearer tokens; `keys`: the secret of which the keys of network and counterparts are made. Never leaves the run folder."""

    type: Literal[Entry.SECRETS]
    tokens: list[str]
    keys: NotRequired[str]


class PlanEntry(Written):
    """Ids of everything that is going to be checked."""

    type: Literal[Entry.PLAN]
    scenarios: list[str]


class PeopleEntry(Written):
    """What identifies whom: ref → kind → text. Never leaves the run folder."""

    type: Literal[Entry.PEOPLE]
    scenario: str
    people: dict[str, dict[str, str]]


class ScenarioEntry(Written):
    """A scenario begins."""

    type: Literal[Entry.SCENARIO]
    scenario: str
    use_case: str | None
    feature: str
    rule: str | None
    name: str
    example: dict[str, str]
    file: str
    line: int
    tags: list[str]
    requirements: list[str]


class Place(TypedDict):
    """A step by which a check came to its verdict."""

    keyword: str
    text: str
    line: int


class StepEntry(Written):
    """A step is over."""

    type: Literal[Entry.STEP]
    scenario: str
    keyword: str
    text: str
    line: int
    outcome: str
    seconds: float


class SouthCall(TypedDict):
    """A call of the south face and what came back. `response`: JSON, or of a problem text; `caller`: whose token it carried, "" for
    none; `began`: when it was sent; `media`: the Content-Type of the answer; `session`: of the portal; `raw`: a body that is no JSON,
    each byte as the character of its number; `size`: in bytes, of a body that was spelt otherwise than as usual; `head`: reason
    phrase and headers of the answer but the usual ones. `session`, `raw` and `head` never leave the run folder."""

    face: str
    method: str
    path: str
    request: object
    staff: Staff | None
    status: int | None
    response: object
    seconds: float
    problem: str | None
    detail: str
    correlation_id: str | None
    caller: NotRequired[str]
    began: NotRequired[str]
    media: NotRequired[str]
    session: NotRequired[str]
    raw: NotRequired[str]
    size: NotRequired[int]
    head: NotRequired[str]


class HealthEntry(Written, SouthCall):
    """The exchange in which the gateway said who it is."""

    type: Literal[Entry.HEALTH]


class PreflightEntry(Written, SouthCall):
    """What was asked before the run, but for that. Never leaves the run folder, as nobody is told of the resident in it."""

    type: Literal[Entry.PREFLIGHT]


class SouthEntry(Written, SouthCall):
    """An exchange of the south face."""

    type: Literal[Entry.EXCHANGE]
    scenario: str


class PollEntry(Written, SouthCall):
    """The same, asked again and again until it came to something."""

    type: Literal[Entry.POLL]
    scenario: str


class NorthEntry(Written, Carried):
    """An exchange of the north face."""

    type: Literal[Entry.EXCHANGE]
    face: str


class HeardEntry(Written):
    """What a gateway said byte by byte. Never leaves the run folder."""

    type: Literal[Entry.HEARD]
    direction: str
    asked: str
    status: int | None
    message_id: str | None
    correlation_id: str | None
    kind: str | None
    wire: str
    body: NotRequired[str | None]


class AskedEntry(Written):
    """Something else that a gateway asked of the network: a link code, the directory. `token`: what it sent, as it came; `response`:
    JSON, null for the directory that `digest` (SHA-256) stands for, where an entry before has it; `status`: null where no
    whole answer got through. Never leaves the run folder."""

    type: Literal[Entry.ASKED]
    what: str
    began: str
    seconds: float
    token: str
    status: int | None
    response: object
    digest: str


class RestartEntry(Written):
    """The bench killed the gateway at `began`; so many seconds later it answered again, or was no longer waited for."""

    type: Literal[Entry.RESTART]
    began: str
    seconds: float


class ControlEntry(Written):
    """What a scenario told or asked the mocked network; exchanges in the answer by their number."""

    type: Literal[Entry.CONTROL]
    scenario: str
    method: str
    path: str
    request: object
    query: dict[str, str] | None
    response: Said | None
    problem: str | None


class WaitEntry(Written):
    """How often was asked until it came to something, or the time was over."""

    type: Literal[Entry.WAIT]
    scenario: str
    attempts: int


class SeenEntry(Written):
    """What a look at something showed that does not leave the run folder."""

    type: Literal[Entry.SEEN]
    scenario: str
    value: object


class CheckEntry(Written):
    """What a scenario came to."""

    type: Literal[Entry.CHECK]
    scenario: str
    requirements: list[str]
    verdict: str
    code: str | None
    observed: str | None
    expected: str | None
    see: str
    step: Place | None
    persons: list[str]
    correlation_ids: list[str]
    seconds: float
    waiting_seconds: float


class OccasionsEntry(Written):
    """How often each rule of the model could have been broken: rule → alternative → number; how many exchanges of each kind there
    were; what broke a rule, and what only followed from another violation, as the model tells violations."""

    type: Literal[Entry.OCCASIONS]
    rules: dict[str, dict[str, int]]
    kinds: NotRequired[dict[str, int]]
    violations: NotRequired[list[Said]]
    consequences: list[Said]


class FoundEntry(Written, Order):
    """What exploration found."""

    type: Literal[Entry.FOUND]


class EndEntry(Written):
    """The last one."""

    type: Literal[Entry.END]
    exit_code: int
    complete: bool
    seconds: float
    waiting_seconds: float
    broken: str
    altered: str | None


_OfRun = RunEntry | SecretsEntry | HealthEntry | PreflightEntry | PlanEntry | FoundEntry | EndEntry
_OfScenario = OccasionsEntry | PeopleEntry | ScenarioEntry | StepEntry | WaitEntry | SeenEntry | CheckEntry
_OfCalls = SouthEntry | NorthEntry | PollEntry | ControlEntry | HeardEntry | AskedEntry | RestartEntry
AnyEntry = _OfRun | _OfScenario | _OfCalls


def is_north(entry: AnyEntry) -> TypeGuard[NorthEntry]:
    """A message between gateway and network."""
    return entry["type"] == Entry.EXCHANGE and entry["face"] == "north"


def is_south(entry: AnyEntry) -> TypeGuard[SouthEntry]:
    """A call of the gateway by the bench that a transcript shows."""
    return entry["type"] == Entry.EXCHANGE and entry["face"] != "north"
