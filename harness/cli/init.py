"""`renkei init`: the files with which a vendor begins, ready to be filled in. What is there is left as it is."""

import json
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Final

import typer

from harness.cli.ending import end
from harness.cli.streams import as_it_is
from harness.contract.keys import bench_keys
from harness.contract.names import unknown
from harness.contract.organisations import organisations
from harness.contract.resources import resource
from harness.contract.statement import accepted
from harness.contract.texts import one_line
from harness.languages.choice import spoken

_ROOM: Final = "harness.cli.templates"
_CI: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "github": ("github-actions.yml", ".github/workflows/conformance.yml"),
        "gitlab": ("gitlab-ci.yml", ".gitlab-ci.yml"),
        "jenkins": ("Jenkinsfile", "Jenkinsfile"),
    }
)
_FILES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "gateway.toml": "gateway.toml",
        "renkei.toml": "renkei.toml",
        "known-failures.toml": "known-failures.toml",
        "own.feature": "scenarios/own.feature",
        "test_own.py.txt": "scenarios/test_own.py",
    }
)


def init_command(
    folder: Annotated[
        Path, typer.Argument(metavar="[DIR]", help="作るフォルダー（省略時はこのフォルダー）")
    ] = Path(),
    organisation: Annotated[
        str, typer.Option(metavar="CODE", help="団体コード（renkei が知るもの）")
    ] = "221007",
    url: Annotated[str, typer.Option(metavar="URL", help="ゲートウェイの基点")] = "http://127.0.0.1:9101",
    ci: Annotated[str, typer.Option(metavar="CI", help="github、gitlab、jenkins")] = "github",
) -> None:
    """Writes them and tells which; exit code 0, or 2 for what there is not or cannot be written."""
    if organisation not in organisations():
        end(unknown("--organisation", organisation, organisations()))
    if ci not in _CI:
        end(unknown("--ci", ci, _CI))
    blanks = _blanks(organisation, url.rstrip("/"))
    source, target = _CI[ci]
    for template, place in {**_FILES, f"ci/{source}": target}.items():
        path = folder / place
        shown = one_line(str(path), 300)
        try:
            said = "書いた" if _write(path, _text(template, blanks)) else "もうあるので、そのままにした"
        except OSError as error:
            end(f"{shown}: 書けない（{error.strerror}）。")
        with as_it_is():
            print(f"{shown}: {spoken(said)}")
    print("次に: gateway.toml を実装に合わせ、ゲートウェイを起動し、renkei doctor を行う。")


def _write(path: Path, text: str) -> bool:
    """False where there is one already, which is never written over."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        return False
    return True


def _text(template: str, blanks: Mapping[str, str]) -> str:
    text = resource(*template.split("/"), room=_ROOM).read_text(encoding="utf-8")
    for name, value in blanks.items():
        text = text.replace(f"@{name}@", value)
    return text


def _blanks(code: str, url: str) -> dict[str, str]:
    keys = bench_keys(code).public().to_jwk()
    tokens = {kind.upper(): secrets.token_urlsafe(16) for kind in ("business", "staff", "audit")}
    lists = {name.upper(): json.dumps(words, ensure_ascii=False) for name, words in accepted().items()}
    about = {"CODE": code, "NAME": organisations()[code].name, "URL": url}
    return {
        **about,
        **tokens,
        **lists,
        **{use.upper(): _inline(keys[use]) for use in ("signature", "encryption")},
    }


def _inline(jwk: Any) -> str:
    """As a table of TOML on one line."""
    return f"{{ {', '.join(_members(jwk))} }}"


def _members(jwk: Mapping[str, str]) -> Iterator[str]:
    yield from (f"{name} = {json.dumps(value)}" for name, value in jwk.items())
