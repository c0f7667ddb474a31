"""The library's mail as this house writes it: plain text, in English and in French."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template.loader import render_to_string

from accounts.models import Person

# Occasions at which somebody is told that their account has changed, as the library names them.
NOTICES = {
    "password_reset", "password_changed", "password_set", "email_confirm", "email_changed", "email_deleted",
    "totp_activated", "totp_deactivated", "recovery_codes_generated", "webauthn_added", "webauthn_removed",
}  # fmt: skip
NOWHERE = "0.0.0.0"  # noqa: S104  # no address is listened at: it stands for none


def name_person(person: Person) -> str:
    """Say what a passkey shows of whose it is."""
    return person.name


def write_mail(name: str, to: str, context: dict[str, Any]) -> EmailMessage:
    """Write a letter: the first line of its template is the subject."""
    said = render_to_string(f"accounts/mail/{name}.txt", context)
    subject, _, body = said.strip().partition("\n")
    return EmailMessage(f"Voltrun: {subject.strip()}", body.strip() + "\n", to=[to])


class Mail(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    """Letters of ours instead of the library's pages and messages."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send what the occasion asks for."""
        name = template_prefix.rpartition("/")[2]
        letter = "notice" if name in NOTICES else name
        write_mail(letter, email, {**context, "email": email, "what": name}).send()

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Keep none: pages say themselves what happened."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """Name where a call comes from; a line without an address is a socket file's."""
        return request.META.get("REMOTE_ADDR") or NOWHERE
