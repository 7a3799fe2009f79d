"""What a check finds: exceptions that carry their result, caught in one place (the plugin)."""

from dataclasses import dataclass
from functools import cache

from harness.contract.resources import toml
from harness.contract.texts import one_line, visible, without_orders

LONGEST_SENTENCE = 1000  # characters; a list of all defects must fit


@dataclass(frozen=True)
class Finding:
    """A stable code, its heading and the next step, in both languages. `stands`: even where the bench lost its time."""

    code: str
    ja: str
    en: str
    next: str
    next_en: str
    stands: bool = False


@cache
def findings() -> dict[str, Finding]:
    """All findings by code."""
    return {code: Finding(code, **row) for code, row in toml("findings.toml", room=__package__).items()}


class NonconformityError(AssertionError):
    """The gateway deviates: verdict 不合格. Raises KeyError for a code that findings.toml does not name."""

    def __init__(self, code: str, observed: str, expected: str) -> None:
        self.finding = findings()[code]
        self.observed = observed
        self.expected = expected
        said = f"観測: {observed}。期待: {expected}。次に: {self.finding.next}"
        # Said by pytest, too, which shows what it is told.
        super().__init__(without_orders(visible(f"{code} {self.finding.ja}。{said}")))


class InconclusiveError(Exception):
    """The bench or the network failed, not the gateway: verdict 判定不能."""

    def __init__(self, code: str, observed: str) -> None:
        self.finding = findings()[code]
        self.observed = observed
        said = f"{code} {self.finding.ja}。観測: {observed}。次に: {self.finding.next}"
        super().__init__(without_orders(visible(said)))


class ConfigurationError(Exception):
    """Bad input or a failed preflight: one sentence with the remedy, exit code 2. It may quote a gateway, so it is
    made fit for a terminal here."""

    def __init__(self, sentence: str) -> None:
        super().__init__(without_orders(one_line(sentence, LONGEST_SENTENCE)))
