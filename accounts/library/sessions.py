"""A browser's session, begun by the library: it asks for the second factor and keeps the list of sessions."""

from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.internal.flows.manage_email import sync_user_email_address
from allauth.account.models import Login
from allauth.headless.constants import Client
from allauth.headless.internal.decorators import mark_request_as_headless
from django.contrib.auth import logout
from django.http import HttpRequest

from accounts.models import Person

# Nobody reads in so many browsers; the library looks at each one that is kept when another begins.
MOST_SESSIONS = 20


def begin_session(request: HttpRequest, person: Person) -> bool:
    """Begin the session of somebody whose password was right; False: a second factor is asked for first."""
    # What this browser was before says nothing about who comes now.
    logout(request)
    mark_request_as_headless(request, Client.BROWSER)
    # Its list of addresses begins with the one that was just signed in with.
    sync_user_email_address(person)
    _end_oldest(person)
    perform_password_login(request, {"email": person.email}, Login(user=person, email=person.email))
    return request.user.is_authenticated


def _end_oldest(person: Person) -> None:
    held: Any = person
    for row in held.usersession_set.order_by("-created_at", "-pk")[MOST_SESSIONS - 1 :]:
        row.end()
