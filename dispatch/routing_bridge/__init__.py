"""The only door to the engine: rows become a Problem, a Plan becomes rows, as a difference."""
