"""HTTP, the live socket and the built page."""

from lumbar.web.app import Lan, WebSettings, create_app, from_home

__all__ = ["Lan", "WebSettings", "create_app", "from_home"]
