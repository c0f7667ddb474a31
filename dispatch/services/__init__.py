"""Writes: one verb per use case, one short transaction each."""
