"""Voilà, made to serve a folder of apps from its own addresses and to end cleanly."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
from typing import Any

import psutil  # type: ignore[import-untyped]
from jupyter_server.utils import url_path_join
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop, PeriodicCallback
from voila.app import Voila

from traite_kb.serving import config, pages, places
from traite_kb.serving.quiet import no_request_log


class Apps(Voila):
    """A Voilà that serves the apps of one folder and nothing else."""

    # Set by the server before the start.
    sockets: list[socket.socket]
    names: list[str]
    words: dict[str, str]

    def load_config_file(self, *args: Any, **kwargs: Any) -> None:
        """Read no settings of the machine: the pages are the same everywhere."""

    def init_settings(self) -> dict[str, Any]:
        """Add our words and our rules to Voilà's settings."""
        settings: dict[str, Any] = super().init_settings()
        settings["voila_jinja2_env"].globals["words"] = self.words
        settings["allow_remote_access"] = False
        settings["headers"] = pages.SECURITY_HEADERS
        settings["log_function"] = no_request_log()
        settings["default_handler_class"] = pages.NotFoundHandler
        settings["default_handler_args"] = {"voila_configuration": self.voila_configuration}
        return settings

    def init_handlers(self) -> list[Any]:
        """Keep the addresses that a page needs, and add those of the apps."""
        kept = [handler for handler in super().init_handlers() if handler[1] in pages.KEPT]
        arguments = {
            "apps": self.names,
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
        }
        scripts = url_path_join(self.server_url, pages.kept_prefix())
        return [
            *kept,
            (rf"{scripts}/static/(.*)", pages.KeptStaticHandler, {"paths": self.static_paths}),
            (
                rf"{scripts}/labextensions/(.*)",
                pages.KeptExtensionHandler,
                {"path": self.labextensions_path},
            ),
            (url_path_join(self.server_url, r"/([\w-]*)"), pages.AppHandler, arguments),
        ]

    def start(self) -> None:
        """Serve until a signal tells to stop, and leave nothing behind, however it ends."""
        try:
            super().start()
        except KeyboardInterrupt:
            pass  # told to stop before anything ran
        finally:
            self.clean()

    def listen(self) -> None:
        """Answer on the port that was opened, until the loop is stopped."""
        self.http_server = HTTPServer(self.app)
        self.http_server.add_sockets(self.sockets)
        self.ioloop = IOLoop.current()
        signal.signal(signal.SIGINT, self._handle_signal_stop)
        if os.name == "nt":
            # There a waiting loop does not hear Ctrl + C.
            PeriodicCallback(lambda: None, 500).start()
        self.ioloop.call_later(config.REFILL_AFTER_SECONDS, self._heat_other_apps)
        self.ioloop.start()

    def _handle_signal_stop(self, sig: int, frame: object) -> None:
        loop = getattr(self, "ioloop", None)
        if loop is None:
            raise KeyboardInterrupt
        loop.add_callback_from_signal(loop.stop)

    def _heat_other_apps(self) -> None:
        """Start one kernel ahead for each app behind the front one, which went first."""
        kernels = self.kernel_manager
        pools = dict(kernels.kernel_pools_config)
        others = [f"{name}.ipynb" for name in self.names if name != places.FRONT_APP]
        pools.update({name: {"pool_size": config.OTHER_POOL} for name in others})
        kernels.kernel_pools_config = pools
        for rank, name in enumerate(others):
            kernels.fill_if_needed(delay=rank * config.REFILL_AFTER_SECONDS, notebook_name=name)

    def clean(self) -> None:
        """End every page's kernel, which holds nothing worth saving, and leave no file."""
        if hasattr(self, "ioloop"):
            self.http_server.stop()
            _cancel_all(asyncio.get_event_loop())
        children = psutil.Process().children(recursive=True)
        for child in children:
            _end(child)
        for survivor in psutil.wait_procs(children, timeout=3)[1]:
            _end(survivor, kill=True)
        if self.connection_dir:
            shutil.rmtree(self.connection_dir, ignore_errors=True)


def _end(process: psutil.Process, kill: bool = False) -> None:
    try:
        if kill:
            process.kill()
        else:
            process.terminate()
    except psutil.NoSuchProcess:
        pass


def _cancel_all(loop: asyncio.AbstractEventLoop) -> None:
    tasks = asyncio.all_tasks(loop)
    for task in tasks:
        task.cancel()
    if tasks:
        loop.run_until_complete(asyncio.wait(tasks, timeout=2))
