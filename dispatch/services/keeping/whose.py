"""Whose a row is: the way from each model whose fields a person may read themselves to that person."""

from uuid import UUID

from django.apps import apps
from django.db.models import Model, QuerySet

from dispatch.models.privacy import REGISTER

# By id, or by the name an actor has in the books.
WHOSE = {
    "accounts.Person": "id",
    "accounts.Membership": "person",
    "accounts.AccountAct": "person",
    "account.EmailAddress": "user",
    "account.EmailConfirmation": "email_address__user",
    "mfa.Authenticator": "user",
    "usersessions.UserSession": "user",
    "knox.AuthToken": "user",
    "admin.LogEntry": "user",
    "dispatch.Vehicle": "person",
    "dispatch.Quote": "person",
    "dispatch.Offer": "quote__person",
    "dispatch.ChargeRequest": "person",
    "dispatch.Promise": "request__person",
    "dispatch.Stop": "request__person",
    "dispatch.ChargingSession": "request__person",
    "dispatch.MeterReading": "session__request__person",
    "dispatch.RiskItem": "request__person",
    "dispatch.RosterLine": "crew",
    "dispatch.Shift": "crew",
    "dispatch.Message": "by",
}


def list_rows(label: str, person_id: UUID) -> QuerySet[Model]:
    """List a person's rows of one model."""
    way = WHOSE[label]
    value = f"person:{person_id}" if way == "by" else person_id
    return QuerySet(model=apps.get_model(label)).filter(**{way: value})


def list_readable(label: str) -> list[str]:
    """List the fields of a model that a person may read of themselves."""
    return [name for name, rule in REGISTER[label].items() if "self" in rule.readers]
