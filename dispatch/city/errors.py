"""Why a city could not be built, as one fact a person can act on."""


class CityError(Exception):
    """The city could not be built; the message is one clear sentence."""
