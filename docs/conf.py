"""How the documentation is built: sphinx-build -W docs FOLDER. What is built needs no network to be read."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_extensions"))

import dwmtj_widgets

project = "dwmtj_widgets"
author = copyright = "the dwmtj_widgets developers"
release = version = dwmtj_widgets.__version__
extensions = [
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "myst_parser",
    "mathml",
    "command_help",
    "public_modules",
    "no_foreign_hosts",
]
html_theme = "furo"
html_title = f"dwmtj_widgets {release}"
html_copy_source = False
html_show_sphinx = False
exclude_patterns = ["_extensions"]

# A name in single backticks in a docstring is code, and a link where there is something to link to.
default_role = "py:obj"
# Of two classes of one name, as `Sweep`, the link goes to either; the page says which module it stands in.
suppress_warnings = ["ref.python"]
myst_enable_extensions = ["amsmath", "colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
autodoc_default_options = {"members": True, "show-inheritance": True}
autodoc_preserve_defaults = True
napoleon_google_docstring = False
napoleon_use_rtype = False
napoleon_use_ivar = True
