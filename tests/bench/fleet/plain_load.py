"""The readers of bare Channels, a program of its own: `plain_load.py PORT READERS SECONDS`."""

import asyncio
import json
import sys
import time

import uvloop
from websockets.asyncio.client import ClientConnection, connect

PER_GROUP = 4
# About what a driver's page hears in a tick.
TEXT = json.dumps({"type": "live", "data": {"position": {"lat": 43.7, "lon": 7.4}, "eta": "x" * 180}})


async def main(port: int, readers: int, seconds: float) -> None:
    groups, gate, heard = readers // PER_GROUP, asyncio.Semaphore(40), 0
    base = f"ws://127.0.0.1:{port}"

    async def open_one(number: int) -> ClientConnection:
        async with gate:
            return await connect(f"{base}/read/g{number % groups}", ping_interval=None)

    async def read(line: ClientConnection) -> None:
        nonlocal heard
        async for _ in line:
            heard += 1

    lines = await asyncio.gather(*(open_one(number) for number in range(readers)))
    tasks = [asyncio.create_task(read(line)) for line in lines]
    speaker = await connect(f"{base}/say", ping_interval=None)
    begun, rounds = time.monotonic(), 0
    # Round after round, each heard by all before the next: the queue behind a reader stays bounded.
    while time.monotonic() - begun < seconds:
        await speaker.send(json.dumps({"rounds": 1, "groups": groups, "text": TEXT}))
        await speaker.recv()
        rounds += 1
        while heard < rounds * groups * PER_GROUP and time.monotonic() - begun < 2 * seconds:
            await asyncio.sleep(0.005)
    spent = time.monotonic() - begun
    sys.stdout.write(json.dumps({"messages_per_s": heard / spent, "rounds": rounds}))
    for task in tasks:
        task.cancel()


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))
