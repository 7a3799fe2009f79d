"""How the callers of the south face look in one run, by its seed: offices name their staff, and programs write their requests, as they
please, and nothing of it says that a bench calls."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from random import Random
from typing import Final, TypeVar

T = TypeVar("T")

# None is a number alone, which might be met by chance in what is searched for numbers of residents.
_STAFF: Final[tuple[Callable[[str], str], ...]] = (
    lambda name: f"s-{name}",
    lambda name: f"U{name.upper()}",
    lambda name: f"{name[:4]}.{name[4:]}",
    lambda name: f"{name[:6]}_{name[6:]}",
)
_PROGRAMS: Final = (
    "Java-http-client/17.0.9",
    "okhttp/4.12.0",
    "Apache-HttpClient/5.2.1 (Java/11.0.21)",
    "Go-http-client/1.1",
    "python-requests/2.31.0",
    "axios/1.6.2",
    "Faraday v2.7.12",
    "curl/8.4.0",
)
_SPELLINGS: Final[tuple[Callable[[str], str], ...]] = (str, str.lower, str.upper)
_WORDS: Final = ("起案 {} のとおり", "整理番号 {} の申出", "文書 {} による", "{} 号の協議の結果")
_PREFIXES: Final = ("", "", "jichitai/", "gyomu/")  # own names of programs, before those of their libraries


@dataclass(frozen=True)
class Manners:
    """The same in every process of a run."""

    seed: int

    def staff_id(self, who: str) -> str:
        """Of one person, whoever they are to the bench; 12 to 14 characters of ASCII."""
        digest = blake2b(f"{self.seed}/{who}".encode(), digest_size=6).hexdigest()
        return self._draw("staff").choice(_STAFF)(digest)

    def words(self, which: str) -> str:
        """Why somebody of the staff decided as they did: words that no gateway says by itself, as they must stay inside."""
        number = blake2b(f"{self.seed}/{which}".encode(), digest_size=4).hexdigest().upper()
        return self._draw(f"words/{which}").choice(_WORDS).format(number)

    def dressed(self, headers: Mapping[str, str], caller: str) -> dict[str, str]:
        """The headers of a request in the order of the caller's program, with its name. How names are spelt (RFC 9110 5.1: it has no
        meaning) depends on who calls, as programs and what stands between differ."""
        draw = self._draw(f"program/{caller}")
        program = f"{draw.choice(_PREFIXES)}{draw.choice(_PROGRAMS)}"
        named = {"User-Agent": program, **headers}
        spelt = self._draw(f"spelling/{caller}/{headers.get('X-Staff-Id', '')}").choice(_SPELLINGS)
        return {spelt(name): named[name] for name in draw.sample(sorted(named), len(named))}

    def ordered(self, those: Sequence[T], what: str) -> tuple[T, ...]:
        """In the order of this run: the first requests of every run would tell that a bench begins."""
        return tuple(self._draw(f"order/{what}").sample(those, len(those)))

    def _draw(self, what: str) -> Random:
        return Random(f"{self.seed}/{what}")  # noqa: S311  # chance that comes again
