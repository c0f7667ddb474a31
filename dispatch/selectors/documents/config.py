"""What any page needs first."""

from typing import TypedDict

from dispatch.selectors.documents.board import AreaView, SiteView
from dispatch.selectors.documents.common import Instant


class DemoAccount(TypedDict):
    role: str
    email: str


class ConfigDocument(TypedDict):
    area: AreaView
    basemap_url: str
    demo: bool
    sign_up: bool
    demo_accounts: list[DemoAccount]
    server_time: Instant
    speed: float


class SitePage(TypedDict):
    results: list[SiteView]
    next: str | None
