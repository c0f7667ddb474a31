"""Persons, operators, and what binds them."""

from accounts.models.device import Device
from accounts.models.membership import Membership
from accounts.models.operator import Operator
from accounts.models.person import Person

__all__ = ["Device", "Membership", "Operator", "Person"]
