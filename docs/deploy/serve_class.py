"""One server of labs for a class, behind a proxy that passes on /dwmtj/: serve_class.py PORT."""

import sys

from dwmtj_widgets.server import serve

sys.exit(
    serve(
        host="127.0.0.1",  # the proxy alone reaches it
        port=int(sys.argv[1]),
        base_url="/dwmtj/",
        open_browser=False,
        preheat=2,
        max_kernels=12,  # and the two, 0.25 GB each: see MemoryMax of the service
        kernel_memory=1000,  # megabytes that one may take beyond these, before it is ended
        cull_idle_timeout=120,
    )
)
