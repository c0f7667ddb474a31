"""Pictures a crew sends: drawn anew when they came, never changed since."""

from django.db import models

from accounts.fields import SealedBinaryField
from dispatch.models.base import Tenanted
from dispatch.models.route import Stop
from dispatch.models.scopes import UnitScoped


class AttachmentRows(UnitScoped["Attachment"]):
    unit_path = "stop__unit_id"


class Attachment(Tenanted):
    """A picture taken at a stop; small, so that it lies in the database with what it belongs to."""

    class Kind(models.TextChoices):
        METER = "meter"

    stop = models.ForeignKey(Stop, on_delete=models.PROTECT, related_name="attachments")
    kind = models.TextField(choices=Kind)
    media_type = models.TextField()
    content = SealedBinaryField()
    at = models.DateTimeField(help_text="world clock")
    by = models.TextField(help_text="person:<id> or device:<id>")

    objects = AttachmentRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["operator", "id"], name="attachment_of_operator")]

    def __str__(self) -> str:
        return f"{self.kind} at {self.stop_id}"
