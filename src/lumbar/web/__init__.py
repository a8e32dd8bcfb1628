"""HTTP, the live socket and the built page."""

from lumbar.web.app import WebSettings, create_app

__all__ = ["WebSettings", "create_app"]
