"""Every field of every model, a library's too, stands in the register: why it is kept, how long, for whom."""

import pytest
from django.apps import apps

from dispatch.models.privacy import REGISTER

# What Django keeps of its own code and of rights, without anybody's name.
OF_NOBODY = {"auth.Permission", "auth.Group", "contenttypes.ContentType"}


def list_models():
    return [model for model in apps.get_models() if model._meta.label not in OF_NOBODY]


def list_fields(model) -> set[str]:
    return {field.name for field in (*model._meta.fields, *model._meta.many_to_many)}


@pytest.mark.parametrize("model", list_models(), ids=lambda model: model._meta.label)
def test_every_field_of_a_model_is_registered(model):
    assert set(REGISTER.get(model._meta.label, {})) == list_fields(model)


def test_no_model_is_registered_that_is_not_there():
    assert set(REGISTER) == {model._meta.label for model in list_models()}


def test_what_is_personal_has_readers_and_what_nobody_reads_has_no_other():
    rules = {rule for fields in REGISTER.values() for rule in fields.values()}
    for rule in rules:
        assert rule.readers
        assert rule.readers == {"nobody"} or "nobody" not in rule.readers


def test_positions_are_kept_sixty_days_and_places_of_requests_ninety():
    assert REGISTER["dispatch.Position"]["lat"].kept_days == 60
    assert REGISTER["dispatch.ChargeRequest"]["lat"].kept_days == 90
