"""Outward, on commit: events become messages, values become ticks, the planner is nudged."""
