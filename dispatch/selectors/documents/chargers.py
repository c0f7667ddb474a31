"""Chargers as the console shows them: what they are, what they said last, what they were told."""

from typing import Any, TypedDict

from dispatch.selectors.documents.common import Id, Instant


class ChargerView(TypedDict):
    id: Id
    identity: str
    unit: Id | None
    unit_name: str | None
    plug: Id | None
    plug_name: str | None
    protocol: str
    online: bool
    seen_at: Instant | None
    connected_at: Instant | None
    vendor: str
    model: str
    firmware: str
    status: str
    error_code: str
    alarm: bool
    power_w: int | None
    power_kw: float
    limit_kw: float | None
    connectors: list[str]


class ChargerPage(TypedDict):
    results: list[ChargerView]
    next: str | None


class SessionView(TypedDict):
    id: Id
    request: Id | None
    stop: Id | None
    state: str
    started_at: Instant
    ended_at: Instant | None
    end_reason: str
    energy_wh: int
    soc: float | None
    power_w: int | None
    flags: list[str]
    photo: Id | None


class CommandView(TypedDict):
    id: Id
    verb: str
    said: dict[str, Any]
    status: str
    who: str
    why: str
    answer: Any
    queued_at: Instant
    sent_at: Instant | None
    answered_at: Instant | None


class MessageView(TypedDict):
    id: int
    ours: bool
    action: str
    message_id: str
    frame: str
    answer: str
    at: Instant


class ChargerDetail(ChargerView):
    sessions: list[SessionView]
    commands: list[CommandView]
    messages: list[MessageView]
