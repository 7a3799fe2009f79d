"""The acts in their order: those before all scenarios, and those after them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from harness.contract.versions import FIRST, LATEST
from harness.stimuli.acts.in_traffic import in_traffic
from harness.stimuli.acts.killed import killed
from harness.stimuli.acts.settled import settled
from harness.stimuli.acts.settled_sending import settled_sending
from harness.stimuli.acts.switched import switched
from harness.stimuli.acts.unreachable import unreachable
from harness.stimuli.acts.unreadable import unreadable
from harness.stimuli.stage import Stage

Act = Callable[[Stage, Callable[[], None]], None]


@dataclass(frozen=True)
class Programmed:
    """`needs`: what a statement must declare, list and name; `kills`: only a gateway that the bench started takes part; `contract`: only
    one that is judged by this version or a later one does."""

    name: str
    act: Act
    needs: tuple[tuple[str, str], ...] = ()
    kills: bool = False
    contract: str = FIRST


OPENING: Final = (Programmed("団体一覧を取得できない始まり", unreachable),)
PROGRAM: Final = (
    Programmed("事務・情報・対象者の手動の組合せ", switched, (("roles", "応答側"), ("handling", "手動"))),
    Programmed("団体一覧を取得し直せない間", unreadable),
    Programmed("契約2の決定", settled, contract=LATEST),
    Programmed("契約2の決定（送信と団体の一覧）", settled_sending, contract=LATEST),
    Programmed("通信の最中に落ちる", in_traffic, (("roles", "応答側"),), kills=True),
    Programmed("途中で落ちて起動し直す", killed, (("roles", "応答側"),), kills=True),
)
