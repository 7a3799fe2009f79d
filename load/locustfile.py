"""The load on Locust: `locust -f load/locustfile.py --order FOLDER/order.json`, with its web UI, `--processes`, or master and
workers on several machines. One user a worker is the scheduler; Locust's own statistics count from the planned time."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import gevent
from locust import FastHttpUser, LoadTestShape, events, task
from locust.argument_parser import LocustArgumentParser
from locust.env import Environment
from locust.exception import StopUser
from locust.runners import MasterRunner, WorkerRunner

from load.prepare.prepared import Prepared
from load.send.collecting import Collector, Report, as_message, soon
from load.send.order import Order, OrderError
from load.send.posting import Poster
from load.send.scheduling import Part, Scheduler, due_of
from load.send.sent import Sent

PART, REPORT = "renkei-part", "renkei-report"
_LAST_LOOK_SECONDS = 2.0  # the page asks for the figures once in two seconds
_ONCE = "前もって作った電文は一度だけ使える。もう一度負荷をかけるには renkei load run からやり直す。\n"


class OneSchedulerAWorker(LoadTestShape):
    """As many users as workers, until each has come to its end. Locust makes one of it in every process; it holds what the
    process knows of the run."""

    order: Order
    folder: Path
    part: Part = Part(0, 1)
    collector: Collector | None = None
    begin_ns: int = 0
    begun: bool = False
    over: bool = False

    def tick(self) -> tuple[int, float] | None:
        """Locust's question of every second."""
        if self.collector is None:
            return None
        there = self.runner.worker_count if isinstance(self.runner, MasterRunner) else 1
        if self.collector.over(there) or self.collector.told_to_stop:
            # The web UI can start a test again, and this question is the first thing that it asks.
            if self.over:
                sys.stderr.write(_ONCE)
            self.over = True
            return None
        users = self.collector.workers or there
        return users, float(users)


class BusinessAndNetwork(FastHttpUser):
    """Sends what counterparts and business systems ask."""

    host = "http://127.0.0.1"  # every request names its own face

    def __init__(self, environment: Environment) -> None:
        shape = _shape(environment)
        self.concurrency = shape.order.in_flight
        self.connection_timeout = self.network_timeout = shape.order.timeout_seconds
        super().__init__(environment)

    @task
    def send_all(self) -> None:
        """The whole run, once: each prepared message may be sent once only."""
        shape = _shape(self.environment)
        if shape.begun:
            raise StopUser
        shape.begun = True
        order = shape.order
        poster = Poster.of(self.client.client.clientpool, order)
        Scheduler(shape.part, poster, order.in_flight, self._tell, self._noted).run(
            due_of(order, shape.folder, shape.part), shape.begin_ns
        )
        raise StopUser

    def _tell(self, report: Report) -> None:
        runner, collector = self.environment.runner, _shape(self.environment).collector
        if isinstance(runner, WorkerRunner):
            runner.send_message(REPORT, as_message(report))
        elif collector:
            collector.take(as_message(report))

    def _noted(self, request: Prepared, sent: Sent) -> None:
        problem = sent.problem or f"status {sent.status}" if sent.failed else None
        self.environment.events.request.fire(
            request_type=request.method,
            name=request.name,
            response_time=(sent.done_ns - sent.planned_ns) / 1e6,
            response_length=sent.received_bytes,
            exception=problem,
            context={},
        )


def _shape(environment: Environment) -> OneSchedulerAWorker:
    shape = environment.shape_class
    assert isinstance(shape, OneSchedulerAWorker)
    return shape


@events.init_command_line_parser.add_listener
def add_order(parser: LocustArgumentParser) -> None:
    """--order, where Locust's own arguments are."""
    parser.add_argument(
        "--order", env_var="RENKEI_ORDER", help="renkei load run が書いた order.json", default=""
    )


@events.init.add_listener
def read_order(environment: Environment, **_: Any) -> None:
    """Before anything starts: a bad order is one sentence and exit code 2."""
    shape = _shape(environment)
    given = environment.parsed_options
    path = Path(given.order if given else "")
    try:
        shape.order, shape.folder = Order.read(path), path.parent
        if not isinstance(environment.runner, WorkerRunner):
            shape.collector = Collector.into(path.parent)
    except (OrderError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
    _listen(environment, shape)


def _listen(environment: Environment, shape: OneSchedulerAWorker) -> None:
    """Who tells whom: the master each worker its part, each worker the master what it did."""

    def take_part(environment: Environment, msg: Any) -> None:
        shape.part, shape.begin_ns = Part(**msg.data), soon()

    def take_report(environment: Environment, msg: Any) -> None:
        told: Mapping[str, Any] = msg.data
        if shape.collector:
            shape.collector.take(told)

    runner = environment.runner
    if isinstance(runner, WorkerRunner):
        runner.register_message(PART, take_part)
    elif runner:
        runner.register_message(REPORT, take_report)


@events.test_start.add_listener
def hand_out(environment: Environment, **_: Any) -> None:
    """Each worker gets its part; Locust's order to start follows on the same way."""
    runner, collector = environment.runner, _shape(environment).collector
    if collector is None:
        return
    workers = [client.id for client in runner.clients.ready] if isinstance(runner, MasterRunner) else [""]
    _shape(environment).begin_ns = collector.begin(len(workers))
    if isinstance(runner, MasterRunner):
        for number, client in enumerate(workers):
            runner.send_message(PART, {"worker": number, "workers": len(workers)}, client)


@events.test_stop.add_listener
def leave(environment: Environment, **_: Any) -> None:
    """Who was begun by a command leaves when the run is over, web UI or not; a page that somebody opened stays."""
    options, page = environment.parsed_options, environment.web_ui
    if page and options and options.autostart:
        gevent.spawn_later(_LAST_LOOK_SECONDS, page.stop)


@events.quitting.add_listener
def say_latencies(environment: Environment, **_: Any) -> None:
    """For whoever runs Locust by hand."""
    collector = _shape(environment).collector
    if collector and collector.latency:
        sys.stderr.write(collector.summary() + "\n")
