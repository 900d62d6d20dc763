"""The apps in the browser: what stands between ``traite-kb serve`` and a quiet, accessible page."""

from traite_kb.serving.server import serve

__all__ = ["serve"]
