"""Why the house does not start."""


class CannotStart(Exception):
    """The message is one clear sentence a person can act on."""
