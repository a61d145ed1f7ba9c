"""The labs in a container. Its address is open to the network, so it asks for a token: yours, or one that it makes."""

import os
import sys

from dwmtj_widgets.server import serve

sys.exit(
    serve(
        host="0.0.0.0",
        port=8866,
        base_url=os.environ.get("DWMTJ_BASE_URL", "/"),
        open_browser=False,
        preheat=int(os.environ.get("DWMTJ_PREHEAT", "2")),
        max_kernels=int(os.environ.get("DWMTJ_MAX_KERNELS", "12")),
        kernel_memory=int(os.environ.get("DWMTJ_KERNEL_MEMORY", "1000")),
        token=os.environ.get("DWMTJ_TOKEN"),
    )
)
