"""Accounts in /admin/: looked at and mended, secrets never shown."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from accounts.models import Device, Membership, Operator, Person
from accounts.roles import Role
from accounts.services.roles import give_role


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not subscriptable at run time
    """Passwords are set by their owners, not here."""

    list_display = ["email", "name", "is_active"]
    search_fields = ["email", "name"]
    exclude = ["password", "groups", "user_permissions"]


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not subscriptable at run time
    """Who is what to whom; the house gives an operator its first owner, who does the rest."""

    list_display = ["person", "operator", "role"]
    list_filter = ["operator", "role"]

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:
        """Give the role the way that leaves a record."""
        actor = request.user.pk
        obj.pk = give_role(actor, obj.operator_id, obj.person_id, Role(obj.role)).pk

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say no: an owner changes roles."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say no: an owner takes roles away."""
        return False


@admin.register(Device)
class DeviceAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not subscriptable at run time
    """Credentials are issued by a command; here they are seen and revoked."""

    list_display = ["id", "operator", "unit", "label", "revoked_at"]
    readonly_fields = ["operator", "unit"]


admin.site.register(Operator)


def sign_in_at_ours(request: HttpRequest, extra_context: Any = None) -> HttpResponse:
    """Send whoever is to sign in to our own page: the admin's knows no second factor."""
    return HttpResponseRedirect("/account/?next=/admin/")


admin.site.login = sign_in_at_ours  # type: ignore[method-assign]  # its own hook for this
