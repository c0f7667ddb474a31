"""Who may read the figures: whoever has the token, or without one whoever calls from the networks named."""

from hmac import compare_digest
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

# With one of these the call came through a proxy, which stands in a network of ours for everybody outside.
_FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")


def may_watch(request: HttpRequest) -> bool:
    """Say whether a call may read the figures."""
    if settings.METRICS_TOKEN:
        said = request.headers.get("Authorization", "")
        return compare_digest(said.encode(), f"Bearer {settings.METRICS_TOKEN}".encode())
    if any(name in request.META for name in _FORWARDED):
        return False
    return _is_near(request.META.get("REMOTE_ADDR", ""))


def _is_near(address: str) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        # A socket file of this machine has no address.
        return not address
    plain = getattr(found, "ipv4_mapped", None) or found
    return any(plain in ip_network(network) for network in settings.METRICS_NETWORKS)
