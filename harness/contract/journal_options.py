"""What the user asked for, as the first entry of a journal has it and a worker is told it (docs/journal.md)."""

from typing import NotRequired, TypedDict


class Partner(TypedDict, total=False):
    """Of the gateway on the other side."""

    partner: str
    partner_statement_file: str


class Asked(Partner):
    """The options of a run, enough to ask the same again. `statement_place`: where the file lies below the working directory, else its name."""

    statement_file: str
    statement_place: NotRequired[str]
    use_cases: list[str]
    requirements: list[str]
    whole: list[str]
    scenarios: list[str] | None
    allowed: list[str]
    thorough: NotRequired[bool]


class Repeated(TypedDict):
    """Of `rerun`: the earlier run."""

    run_id: str
    gateway: str
    same_gateway: bool


class Known(TypedDict):
    """One entry of the file of known failures."""

    requirement: str
    scenario: str
    owner: str
    reason: str
    expires: str


class Options(TypedDict):
    """What the user asked for, as a run entry has it and a worker is told it."""

    gateway: str
    seed: int
    brief: bool
    known: list[Known]
    rerun: Repeated | None
    options: Asked
    narrowed: NotRequired[bool]
