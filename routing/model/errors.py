"""Everything the engine may raise, as one tree. Values carry facts; words are for the edge."""


class RoutingError(Exception):
    """Anything the engine refuses to do; callers may catch just this."""


class InvalidProblem(RoutingError):
    """A problem, plan or request that cannot be read.

    Attributes
    ----------
    path : str
        Where in the document, e.g. `units[2].pack.reserve_wh`; empty for the document itself.
    message : str
        What must hold there.
    """

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}" if path else message)
        self.path = path
        self.message = message

    def within(self, outer: str) -> "InvalidProblem":
        """Return the same complaint seen from one level further out."""
        glue = "" if not self.path or self.path.startswith("[") else "."
        return InvalidProblem(f"{outer}{glue}{self.path}", self.message)


class TravelUnavailable(RoutingError):
    """Travel times are missing and the provider named in the problem did not deliver them."""


class NoPlan(RoutingError):
    """No plan that the judge accepts could be made (a fault of the engine, never of the input)."""
