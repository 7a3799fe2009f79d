"""Locust as it comes, to stand beside: users that send the prepared requests of RENKEI_PREPARED one after the other to
RENKEI_SINK; RENKEI_EACH: requests a second of each user, 0 for as fast as they are answered."""

import os
from itertools import cycle
from pathlib import Path
from typing import Any

from locust import FastHttpUser, constant, constant_throughput, task

from load.prepare.prepared import read

_REQUESTS = cycle([(one.path, one.headers, one.body) for one in read(Path(os.environ["RENKEI_PREPARED"]))])
_EACH = float(os.environ["RENKEI_EACH"])


class Bare(FastHttpUser):
    """One connection, one request at a time."""

    host = os.environ["RENKEI_SINK"]
    wait_time = constant_throughput(_EACH) if _EACH else constant(0)

    @task
    def send(self) -> None:
        """The next one."""
        path, headers, body = next(_REQUESTS)
        post: Any = self.client.post
        post(path, data=body, headers=headers, name="照会依頼")
