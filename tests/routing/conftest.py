"""Examples are drawn the same way every time and are not timed: the machine may be busy."""

from hypothesis import settings

settings.register_profile("routing", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("routing")
