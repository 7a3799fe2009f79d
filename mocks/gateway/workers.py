"""What runs beside the faces: working off the two queues of PF通信, and the time-outs of enquiries."""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from harness.contract.messages import Kind, Message
from harness.contract.refusals import RefusedError, refusals
from mocks.gateway.access_log import Acted
from mocks.gateway.functions import Functions
from mocks.gateway.lanes import Lanes
from mocks.gateway.network_connection import Delivery, has_expired
from mocks.gateway.notifying import redeliver, take_notice, take_receipt
from mocks.gateway.platform_messaging import Handed
from mocks.gateway.providing import PHASE, take_enquiry
from mocks.gateway.reception import answers_notice
from mocks.gateway.requesting import take_outcome

SENDERS = 8  # messages on their way at once (own)
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Task:
    """One outward message on its way, and how often it was tried by this process."""

    handed: Handed
    attempts: int = 0


@asynccontextmanager
async def working(functions: Functions) -> AsyncIterator[None]:
    """Runs the workers while the block runs; what they leave undone is in the database."""
    queue, lanes = asyncio.Queue[Task](), Lanes()
    jobs = [work_inward(functions), expire(functions), watch_notices(functions)]
    jobs += [dispatch(functions, queue, lanes), *(deliver(functions, queue, lanes) for _ in range(SENDERS))]
    tasks = [asyncio.create_task(job) for job in jobs]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def work_inward(functions: Functions) -> None:
    """中間IF: works off accepted messages, oldest first, each in one transaction with all that it causes."""
    while True:
        functions.messaging.inward_arrived.clear()
        waiting = functions.messaging.waiting_inward()
        for handed in waiting:
            _work_one(functions, handed)
            await asyncio.sleep(0)  # the faces answer between two messages
        if not waiting:
            await functions.messaging.inward_arrived.wait()


def _work_one(functions: Functions, handed: Handed) -> None:
    message = handed.message
    try:
        with functions.storage.transaction():
            _take(functions, message)
            functions.messaging.settle_inward(handed)
    except Exception:
        _LOG.exception("電文 %s を処理できない", message.header.message_id)
        functions.messaging.set_inward_aside(handed)


def _take(functions: Functions, message: Message) -> None:
    kind = message.header.kind
    if kind == Kind.ENQUIRY:
        take_enquiry(functions, message)
    elif kind == Kind.NOTICE:
        take_notice(functions, message)
    elif kind == Kind.RECEIPT or (kind == Kind.ERROR and answers_notice(functions, message.header)):
        take_receipt(functions, message)
    else:
        take_outcome(functions, message)


async def dispatch(functions: Functions, queue: asyncio.Queue[Task], lanes: Lanes) -> None:
    """連携IF: puts what was handed over on the queue of the senders; at the start, what an earlier process left."""
    last = 0
    while True:
        functions.messaging.outward_arrived.clear()
        waiting = functions.messaging.waiting_outward(last)
        for handed in filter(lanes.may_go, waiting):
            queue.put_nowait(Task(handed))
        last = waiting[-1].seq if waiting else last
        await functions.messaging.outward_arrived.wait()


async def deliver(functions: Functions, queue: asyncio.Queue[Task], lanes: Lanes) -> None:
    """One sender. A message that must wait for its next attempt leaves the sender free for others."""
    loop = asyncio.get_running_loop()
    while True:
        task = await queue.get()
        try:
            left = await attempt(functions, task)
        except Exception:
            _LOG.exception("電文 %s を送れない", task.handed.message.header.message_id)
            functions.messaging.settle_outward(task.handed, "failed")
            left = None
        if left is not None:
            loop.call_later(functions.network.wait_before(left.attempts), queue.put_nowait, left)
        elif upcoming := lanes.next_after(task.handed):
            queue.put_nowait(Task(upcoming))


async def attempt(functions: Functions, task: Task) -> Task | None:
    """Tries once to deliver. None when the message is settled, else what to try again."""
    handed = task.handed
    if has_expired(handed.message.header):
        _give_up(functions, handed, RefusedError("UNDELIVERED").content())
        return None
    token = functions.messaging.sealed_before(handed)
    if token is None:
        try:
            directory = await functions.network.directory()
            token = functions.crypto.seal(handed.message, directory)
        except RefusedError as refused:
            return _unsealed(functions, task, refused)
        functions.messaging.keep_sealed(handed, token)
    delivery = await functions.network.deliver(token)
    if delivery.is_final:
        _settle(functions, handed, delivery)
        return None
    return replace(task, handed=replace(handed, token=token), attempts=task.attempts + 1)


def _unsealed(functions: Functions, task: Task, refused: RefusedError) -> Task | None:
    """Without a directory a later attempt may succeed; a partner who left the network is final."""
    if refused.refusal.code == "UNDELIVERED":
        return replace(task, attempts=task.attempts + 1)
    _give_up(functions, task.handed, refused.content())
    return None


def _settle(functions: Functions, handed: Handed, delivery: Delivery) -> None:
    if delivery.refusal is not None:
        _give_up(functions, handed, delivery.refusal)
        return
    header = handed.message.header
    with functions.storage.transaction():
        functions.messaging.settle_outward(handed)
        functions.access_log.sent(handed.message)
        if header.kind == Kind.ENQUIRY:
            functions.linkage.note_sent(header.correlation_id)
        elif header.kind == Kind.NOTICE:
            functions.notices.note(header.correlation_id, "sent")


def _give_up(functions: Functions, handed: Handed, error: dict[str, str]) -> None:
    """Audited; an enquiry that ran out of time becomes 期限切れ by its own clock instead of エラー."""
    header = handed.message.header
    known = refusals().get(error["code"], refusals()["UNDELIVERED"])
    acted = Acted(f"{header.kind}の送信", header.message_id, header.correlation_id)
    with functions.storage.transaction():
        functions.messaging.settle_outward(handed, "failed")
        functions.access_log.audit_refusal(replace(known, code=error["code"], phase=error["phase"]), acted)
        if header.kind == Kind.ENQUIRY and not has_expired(header):
            functions.linkage.note_undeliverable(header.correlation_id, error)
        elif header.kind == Kind.NOTICE and not has_expired(header):
            functions.notices.note(header.correlation_id, "failed", error)


async def expire(functions: Functions) -> None:
    """Turns enquiries into 期限切れ when their time has passed (§4-3 連携確認機能, 処理状況)."""
    while True:
        functions.linkage.opened.clear()
        for enquiry in functions.linkage.expire(time.time()):
            header = enquiry.header
            functions.access_log.audit_success(
                PHASE, Acted("照会の期限切れ", header.message_id, header.correlation_id)
            )
        upcoming = functions.linkage.next_expiry()
        seconds = None if upcoming is None else max(0.0, upcoming - time.time())
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(functions.linkage.opened.wait(), seconds)


async def watch_notices(functions: Functions) -> None:
    """Sends 連絡 once more that nobody acknowledged, and lets them expire (guide §2)."""
    while True:
        functions.notices.opened.clear()
        redeliver(functions, time.time())
        upcoming = functions.notices.next_moment()
        seconds = None if upcoming is None else max(0.05, upcoming - time.time())
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(functions.notices.opened.wait(), seconds)
