"""A person signs in by e-mail. Persons are global: what they are to an operator is a membership."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.callers import Caller, Roles
from accounts.ids import new_id
from accounts.roles import Role
from accounts.scoping import NOTHING, ScopedQuerySet


class PersonQuerySet(ScopedQuerySet["Person"]):
    """A person sees themselves; staff are seen by those who run the operator."""

    def reach(self, caller: Caller) -> Q:
        own = Q(pk=caller.person_id) if caller.person_id else NOTHING
        staff = self.model.objects.filter(memberships__operator_id__in=caller.dispatched)
        return own | Q(pk__in=staff.values("pk"))


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):  # type: ignore[misc]  # made at run time
    """Django's ways to find and make a person."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Find by e-mail, however it was typed."""
        person: Person = self.get(email=(username or "").strip().lower())
        return person

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """Make a person; without a password nobody can sign in as them."""
        person: Person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """Make a person who may use /admin/."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody: a driver, and whatever their memberships make of them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower(F("email"))), name="person_email_is_lower_case"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def list_roles(self) -> Roles:
        """List what the person is at this moment, and to whom.

        Where a second factor is asked for, who has none has no role either: until they have set one up.
        """
        held = self._list_memberships()
        lacking = self._list_lacking(held)
        return frozenset((m.operator_id, Role(m.role)) for m in held if m not in lacking)

    @property
    def second_factor(self) -> str:
        """Say how the person stands with a second factor: `on`, `off`, or `needed` before any role holds."""
        if self._list_lacking(self._list_memberships()):
            return "needed"
        return "on" if self._has_factor() else "off"

    def _list_memberships(self) -> list[Any]:
        """List memberships and what their operators ask for: with one query, or what was read for many."""
        if "memberships" in getattr(self, "_prefetched_objects_cache", {}):
            return list(self.memberships.all())
        return list(self.memberships.select_related("operator"))

    def _list_lacking(self, held: Iterable[Any]) -> list[Any]:
        """List those memberships that do not hold, because they ask for a factor and there is none."""
        everywhere = settings.STAFF_SECOND_FACTOR == "required"
        asked = [m for m in held if everywhere or m.operator.second_factor_required]
        return asked if asked and not self._has_factor() else []

    def _has_factor(self) -> bool:
        held: Any = self
        return bool(held.authenticator_set.all())
