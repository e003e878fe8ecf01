"""The Flask page and the JSON endpoint."""

from webui.app import create_app

__all__ = ["create_app"]
