"""The Python behind each page: which one runs, how quietly, and how fast it answers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from ipykernel.kernelspec import RESOURCES
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager

from traite_kb.serving import places
from traite_kb.serving.quiet import debugging

KERNEL = "python3"


class OwnPython(KernelSpecManager):
    """Knows one kernel only: the Python that runs the server, whatever the machine registers."""

    def find_kernel_specs(self) -> dict[str, str]:
        """Name the one kernel."""
        return {KERNEL: RESOURCES}

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Describe the one kernel, whichever name is asked for."""
        return KernelSpec(
            resource_dir=RESOURCES,
            argv=[
                sys.executable,
                "-m",
                "ipykernel_launcher",
                "-f",
                "{connection_file}",
                # Nothing that happens in a page is written to the reader's history file.
                "--HistoryManager.enabled=False",
            ],
            display_name="Python",
            language="python",
            env=self._environment(),
        )

    def _environment(self) -> dict[str, str]:
        environment = {}
        # The reader's own IPython start-up files would run in every page.
        folder = getattr(self.parent, "connection_dir", "")
        if folder:
            environment["IPYTHONDIR"] = str(Path(folder) / "ipython")
        root = places.checkout()
        if root:
            known = os.environ.get("PYTHONPATH")
            environment["PYTHONPATH"] = os.pathsep.join(filter(None, [str(root), known]))
        return environment


class QuietKernels(AsyncMappingKernelManager):
    """Starts kernels that leave the terminal alone."""

    async def start_kernel(self, **kwargs: Any) -> str:  # type: ignore[override]
        """Start a kernel whose own messages go nowhere, unless one is debugging."""
        if not debugging():
            kwargs.setdefault("stdout", subprocess.DEVNULL)
            kwargs.setdefault("stderr", subprocess.DEVNULL)
        return str(await super().start_kernel(**kwargs))


class PromptConnection(ZMQChannelsWebsocketConnection):
    """Sends each answer of the kernel at once."""

    def connect(self) -> Any:
        """Connect the page to its kernel, without waiting for acknowledgements.

        By default small messages that follow each other wait about 40 ms (Nagle's algorithm).
        """
        self.websocket_handler.set_nodelay(True)
        return super().connect()
