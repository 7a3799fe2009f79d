"""`command:COMMAND LINE`: a gateway that the bench starts, reached as its statement says."""

import shlex

from harness.catalogue.findings import ConfigurationError
from harness.contract.statement import Statement
from harness.gateways.http import HttpKind
from harness.gateways.kinds import Running, Setting
from harness.gateways.started import Started
from harness.processes.listeners import must_be_free, stranger
from harness.processes.process import Process

NETWORK_VARIABLE = "RENKEI_NETWORK_URL"


class CommandKind(HttpKind):
    """A vendor's command; the network's URL is given in the environment variable RENKEI_NETWORK_URL."""

    def network_listen(self, params: str, statement: Statement | None) -> str | None:
        """As the statement says. Raises ConfigurationError, also for what is no command line."""
        _words(params)
        return super().network_listen("", statement)

    def start(self, params: str, setting: Setting) -> Running:
        """Starts the command on a leash; preflight waits until it answers. Raises ConfigurationError."""
        command = _words(params)
        statement = super().start("", setting).statement
        faces = (statement.south_url, statement.north_url)
        must_be_free(faces)
        environment = {NETWORK_VARIABLE: setting.network_url}
        log = setting.folder / "gateway.log"

        def start() -> Process:
            process = Process.start(
                "起動した命令", command, log, environment, announces=False, to_the_last=True
            )
            process.note_end(setting.folder)
            return process

        started = Started(start, start())
        return Running(
            statement,
            started.stop,
            started.ended,
            lambda: stranger(started.process, faces),
            started.restart,
        )


def _words(params: str) -> list[str]:
    try:
        words = shlex.split(params)
    except ValueError as error:
        raise ConfigurationError(
            "--gateway command: の引用符が閉じていない。引用符を対にする（例: command:'./gateway --name \"a b\"'）。"
        ) from error
    if not words or not words[0] or "\0" in params:
        raise ConfigurationError(
            "--gateway command: に続けて起動する命令を書く（例: command:./gateway --port 9101）。"
        )
    return words
