"""The content security policy: everything a page runs, draws or asks comes from this house, as a file."""

from csp.constants import NONE, SELF

Directives = dict[str, list[str] | bool]


def build_policy(https: bool) -> Directives:
    """Build the directives; nothing written into a page runs or styles, so nothing slipped into one does."""
    return {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        # The map draws its sprites from blobs, and its controls carry their signs within their styles.
        "img-src": [SELF, "data:", "blob:"],
        "worker-src": [SELF, "blob:"],
        "font-src": [SELF, "data:"],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "upgrade-insecure-requests": https,
    }
