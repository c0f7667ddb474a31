"""What a person may be to an operator. A driver is nobody's member."""

from django.db.models import TextChoices


class Role(TextChoices):
    """Each role is a membership of its own; one person may have several."""

    DISPATCHER = "dispatcher"
    CREW = "crew"
    OWNER = "owner"
