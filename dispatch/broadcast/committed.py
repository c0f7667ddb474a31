"""What is said outward is said once the change is committed, and never fails it."""

from collections.abc import Callable

from django.db import transaction


def after_commit[**P](act: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
    """Call later; what it raises is logged.

    A function, not a `partial`: Django names a failed callback by its qualified name, and a partial has
    none, so that the failure to name it would reach the caller whose change is committed already.
    """

    def say() -> None:
        act(*args, **kwargs)

    transaction.on_commit(say, robust=True)
