"""A web process begins and ends what belongs to it, and says so to the server."""

import asyncio

from config.lifespan import Lifespan


async def test_what_belongs_to_a_process_begins_and_ends_with_it():
    done, said = [], []
    words = asyncio.Queue()
    for word in ("lifespan.startup", "lifespan.shutdown"):
        words.put_nowait({"type": word})

    async def send(message):
        said.append((message["type"], list(done)))

    lifespan = Lifespan(lambda: done.append("begun"), lambda: done.append("ended"))
    await lifespan({"type": "lifespan"}, words.get, send)
    assert said == [
        ("lifespan.startup.complete", ["begun"]),
        ("lifespan.shutdown.complete", ["begun", "ended"]),
    ]
