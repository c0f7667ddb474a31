"""Writes: one verb per use case."""
