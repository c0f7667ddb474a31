"""A road engine on another host: `osrm-routed`, asked by HTTP, in the place of the binding."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx

_CONNECT_S = 1.0
_ANSWER_S = 10.0


class OsrmServer:
    """Answers like `osrm.OSRM`: the same verbs, the same parameters, the same documents.

    What goes wrong is a `RuntimeError` whose text begins with the engine's own code, as the binding has it.

    Parameters
    ----------
    url
        Where the profile's server, or a balancer before several, listens: ``http://osrm-car:5000``.
    profile
        The name in the address; the server itself knows one profile only.
    """

    def __init__(self, url: str, profile: str) -> None:
        self._client = httpx.Client(base_url=url, timeout=httpx.Timeout(_ANSWER_S, connect=_CONNECT_S))
        self._profile = profile

    def Table(self, parameters: Any) -> Any:  # noqa: N802  # the binding's names
        """Ask one table."""
        more = {
            "sources": list(parameters.sources),
            "destinations": list(parameters.destinations),
            "annotations": ["duration", "distance"],
        }
        return self._ask("table", parameters, more)

    def Route(self, parameters: Any) -> Any:  # noqa: N802
        """Ask one way."""
        return self._ask("route", parameters, {**_LINE, "continue_straight": False})

    def Match(self, parameters: Any) -> Any:  # noqa: N802
        """Lay a trace on the road."""
        more = {"timestamps": list(parameters.timestamps), "radiuses": list(parameters.radiuses)}
        return self._ask("match", parameters, {**_LINE, **more, "tidy": True})

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()

    def _ask(self, service: str, parameters: Any, more: Mapping[str, Any]) -> Any:
        # In the body: a large table is longer than any address may be, and addresses are logged.
        body = {
            "coordinates": [[spot.lon, spot.lat] for spot in parameters.coordinates],
            "generate_hints": False,
            **more,
        }
        try:
            answer = self._client.post(f"/{service}/v1/{self._profile}", json=body).json()
        except (httpx.HTTPError, ValueError) as error:
            raise RuntimeError(f"NoServer: {type(error).__name__}") from error
        if answer.get("code") != "Ok":
            raise RuntimeError(f"{answer.get('code')}: {answer.get('message', '')}")
        return answer


_LINE = {"geometries": "polyline6", "overview": "full"}
