"""What a run's page says of the suite itself: which defects each requirement convicts (matrix.json)."""

from dataclasses import dataclass

from harness.contract.journal_entries import Said
from harness.record.fields import mapping, rows, text, texts


@dataclass(frozen=True)
class Convicts:
    """A requirement and the defects that it convicted."""

    id: str
    ja: str
    en: str
    defects: tuple[str, ...]


@dataclass(frozen=True)
class Proof:
    """The kill matrix in short. `suite`: hash of what was asked; `good`: the suite is as good as it has to be."""

    suite: str
    good: bool
    evaluated: int
    convicted: int
    lines: tuple[Convicts, ...]


def proof_of(document: Said | None) -> Proof | None:
    """Of matrix.json, believing none of it; None without one."""
    if document is None:
        return None
    summary = mapping(document.get("summary"))
    return Proof(
        suite=text(document.get("suite")),
        good=document.get("exit_code") == 0 and document.get("complete") is True,
        evaluated=_number(summary.get("evaluated")),
        convicted=_number(summary.get("own_convicted")),
        lines=tuple(
            Convicts(
                text(row.get("id")), text(row.get("ja")), text(row.get("en")), texts(row.get("convicts"))
            )
            for row in rows(document.get("requirements"))
        ),
    )


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
