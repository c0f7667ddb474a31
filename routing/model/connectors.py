"""Plugs and sockets by name: which carry direct current and which alternating."""

from typing import Literal

from routing.model.values import require

DC_CONNECTORS = frozenset({"ccs1", "ccs2", "chademo", "nacs", "gbt_dc", "mcs"})
AC_CONNECTORS = frozenset({"type1", "type2", "gbt_ac", "schuko", "cee"})
CONNECTORS = DC_CONNECTORS | AC_CONNECTORS

type Current = Literal["dc", "ac"]


def require_known(connectors: tuple[str, ...], path: str) -> None:
    """Raise `InvalidProblem` for a connector nobody knows."""
    for index, connector in enumerate(connectors):
        known = connector in CONNECTORS
        require(
            known,
            f"{path}[{index}]",
            f"unknown connector {connector!r}; known: {', '.join(sorted(CONNECTORS))}",
        )


def list_shared(offered: tuple[str, ...], wanted: tuple[str, ...]) -> list[tuple[str, Current]]:
    """List the connectors both sides have, direct current first, then in the order offered."""
    shared = [connector for connector in offered if connector in wanted]
    direct: list[tuple[str, Current]] = [(c, "dc") for c in shared if c in DC_CONNECTORS]
    return direct + [(c, "ac") for c in shared if c in AC_CONNECTORS]
