"""Who works for an operator, as its owner sees it."""

from typing import TypedDict

from dispatch.selectors.documents.common import Id, Instant


class StaffPerson(TypedDict):
    id: Id
    name: str
    email: str
    second_factor: bool


class StaffMember(TypedDict):
    """One role of one person; `id` is what is changed or taken away."""

    id: Id
    person: StaffPerson
    role: str
    since: Instant


class StaffOperator(TypedDict):
    id: Id
    name: str
    second_factor_required: bool


class StaffPage(TypedDict):
    operator: StaffOperator
    results: list[StaffMember]
    next: str | None


class InvitationView(TypedDict):
    id: Id
    email: str
    role: str
    invited_by: str | None
    created_at: Instant
    expires_at: Instant


class InvitationPage(TypedDict):
    results: list[InvitationView]
    next: str | None


class RoleChangeView(TypedDict):
    """Who, whom, from what, to what, when; null is nothing, or somebody who is no more."""

    id: Id
    actor: str | None
    person: str | None
    before: str | None
    after: str | None
    at: Instant


class RoleChangePage(TypedDict):
    results: list[RoleChangeView]
    next: str | None


class DeviceView(TypedDict):
    id: Id
    unit: Id
    unit_name: str | None
    label: str
    created_at: Instant


class DevicePage(TypedDict):
    results: list[DeviceView]
    next: str | None
