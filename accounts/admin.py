"""Accounts in /admin/: looked at and mended, secrets never shown."""

from django.contrib import admin

from accounts.models import Device, Membership, Operator, Person


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not subscriptable at run time
    """Passwords are set by their owners, not here."""

    list_display = ["email", "name", "is_active"]
    search_fields = ["email", "name"]
    exclude = ["password", "groups", "user_permissions"]


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not subscriptable at run time
    """Who is what to whom."""

    list_display = ["person", "operator", "role"]
    list_filter = ["operator", "role"]


@admin.register(Device)
class DeviceAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not subscriptable at run time
    """Credentials are issued by a command; here they are seen and revoked."""

    list_display = ["id", "operator", "unit", "label", "revoked_at"]
    readonly_fields = ["operator", "unit"]


admin.site.register(Operator)
