"""A device's credential: shown once, hashed, revocable."""

from uuid import uuid4

from django.utils import timezone

from accounts.models import Device


def test_a_credential_finds_its_device(tablet):
    assert Device.find_by_credential(tablet.text) == tablet.device


def test_the_secret_itself_is_nowhere_in_the_row(tablet):
    secret = tablet.text.split("_", 2)[2]
    row = Device.objects.filter(pk=tablet.device.pk).values().get()
    assert all(secret not in str(value) for value in row.values())


def test_a_revoked_device_is_nobody(tablet):
    tablet.device.revoke(timezone.now())
    assert Device.find_by_credential(tablet.text) is None


def test_another_devices_secret_does_not_fit(tablet, riviera):
    other, text = Device.issue(riviera.id, uuid4())
    mixed = f"vd_{other.id.hex}_{tablet.text.split('_', 2)[2]}"
    assert Device.find_by_credential(mixed) is None
    assert Device.find_by_credential(text) == other
