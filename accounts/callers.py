"""Who is calling: a value with its scope, from which every query starts (`.of(caller)`)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, Self
from uuid import UUID

from accounts.roles import Role

Roles = frozenset[tuple[UUID, Role]]


class Kind(StrEnum):
    """A caller is one of these."""

    PERSON = "person"
    DEVICE = "device"
    GUEST = "guest"
    LINK = "link"
    SYSTEM = "system"


class SomePerson(Protocol):
    """What a caller needs to know of a person; the model is above this module."""

    @property
    def id(self) -> UUID: ...
    def list_roles(self) -> Roles: ...


class SomeDevice(Protocol):
    """What a caller needs to know of a device; the model is above this module."""

    @property
    def id(self) -> UUID: ...
    @property
    def unit(self) -> UUID: ...
    @property
    def operator_id(self) -> UUID: ...


@dataclass(frozen=True, slots=True)
class Caller:
    """A caller and its scope; `operator_id` binds a device or a system caller to one operator."""

    kind: Kind
    person_id: UUID | None = None
    device_id: UUID | None = None
    unit_id: UUID | None = None
    operator_id: UUID | None = None
    link_id: UUID | None = None
    roles: Roles = frozenset()

    @classmethod
    def anonymous(cls) -> Self:
        """Somebody who has not said who they are."""
        return cls(Kind.GUEST)

    @classmethod
    def of_person(cls, person: SomePerson) -> Self:
        """Build the caller of a signed-in person, with the roles held at this moment."""
        return cls(Kind.PERSON, person_id=person.id, roles=person.list_roles())

    @classmethod
    def of_device(cls, device: SomeDevice) -> Self:
        """Build the caller of a unit's device."""
        return cls(Kind.DEVICE, device_id=device.id, unit_id=device.unit, operator_id=device.operator_id)

    @classmethod
    def system(cls, operator_id: UUID | None = None) -> Self:
        """Build our own caller: of one operator, or (None) of the whole house."""
        return cls(Kind.SYSTEM, operator_id=operator_id)

    @property
    def key(self) -> str:
        """Name the caller for what is kept per caller (idempotency keys, throttles)."""
        who = self.person_id or self.device_id or self.link_id or self.operator_id
        return f"{self.kind}:{who or ''}"

    @property
    def is_known(self) -> bool:
        """Say whether the caller proved to be somebody."""
        return self.kind is not Kind.GUEST

    @property
    def sees_all(self) -> bool:
        """Say whether no query narrows: only the house's own work."""
        return self.kind is Kind.SYSTEM and self.operator_id is None

    def operators(self, *roles: Role) -> frozenset[UUID]:
        """List the operators to whom the caller is one of these (any role, when none is named)."""
        held = {operator for operator, role in self.roles if not roles or role in roles}
        if self.kind is Kind.SYSTEM and self.operator_id:
            held.add(self.operator_id)
        return frozenset(held)

    @property
    def staffed(self) -> frozenset[UUID]:
        """List the operators whose ground and means the caller works with: staff and devices."""
        own = {self.operator_id} if self.kind is Kind.DEVICE and self.operator_id else set()
        return self.operators() | own

    @property
    def dispatched(self) -> frozenset[UUID]:
        """List the operators for whom the caller dispatches; an owner may do what a dispatcher may."""
        return self.operators(Role.DISPATCHER, Role.OWNER)

    def dispatches(self, operator_id: UUID) -> bool:
        """Say whether the caller may dispatch for this operator."""
        return self.sees_all or operator_id in self.dispatched

    def crews(self, operator_id: UUID | None = None) -> bool:
        """Say whether the caller is crew: of this operator, or of any."""
        crewed = self.operators(Role.CREW)
        return bool(crewed) if operator_id is None else operator_id in crewed

    def owns(self, operator_id: UUID) -> bool:
        """Say whether the caller owns this operator."""
        return self.sees_all or operator_id in self.operators(Role.OWNER)

    def drives(self, unit_id: UUID) -> bool:
        """Say whether the caller is this unit's own device."""
        return self.kind is Kind.DEVICE and self.unit_id == unit_id
