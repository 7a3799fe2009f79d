"""A failure that was found, and the file that is read of it."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from harness.catalogue.requirements import all_requirements
from harness.explore.story import Story, StoryError
from harness.explore.trials import Tried
from harness.model.violation import Violation
from harness.record.explored import VERSION


@dataclass(frozen=True)
class Found:
    """`tried`: the last time that it failed; `again`: how often it failed of so many `times`."""

    story: Story
    violation: Violation
    tried: Tried
    seed: int
    again: int
    times: int
    returned: bool = False


@dataclass(frozen=True)
class Kept:
    """What a file tells: the story, by which seed its values were drawn, what it broke."""

    story: Story
    seed: int
    requirement: str

    @classmethod
    def read(cls, path: Path) -> Self:
        """Raises StoryError in one sentence for what is no such file."""
        try:
            document = json.loads(path.read_text(encoding="utf-8"))
            version, seed, requirement = (document[name] for name in ("version", "seed", "requirement"))
            story = Story.from_document(document["story"])
        except OSError as error:
            raise StoryError(f"{path}: 読めない（{error.strerror}）。") from error
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise StoryError(f"{path}: 探索の記録ではない（{type(error).__name__} {error}）。") from error
        except StoryError as error:
            raise StoryError(f"{path}: {error}") from error
        if version != VERSION or not isinstance(seed, int) or requirement not in all_requirements():
            raise StoryError(f"{path}: この版の探索の記録ではない。")
        return cls(story, seed, requirement)
