"""The image and the compose file: all that they copy is there, and all that they call exists and takes what it is given. What installs the
wheel in the image is tried without one in test_kit_wheel.py."""

import inspect
import re
import shlex
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from harness.cli.commands import COMMANDS
from harness.cli.network import network_command
from harness.contract.statement import Statement
from harness.gateways.kinds import find
from harness.plugin.option_table import TABLE
from mocks.gateway.settings import Settings

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "container"
DOCKERFILE = (FOLDER / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load((FOLDER / "compose.yaml").read_text("utf-8"))["services"]
STATEMENT = Statement.load(FOLDER / "gateway.toml")


def lines(word: str) -> list[list[str]]:
    """What follows a word of the Dockerfile, line by line."""
    return [shlex.split(rest) for rest in re.findall(rf"^{word} (.+)$", DOCKERFILE, re.MULTILINE)]


def test_all_that_is_copied_is_there_and_all_that_is_built_is_copied() -> None:
    copied = {source for words in lines("COPY") if not words[0].startswith("--") for source in words[:-1]}
    assert {source for source in copied if not (ROOT / source).exists()} == set()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])
    assert packages | {project["project"]["readme"], "pyproject.toml", "requirements.lock"} <= copied
    ignored = (FOLDER / "Dockerfile.dockerignore").read_text(encoding="utf-8").split()
    assert not copied & set(ignored)


def test_stages_and_what_is_started() -> None:
    stages = {words[-1] for words in lines("FROM") if "AS" in words}
    assert {words[0].partition("=")[2] for words in lines("COPY") if words[0].startswith("--")} == stages
    assert lines("ENTRYPOINT") == [["[renkei]"]]
    assert lines("CMD") == [["[run]"]]
    assert lines("USER") == [["renkei"]]


@pytest.mark.parametrize("name", SERVICES)
def test_each_service_is_built_from_what_there_is(name: str) -> None:
    service = SERVICES[name]
    assert (
        FOLDER / service["build"]["context"] / service["build"]["dockerfile"]
    ).resolve() == FOLDER / "Dockerfile"
    assert set(service.get("depends_on", ())) <= SERVICES.keys()
    assert service.get("network_mode", "service:reference") == "service:reference"
    bound = [volume.split(":")[0] for volume in service.get("volumes", ()) if volume.startswith(".")]
    assert all((FOLDER / source).is_file() for source in bound)


def test_the_reference_is_the_gateway_of_the_statement() -> None:
    service = SERVICES["reference"]
    assert service["entrypoint"][-1] == "mocks.gateway"
    settings = Settings.from_arguments("reference", service["command"], service["environment"])
    own = STATEMENT
    assert (settings.organisation, settings.tokens) == (own.organisation, own.tokens)
    assert settings.keys.public().to_jwk() == own.keys.to_jwk()
    assert settings.network == f"http://{own.network_listen}"
    assert {urlsplit(url).port for url in (own.south_url, own.north_url)} == {settings.port}


@pytest.mark.parametrize("name", ["suite", "network"])
def test_the_commands_take_what_they_are_given(name: str) -> None:
    command, *arguments = SERVICES[name]["command"]
    given = dict(zip(arguments[::2], arguments[1::2], strict=True))
    taken = {
        "run": {option.name for option in TABLE},
        "network": {f"--{name.replace('_', '-')}" for name in inspect.signature(network_command).parameters},
    }
    assert command in COMMANDS
    assert given.keys() <= taken[command]
    _, url = find(given["--gateway"])
    assert url == STATEMENT.south_url
    assert any(
        volume.split(":")[1] == f"/work/{given['--statement']}" for volume in SERVICES[name]["volumes"]
    )
