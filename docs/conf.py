from importlib.metadata import version as installed_version

project = "traite_kb"
author = "traite_kb contributors"
project_copyright = "2026, traite_kb contributors"
release = installed_version("traite-kb")
version = release

extensions = ["sphinx.ext.autodoc", "sphinx.ext.napoleon", "myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
language = "en"

html_theme = "alabaster"
html_title = f"traite_kb {release}"
# A page of the documentation asks nothing of another machine.
html_theme_options = {"github_button": False, "fixed_sidebar": True}

autodoc_member_order = "bysource"
autodoc_typehints = "description"
napoleon_google_docstring = False
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
