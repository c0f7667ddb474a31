"""Chargers by the hundred against the real gateway: a database, a Valkey and web processes of its own."""
