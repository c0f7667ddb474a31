"""A link across tenants cannot be stored, whatever the code above does."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from dispatch.models import ChargeRequest, Depot, Message, Pack, Plug, Route, Shift, Stop, Unit

COMPOSITE = """
    SELECT c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text, c.convalidated
    FROM pg_constraint c
    JOIN pg_attribute o ON o.attrelid = c.conrelid AND o.attnum = c.conkey[1] AND o.attname = 'operator_id'
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[2]
    WHERE c.contype = 'f' AND cardinality(c.conkey) = 2
"""


def is_tenanted(model: type[models.Model]) -> bool:
    return any(field.name == "operator" for field in model._meta.fields)


def list_links() -> list[tuple[str, str, str]]:
    """Every foreign key from one tenanted model to another."""
    return [
        (model._meta.db_table, field.column, field.related_model._meta.db_table)
        for model in apps.get_app_config("dispatch").get_models()
        if is_tenanted(model)
        for field in model._meta.fields
        if isinstance(field, models.ForeignKey) and is_tenanted(field.related_model)
    ]


@pytest.fixture
def constraints(db) -> set[tuple[str, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(COMPOSITE)
        return {tuple(row[:3]) for row in cursor.fetchall() if row[3]}


def test_there_are_links_to_hold():
    assert len(list_links()) > 30


@pytest.mark.parametrize("link", list_links(), ids=lambda link: f"{link[0]}.{link[1]}")
def test_every_link_inside_a_tenant_carries_the_operator(constraints, link):
    assert link in constraints


@pytest.mark.parametrize(
    ("model", "link"),
    [
        (Pack, "unit"),
        (Plug, "depot"),
        (Plug, "unit"),
        (Shift, "unit"),
        (Route, "unit"),
        (Stop, "route"),
        (Stop, "request"),
        (Unit, "home"),
        (Unit, "area"),
        (ChargeRequest, "area"),
        (ChargeRequest, "tariff"),
        (Depot, "area"),
    ],
)
def test_a_row_given_to_another_operator_is_refused(world, elsewhere, model, link):
    world.accept("Alice")
    rows = model.objects.filter(**{f"{link}__isnull": False})
    assert rows.exists()
    rows.update(operator=elsewhere)
    with pytest.raises(IntegrityError, match="_tenant"):
        connection.check_constraints()


def test_a_message_about_the_stop_of_another_is_refused(world, elsewhere):
    stop = world.stop_of(world.accept("Alice"))
    Message.objects.create(
        operator=elsewhere, unit=stop.unit, stop=stop, kind="note", at=world.now, by="person:x"
    )
    with pytest.raises(IntegrityError, match="_tenant"):
        connection.check_constraints()


def test_shifts_of_a_unit_do_not_overlap(world):
    shift = Shift.objects.first()
    with pytest.raises(IntegrityError, match="overlap"), transaction.atomic():
        Shift.objects.create(
            operator=shift.operator,
            unit=shift.unit,
            starts_at=shift.ends_at - timedelta(seconds=1),
            ends_at=shift.ends_at + timedelta(hours=1),
        )


def test_one_shift_may_begin_as_another_ends(world):
    shift = Shift.objects.first()
    Shift.objects.create(
        operator=shift.operator,
        unit=shift.unit,
        starts_at=shift.ends_at,
        ends_at=shift.ends_at + timedelta(hours=1),
    )


def test_a_request_has_one_live_stop_and_a_unit_one_under_way(world):
    stop = world.stop_of(world.accept("Alice"))
    Stop.objects.filter(id=stop.id).update(state="dispatched")
    hold = Stop.objects.get(unit=stop.unit, kind="hold")
    with pytest.raises(IntegrityError, match="one_stop_under_way_per_unit"), transaction.atomic():
        Stop.objects.filter(id=hold.id).update(state="arrived")
    with pytest.raises(IntegrityError, match="one_live_stop_per_request"), transaction.atomic():
        Stop.objects.filter(id=hold.id).update(request=stop.request)
