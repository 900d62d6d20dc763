"""The addresses that the server answers to, and no other."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import tornado.web
from jupyter_server.auth.identity import IdentityProvider, User
from jupyter_server.base.handlers import FileFindHandler
from jupyter_server.services.kernels.handlers import KernelHandler
from voila.handler import BaseVoilaHandler
from voila.request_info_handler import RequestInfoSocketHandler
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.static_file_handler import MultiStaticFileHandler, TemplateStaticFileHandler
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from traite_kb.serving import places

# Voilà also lists and renders whatever lies in the folder, and hands out its files.
KEPT = (
    KernelHandler,
    VoilaKernelWebsocketHandler,
    VoilaShutdownKernelHandler,
    RequestInfoSocketHandler,
    TemplateStaticFileHandler,
)

KEEP_SECONDS = 365 * 24 * 3600

# Scripts: ours and Voilà's from this server, and the modules that anywidget makes (blob:).
# Everything else that a page could fetch is refused by the browser itself.
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' blob:",
        "style-src 'self' 'unsafe-inline'",
        # Older Safari does not count a socket to this server as 'self'.
        "connect-src 'self' ws://127.0.0.1:* ws://localhost:*",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    ]
)

SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    # A link that leads out of a page does not tell where the reader was.
    "Referrer-Policy": "same-origin",
}


class AppHandler(TornadoVoilaHandler):
    """Shows one app: the front one at ``/``, any other at ``/<its name>``."""

    def initialize(self, **kwargs: Any) -> None:
        """Take the names of the apps beside what Voilà's own handler takes."""
        self.apps: list[str] = kwargs.pop("apps")
        super().initialize(**kwargs)

    async def get(self, path: str | None = None) -> None:
        """Render the app, or say that there is no such page."""
        name = path or places.FRONT_APP
        if name not in self.apps:
            raise tornado.web.HTTPError(404)
        self.notebook_path = f"{name}.ipynb"
        # Sets the cookie without which a page that closes may not end its kernel.
        _ = self.xsrf_token
        await super().get(None)


class NotFoundHandler(BaseVoilaHandler):
    """Answers every other address with the page that says so."""

    async def prepare(self) -> None:
        """Refuse the address."""
        await super().prepare()
        raise tornado.web.HTTPError(404)


class KeptStaticHandler(MultiStaticFileHandler):
    """Serves Voilà's scripts, under an address that changes when they change."""

    def get_cache_time(self, *_: Any) -> int:
        """Let the browser keep them."""
        return KEEP_SECONDS


class KeptExtensionHandler(FileFindHandler):
    """Serves the scripts of the widgets, under an address that changes when they change."""

    def get_cache_time(self, *_: Any) -> int:
        """Let the browser keep them."""
        return KEEP_SECONDS


class Nobody(IdentityProvider):
    """Gives every page the same visitor: no name, no account, no cookie that tells who came."""

    def get_user(self, handler: Any) -> User:
        """Give the visitor."""
        return User(username="visitor")

    def get_handlers(self) -> list[Any]:
        """Give no address for signing in."""
        return []


@lru_cache(maxsize=1)
def kept_prefix() -> str:
    """Give the start of the addresses of the scripts: it holds the versions installed."""
    versions = []
    for package in ("voila", "jupyterlab_widgets", "anywidget"):
        try:
            versions.append(version(package))
        except PackageNotFoundError:
            versions.append("none")
    return "voila/" + hashlib.sha256(" ".join(versions).encode()).hexdigest()[:12]
