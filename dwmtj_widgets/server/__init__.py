"""The labs as separate web pages: Voila, set up for this package.

Importing this module loads no Jupyter package; `serve` does that when it is called.
"""

from dwmtj_widgets.server.notebooks import notebooks_folder
from dwmtj_widgets.server.serving import serve

__all__ = ["notebooks_folder", "serve"]
