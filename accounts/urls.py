"""Addresses of accounts."""

from django.urls import path

from accounts.api.me import MeView
from accounts.api.sign_in import SessionView, TokenView

urlpatterns = [
    path("api/auth/token", TokenView.as_view(), name="auth-token"),
    path("api/auth/session", SessionView.as_view(), name="auth-session"),
    path("api/me", MeView.as_view(), name="me"),
]
