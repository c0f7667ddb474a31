"""What a line of the log is about goes with the work: from the call that caused it to the task."""

from contextlib import ExitStack
from typing import Any

from celery.signals import before_task_publish, task_postrun, task_prerun
from structlog.contextvars import bind_contextvars, clear_contextvars, get_contextvars

from config import tracing

CALL, TRACE = "voltrun_call", "voltrun_trace"
_open: dict[str, ExitStack] = {}


def connect() -> None:
    """Listen to tasks being sent, begun and ended."""
    before_task_publish.connect(_send, weak=False)
    task_prerun.connect(_begin, weak=False)
    task_postrun.connect(_end, weak=False)


def _send(headers: dict[str, Any] | None = None, **_: Any) -> None:
    if headers is None:
        return
    if call := get_contextvars().get("call"):
        headers[CALL] = call
    if words := tracing.carry():
        headers[TRACE] = words


def _begin(task_id: str = "", task: Any = None, **_: Any) -> None:
    clear_contextvars()
    bind_contextvars(task=task.name, task_id=task_id)
    if call := getattr(task.request, CALL, None):
        bind_contextvars(call=call)
    spans = ExitStack()
    spans.enter_context(tracing.span(task.name, getattr(task.request, TRACE, None)))
    _open[task_id] = spans


def _end(task_id: str = "", **_: Any) -> None:
    if spans := _open.pop(task_id, None):
        spans.close()
    clear_contextvars()
