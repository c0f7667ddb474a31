"""A database that commits, and a Valkey that may die."""

from tests.own_valkey import *  # noqa: F403  # fixtures are found by name
from tests.real_database import *  # noqa: F403
