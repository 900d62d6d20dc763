"""The settings under which Voilà serves the apps."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from traitlets.config import Config

from traite_kb.serving import pages as addresses
from traite_kb.serving import places
from traite_kb.serving.kernels import KERNEL, OwnPython, PromptConnection, QuietKernels
from traite_kb.serving.words import page_words

# Nothing else that JupyterLab has on this machine is offered to a page: other extensions
# fill its console with warnings, load slowly, and may fetch from elsewhere.
EXTENSIONS = [
    "@jupyter-widgets/jupyterlab-manager",
    "@voila-dashboards/widgets-manager8",
    "anywidget",
]

FRONT_POOL = 2
OTHER_POOL = 1
REFILL_AFTER_SECONDS = 2.0
CULL_AFTER_SECONDS = 2 * 3600


def settings(apps: Path, lang: str) -> Config:
    """Give the settings for a folder of apps, shown in one language."""
    config = Config()
    config.Voila.root_dir = str(apps)
    config.Voila.open_browser = False
    config.Voila.kernel_websocket_connection_class = PromptConnection
    config.Voila.identity_provider_class = addresses.Nobody
    # Reading an app leaves no signature and no secret in the reader's home folder.
    config.NotebookNotary.db_file = ":memory:"
    config.NotebookNotary.secret = os.urandom(32)

    pages = config.VoilaConfiguration
    pages.template = places.TEMPLATE
    pages.theme = "light"
    pages.allow_template_override = "NO"
    pages.allow_theme_override = "NO"
    pages.strip_sources = True
    pages.show_tracebacks = False
    pages.file_allowlist = []
    pages.extension_allowlist = EXTENSIONS
    pages.extension_denylist = []
    pages.kernel_spec_manager_class = OwnPython
    pages.multi_kernel_manager_class = QuietKernels
    pages.language_kernel_mapping = {"python": KERNEL, "": KERNEL}
    pages.resources = {"words": page_words(lang)}
    pages.page_config_hook = page_config
    # Voilà keeps a slow page alive with inline scripts, which our pages refuse; nothing between
    # this server and a browser of the same machine closes a quiet connection.
    pages.http_keep_alive_timeout = 24 * 3600

    # Kernels started ahead, so that a page only has to load what the browser shows.
    pages.preheat_kernel = True
    pages.default_pool_size = OTHER_POOL
    config.VoilaKernelManager.kernel_pools_config = {
        "default": {"pool_size": 0},
        f"{places.FRONT_APP}.ipynb": {"pool_size": FRONT_POOL},
    }
    config.VoilaKernelManager.fill_delay = REFILL_AFTER_SECONDS

    # A phone that was put away keeps its kernel over a long break, not for ever.
    config.MappingKernelManager.cull_idle_timeout = CULL_AFTER_SECONDS
    config.MappingKernelManager.cull_connected = False
    # A kernel that died is not replaced by one that knows nothing: the page says so instead.
    config.KernelRestarter.restart_limit = 0
    # A picture sent to the page must never be dropped for being large.
    config.ZMQChannelsWebsocketConnection.limit_rate = False
    return config


def page_config(config: dict[str, Any], base_url: str, **_: Any) -> dict[str, Any]:
    """Tell a page where its scripts lie: a place that it may keep, and no formulas.

    Loading MathJax takes as long as showing the first question, and no app shows a formula.
    """
    kept = f"{base_url}{addresses.kept_prefix()}"
    config["fullStaticUrl"] = f"{kept}/static"
    config["fullLabextensionsUrl"] = f"{kept}/labextensions"
    config["fullMathjaxUrl"] = f"{base_url}voila/templates/{places.TEMPLATE}/static/no-math.js"
    config["mathjaxConfig"] = "none"
    return config
