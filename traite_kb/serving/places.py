"""Where things lie: the apps that are served and the template of their pages."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent

TEMPLATE = "traite"
FRONT_APP = "explorer"


def checkout() -> Path | None:
    """Give the folder of the checkout that this package runs from, or None when it is installed."""
    root = _PACKAGE.parent
    return root if (root / "pyproject.toml").is_file() else None


def apps_folder() -> Path:
    """Give the folder of the notebooks that are served as apps."""
    root = checkout()
    return (root if root else _PACKAGE) / "notebooks" / "apps"


def jupyter_folder() -> Path:
    """Give the Jupyter data folder that holds the template of the pages."""
    return Path(__file__).resolve().parent / "jupyter"


def app_names(folder: Path) -> list[str]:
    """Name the apps of a folder, the front one first.

    An app is a notebook; a name that starts with a dot or an underscore is not served.
    """
    names = sorted(p.stem for p in folder.glob("*.ipynb") if p.stem[0] not in "._")
    return sorted(names, key=lambda name: name != FRONT_APP)
