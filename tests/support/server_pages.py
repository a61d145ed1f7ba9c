"""What tests ask of a server."""

import json
import urllib.error
import urllib.request

from browser_tools import Served, wait_for
from lab_pages.lab import STARTED


def open_page(page, address: str) -> None:
    page.goto(address, timeout=STARTED)
    page.wait_for_selector("#probe", timeout=STARTED)


def kernel_id(page) -> str:
    return json.loads(page.text_content("#jupyter-config-data"))["kernelId"]


def no_kernels(server: Served, timeout: float = 15.0) -> bool:
    return wait_for(lambda: not server.kernels(), "the kernel to end", timeout)


def status(address: str, **headers: str) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        error.close()
        return error.code
