"""Nonsense of every kind, said at every door: nothing falls over, and every answer is one we promised."""
