"""What judges of replies share: everything that is known of what was asked, put together once."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from harness.contract.messages import CLOCK_SECONDS, Kind
from harness.model.cases import Breach, Case
from harness.model.history.exchanges import Call, Delivery, Sending
from harness.model.history.history import History
from harness.model.history.spans import Span
from harness.model.state.conversations import Asked, Conversation, Conversations, Reply, moment_of
from harness.model.state.handling import Handling
from harness.model.state.held import Held
from harness.model.state.holdings import Holdings, all_holdings
from harness.model.state.lateness import BUSY_SECONDS, Lateness
from harness.model.state.patience import WAIT
from harness.model.state.pending import Decision, Stand, Waiting, looked_at, stand_of
from harness.model.state.subjects import Subjects

SCOPE_WORDS: Final = {"subject": "対象者", "affair": "事務", "information": "連携情報"}
_DIGITS: Final = re.compile(r"[0-9０-９]+")
_BY_HAND: Final = frozenset({"REFUSED_BY_STAFF", "SUBJECT_UNKNOWN"})


@dataclass(frozen=True)
class Replying:
    """Each part is put together when somebody asks for it, so that who only counts needs no more than the north face."""

    history: History

    @cached_property
    def conversations(self) -> Conversations:
        """What partners and gateway said to each other."""
        return Conversations.of(self.history)

    @cached_property
    def waiting(self) -> Waiting:
        """What was listed, and what staff decided."""
        return Waiting.of(self.history)

    @cached_property
    def subjects(self) -> Subjects:
        """Whom link codes lead to."""
        return self.history.once(Subjects.of)

    @cached_property
    def holdings(self) -> Holdings:
        """What is held of them."""
        return self.history.once(all_holdings)

    @cached_property
    def handling(self) -> Handling:
        """What is 手動."""
        automatic = _answered_at_once(self.conversations, self.waiting)
        return Handling.of(self.history, self.subjects, automatic)

    @cached_property
    def lateness(self) -> Lateness:
        """Until when what is due has to come."""
        arrivals = (asked.span.end for c in self.conversations for asked in c.asked)
        departures = (reply.first.span.begin for c in self.conversations for reply in c.replies)
        return Lateness.of(self.history, arrivals, departures)

    @cached_property
    def stands(self) -> Mapping[str, Stand]:
        """How each enquiry stands by correlation id, where one alone has it."""
        stands: dict[str, Stand] = {}
        for conversation in self.conversations:
            asked, id_ = conversation.only, conversation.correlation_id
            if asked is not None and asked.kind == Kind.ENQUIRY:
                until = looked_at(conversation, asked, self.waiting, WAIT + BUSY_SECONDS)
                seen = id_ in self.waiting.first_seen
                stands[id_] = stand_of(asked, until, self.subjects, self.handling, seen=seen)
        return stands

    @cached_property
    def refusal_sentence(self) -> str | None:
        """With which the gateway told first that staff refused; None where nobody was refused."""
        return _refusal_sentence(self.conversations)

    @cached_property
    def records(self) -> Mapping[str, list[tuple[str, Mapping[str, str], Held]]]:
        """Every record that was ever registered, by information: whose it is, its key. Only a breach asks for them."""
        names = {information for _, information in self.holdings.places}
        return {name: list(self.holdings.all_records(name)) for name in names}

    def is_of_before(self, reply: Reply) -> bool:
        """It was made before this run began: a gateway keeps what it could not send."""
        sent = moment_of(reply.first.header.get("sent_at"), self.history.began)
        return sent < self.history.began + CLOCK_SECONDS


@dataclass(frozen=True, slots=True)
class Talk:
    """One conversation, and all that is known around it."""

    replying: Replying
    conversation: Conversation

    @property
    def id(self) -> str:
        """The correlation id."""
        return self.conversation.correlation_id

    @property
    def asked(self) -> Asked:
        """What was asked first. Raises IndexError where nothing was."""
        return self.conversation.asked[0]

    @property
    def replies(self) -> list[Reply]:
        """What went out."""
        return self.conversation.replies

    @property
    def stand(self) -> Stand:
        """How its enquiry stands. Raises KeyError where it is none, or the id is shared."""
        return self.replying.stands[self.id]

    @property
    def decisions(self) -> list[Decision]:
        """What staff decided, or tried to."""
        return self.replying.waiting.of_id(self.id)

    @property
    def effective(self) -> list[Decision]:
        """Those that were taken, or may have been."""
        return self.replying.waiting.effective(self.id)

    @property
    def seen(self) -> Span | None:
        """When it was listed first."""
        return self.replying.waiting.first_seen.get(self.id)

    def released(self, before: float) -> Iterator[str]:
        """Scopes that were switched back to 自動 while its enquiry waited."""
        keys = {
            "subject": next((owner for owner in self.stand.owners if isinstance(owner, str)), ""),
            "affair": str(self.asked.header.get("affair")),
            "information": str(self.asked.header.get("information")),
        }
        for scope, key in keys.items():
            if self.replying.handling.automatic_again(scope, key, self.asked.span.end, before):
                yield scope

    def decided_before(self, moment: float) -> list[Decision]:
        """What staff decided, or may have, before something."""
        return [decision for decision in self.effective if decision.call.span.begin <= moment]

    def case(
        self, rule: str, alternative: str, broken: str | None, expected: str, where: Call | Delivery | Sending
    ) -> Case:
        """`broken`: what was observed, None where the rule was kept."""
        if broken is None:
            return Case(rule, alternative)
        person = None if isinstance(where, Call) else where.person
        scenario = where.scenario if isinstance(where, Call) else ""
        scenario = scenario or self.replying.history.scenario_of(person, self.id)
        stand = self.replying.stands.get(self.id)
        whom = (f"subject:{owner}" for owner in (stand.owners if stand else ()) if isinstance(owner, str))
        about = (*self.conversation.about, *whom)
        breach = Breach(broken, expected, where.words, scenario, where.span.end, about)
        return Case(rule, alternative, breach)


def code_of(reply: Reply) -> str:
    """照会応答 and 受領, or the code of an エラー; empty where its content is not known."""
    if reply.kind != Kind.ERROR:
        return reply.kind
    content = reply.first.content
    return str(content.get("code")) if content is not None else ""


def sentence_of(reason: str, asked: Asked) -> str:
    """A reason without what the enquiry itself says, and without numbers."""
    for value in asked.header.values():
        if isinstance(value, str) and len(value) >= 3:
            reason = reason.replace(value, "")
    return _DIGITS.sub("", reason)


def _refusal_sentence(conversations: Conversations) -> str | None:
    for conversation in conversations:
        for reply in conversation.replies:
            if conversation.asked and code_of(reply) == "REFUSED_BY_STAFF":
                return sentence_of(str((reply.first.content or {}).get("reason")), conversation.asked[0])
    return None


def _answered_at_once(conversations: Conversations, waiting: Waiting) -> Mapping[tuple[str, str], float]:
    """When an affair or an information was first answered without staff."""
    found: dict[tuple[str, str], float] = {}
    for conversation in conversations:
        asked = conversation.only
        if asked is None or asked.kind != Kind.ENQUIRY or not conversation.replies:
            continue
        reply = conversation.replies[0]
        begin = reply.first.span.begin
        decided = waiting.effective(conversation.correlation_id)
        if code_of(reply) in _BY_HAND or any(d.call.span.begin <= begin for d in decided):
            continue
        if not reply.taken or conversation.correlation_id in waiting.first_seen:
            continue
        for scope in ("affair", "information"):
            key = (scope, str(asked.header.get(scope)))
            found[key] = min(begin, found.get(key, begin))
    return found
