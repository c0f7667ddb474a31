"""Persons, operators, and what binds them."""

from accounts.models.account_act import AccountAct, Act
from accounts.models.device import Device
from accounts.models.invitation import Invitation
from accounts.models.membership import Membership
from accounts.models.operator import Operator
from accounts.models.person import Person
from accounts.models.role_change import RoleChange

__all__ = ["AccountAct", "Act", "Device", "Invitation", "Membership", "Operator", "Person", "RoleChange"]
