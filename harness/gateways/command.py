"""`command:COMMAND LINE`: a gateway that the bench starts, reached as its statement says."""

import shlex

from harness.gateways.http import HttpKind
from harness.gateways.kinds import Running, Setting
from harness.gateways.processes import Process
from harness.spec.findings import ConfigurationError

NETWORK_VARIABLE = "RENKEI_NETWORK_URL"


class CommandKind(HttpKind):
    """A vendor's command; the network's URL is given in the environment variable RENKEI_NETWORK_URL."""

    def start(self, params: str, setting: Setting) -> Running:
        """Starts the command on a leash; preflight waits until it answers. Raises ConfigurationError."""
        command = shlex.split(params)
        if not command:
            raise ConfigurationError(
                "--gateway command: に続けて起動する命令を書く（例: command:./gateway --port 9101）。"
            )
        environment = {NETWORK_VARIABLE: setting.network_url}
        log = setting.folder / "gateway.log"
        process = Process.start("ゲートウェイ", command, log, environment, announces=False)
        statement = super().start("", setting).statement
        return Running(statement, process.stop)
