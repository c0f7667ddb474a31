"""Addresses of accounts."""

from django.urls import path

from accounts.api.invitations import InvitationAcceptView, InvitationLookView
from accounts.api.me import MeView
from accounts.api.sign_in import SessionView, TokenView
from accounts.api.sign_ins import SignInsView, SignInView
from accounts.api.sign_up import SignUpAcceptView, SignUpView
from accounts.library.doors import list_patterns

urlpatterns = [
    path("api/auth/token", TokenView.as_view(), name="auth-token"),
    path("api/auth/session", SessionView.as_view(), name="auth-session"),
    path("api/me", MeView.as_view(), name="me"),
    path("auth/sign-ins", SignInsView.as_view(), name="auth-sign-ins"),
    path("auth/sign-ins/<slug:sign_in_id>", SignInView.as_view(), name="auth-sign-in"),
    path("auth/sign-up", SignUpView.as_view(), name="auth-sign-up"),
    path("auth/sign-up/accept", SignUpAcceptView.as_view(), name="auth-sign-up-accept"),
    path("auth/invitation/look", InvitationLookView.as_view(), name="auth-invitation-look"),
    path("auth/invitation/accept", InvitationAcceptView.as_view(), name="auth-invitation-accept"),
    *list_patterns(),
]
