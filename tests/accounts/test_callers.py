"""A caller is a value with its scope."""

from uuid import uuid4

import pytest

from accounts.callers import Caller, Kind
from accounts.models import Device, Membership, Operator, Person
from accounts.roles import Role
from accounts.scoping import ScopedQuerySet
from tests.cast import make_person


def test_a_driver_dispatches_and_crews_for_nobody(alice, riviera):
    caller = Caller.of_person(alice)
    assert (caller.kind, caller.person_id) == (Kind.PERSON, alice.id)
    assert not caller.dispatches(riviera.id)
    assert not caller.crews()
    assert not caller.staffed


def test_a_dispatcher_dispatches_for_their_own_operator_only(dana, riviera, elsewhere):
    caller = Caller.of_person(dana)
    assert caller.dispatches(riviera.id)
    assert not caller.dispatches(elsewhere.id)
    assert not caller.owns(riviera.id)


def test_an_owner_may_do_what_a_dispatcher_may(olga, riviera):
    caller = Caller.of_person(olga)
    assert caller.owns(riviera.id)
    assert caller.dispatches(riviera.id)


def test_crew_is_crew_and_no_more(cora, riviera, elsewhere):
    caller = Caller.of_person(cora)
    assert caller.crews()
    assert caller.crews(riviera.id)
    assert not caller.crews(elsewhere.id)
    assert not caller.dispatches(riviera.id)


def test_a_device_is_its_units_own(tablet, riviera):
    caller = Caller.of_device(tablet.device)
    assert caller.drives(tablet.device.unit)
    assert not caller.drives(uuid4())
    assert caller.staffed == {riviera.id}
    assert not caller.dispatches(riviera.id)


def test_callers_keep_their_keys_apart(alice, bob, tablet):
    keys = {Caller.of_person(alice).key, Caller.of_person(bob).key, Caller.of_device(tablet.device).key}
    assert len(keys | {Caller.anonymous().key, Caller.system().key}) == 5


def test_a_guest_sees_no_person_and_no_device(alice, tablet):
    guest = Caller.anonymous()
    assert not Person.objects.of(guest).exists()
    assert not Device.objects.of(guest).exists()
    assert not Membership.objects.of(guest).exists()


def test_a_person_sees_themselves_and_a_dispatcher_their_own_staff(alice, dana, cora, otto):
    assert set(Person.objects.of(Caller.of_person(alice))) == {alice}
    assert set(Person.objects.of(Caller.of_person(dana))) == {dana, cora}
    assert set(Person.objects.of(Caller.of_person(otto))) == {otto}


def test_devices_are_seen_by_their_operators_staff_only(tablet, dana, otto, alice):
    assert list(Device.objects.of(Caller.of_person(dana))) == [tablet.device]
    assert not Device.objects.of(Caller.of_person(otto)).exists()
    assert not Device.objects.of(Caller.of_person(alice)).exists()


def test_the_house_sees_all_and_a_system_caller_of_one_operator_only_that(dana, otto, riviera):
    assert set(Membership.objects.of(Caller.system())) == {*dana.memberships.all(), *otto.memberships.all()}
    assert set(Membership.objects.of(Caller.system(riviera.id))) == set(dana.memberships.all())


def test_somebody_with_two_roles_is_seen_once(dana, riviera):
    twice = make_person("Tom", riviera, Role.CREW)
    Membership.objects.create(person=twice, operator=riviera, role=Role.DISPATCHER)
    assert list(Person.objects.of(Caller.of_person(dana)).order_by("name")) == [dana, twice]


def test_a_query_set_that_does_not_say_whose_its_rows_are_shows_none():
    with pytest.raises(NotImplementedError):
        ScopedQuerySet(Operator).of(Caller.anonymous())
