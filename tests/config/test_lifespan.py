"""A web process begins and ends what belongs to it, and says so to the server."""

import asyncio

from config.lifespan import Lifespan


class Work:
    """Notes what was asked of it."""

    def __init__(self, name, done):
        self._name, self._done = name, done

    def begin(self):
        self._done.append(f"{self._name} begun")

    def end(self):
        self._done.append(f"{self._name} ended")


async def test_what_belongs_to_a_process_begins_and_ends_with_it():
    done, said = [], []
    words = asyncio.Queue()
    for word in ("lifespan.startup", "lifespan.shutdown"):
        words.put_nowait({"type": word})

    async def send(message):
        said.append((message["type"], list(done)))

    await Lifespan([Work("one", done), Work("two", done)])({"type": "lifespan"}, words.get, send)
    assert said == [
        ("lifespan.startup.complete", ["one begun", "two begun"]),
        ("lifespan.shutdown.complete", ["one begun", "two begun", "one ended", "two ended"]),
    ]
