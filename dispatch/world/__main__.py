"""Start the world: `python -m dispatch.world --config var/world.json --base-url http://127.0.0.1:8000`."""

import argparse
import asyncio
import logging
import os
import sys
from dataclasses import replace
from pathlib import Path

from dispatch.world.config import InvalidWorldConfig, load_config
from dispatch.world.main import World, run_until_told


def main() -> int:
    options = _read_options()
    logging.basicConfig(level=options.log_level, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    try:
        config = load_config(options.config)
    except (FileNotFoundError, InvalidWorldConfig) as error:
        sys.stderr.write(f"The world cannot start: {error}\n")
        return 1
    if options.rate_per_h is not None:
        config = replace(config, rate_per_h=options.rate_per_h)
    config = replace(config, roads=config.roads or os.environ.get("ROADS_DATASET") or None)
    base_url = options.base_url or config.base_url
    if not base_url:
        sys.stderr.write("The world cannot start: name the server with --base-url or in the file\n")
        return 1
    state = options.state or options.config.with_name("world-state.json")
    asyncio.run(run_until_told(World(config, base_url, state)))
    return 0


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m dispatch.world", description=__doc__)
    parser.add_argument("--config", type=Path, required=True, help="world.json as the seed wrote it")
    parser.add_argument("--base-url", help="the server; else what the file says")
    parser.add_argument("--state", type=Path, help="memory between runs; default: beside the config")
    rate = os.environ.get("WORLD_RATE_PER_H")
    parser.add_argument("--rate-per-h", type=float, default=float(rate) if rate else None)
    parser.add_argument("--log-level", default="INFO")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
