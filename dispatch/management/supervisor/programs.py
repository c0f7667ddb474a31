"""The processes of the house that are our own Python."""

import http.client
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from dispatch.management.supervisor.ports import LOOPBACK
from dispatch.management.supervisor.program import Program
from dispatch.management.supervisor.surroundings import Surroundings, python


def clock(environment: Mapping[str, str], ready: Path) -> Program:
    """The keeper of database and clock: migrates, seeds, then tells world time that the house lives."""
    return Program(
        name="clock",
        command=python("-m", "dispatch.management.supervisor.keeper", str(ready)),
        environment=environment,
        is_ready=ready.exists,
        ready_within_s=120,
        stop_within_s=4,
    )


def web(port: int, environment: Mapping[str, str]) -> Program:
    """One process for HTTP and WebSockets."""
    return Program(
        name="web",
        command=python(
            *(
                "-m",
                "uvicorn",
                "config.asgi:application",
                "--host",
                LOOPBACK,
                "--port",
                str(port),
            ),
            *("--lifespan", "on", "--no-access-log", "--log-level", "warning"),
            # Messages are short, and compressors cost a quarter of a megabyte for each of thousands of lines.
            *("--ws-per-message-deflate", "false"),
            *("--timeout-graceful-shutdown", "3"),
        ),
        environment=environment,
        is_ready=lambda: answers(port, "/healthz"),
    )


def worker(environment: Mapping[str, str]) -> Program:
    """The planner. Threads: the solver server is its child, which the prefork pool would refuse."""
    return Program(
        name="worker",
        command=python(
            *("-m", "celery", "-A", "config", "worker", "--pool=threads", "--concurrency=4"),
            *("--without-gossip", "--without-mingle", "--loglevel=INFO"),
        ),
        environment=environment,
    )


def beat(environment: Mapping[str, str], folder: Path) -> Program:
    """The sweep's metronome."""
    return Program(
        name="beat",
        command=python(
            "-m", "celery", "-A", "config", "beat", "--loglevel=INFO", f"--schedule={folder}/beat-schedule"
        ),
        # It ticks every second and has nothing to tell.
        environment={**environment, "LOG_LEVEL": "WARNING"},
    )


def world(surroundings: Surroundings, environment: Mapping[str, str]) -> Program:
    """The simulated world: a stranger that knows the public doors only."""
    return Program(
        name="world",
        command=python(
            *("-m", "dispatch.world", "--config", str(settings.WORLD_FILE)),
            *("--base-url", surroundings.url),
        ),
        environment=surroundings.world_environment(environment),
    )


def answers(port: int, path: str) -> bool:
    """Say whether the web answers this path with 200."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=2)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
