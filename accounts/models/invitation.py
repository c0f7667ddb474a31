"""An invitation: an owner's word that somebody at this address shall work for the operator."""

import hashlib
import secrets
from datetime import datetime
from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.callers import Caller
from accounts.ids import new_id
from accounts.models.operator import Operator
from accounts.roles import Role
from accounts.scoping import ScopedQuerySet


class InvitationQuerySet(ScopedQuerySet["Invitation"]):
    """An owner's business."""

    def reach(self, caller: Caller) -> Q:
        return Q(operator_id__in=caller.operators(Role.OWNER))

    def open_at(self, at: datetime) -> Self:
        """Narrow to those that can still be accepted."""
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=at)


class Invitation(models.Model):
    """Sent by mail; its secret is kept as a hash, works once, and not for long."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    operator = models.ForeignKey(Operator, models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=12, choices=Role.choices)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    secret_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="invitation_role_is_known"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @classmethod
    def issue(
        cls, operator_id: UUID, email: str, role: Role, by: UUID, at: datetime, until: datetime
    ) -> tuple[Self, str]:
        """Make one and its secret; the secret is never seen again. What was open for the same is void."""
        before = cls.objects.filter(operator_id=operator_id, email=email, role=role)
        before.filter(accepted_at=None, revoked_at=None).update(revoked_at=at)
        secret = secrets.token_urlsafe(32)
        made = cls(
            operator_id=operator_id,
            email=email,
            role=role,
            invited_by_id=by,
            secret_sha256=_digest(secret),
            created_at=at,
            expires_at=until,
        )
        made.save(force_insert=True)
        return made, secret

    @classmethod
    def find_open(cls, secret: str, at: datetime, *, lock: bool = False) -> "Invitation | None":
        """Find the one this secret opens; with `lock` nobody else accepts it meanwhile."""
        rows = cls.objects.open_at(at).select_related("operator", "invited_by")
        rows = rows.select_for_update(of=("self",)) if lock else rows
        return rows.filter(secret_sha256=_digest(secret)).first()


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
