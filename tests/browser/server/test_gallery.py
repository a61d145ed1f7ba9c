"""The gallery in a real browser."""

import urllib.error
import urllib.request
from urllib.parse import urlsplit

import pytest
from browser_tools import Served, browser_context, record_requests, served, wait_for
from lab_pages.lab import STARTED
from server_pages import no_kernels, status


def test_gallery_leads_to_a_lab_and_back(gallery: Served) -> None:
    with browser_context() as context:
        page = context.new_page()
        requests = record_requests(page)
        page.goto(gallery.address)
        assert page.evaluate("[...document.images].every((image) => image.alt === '')")
        loaded = "() => [...document.images].every((image) => image.naturalWidth > 0)"
        page.wait_for_function(loaded, polling=100)
        assert gallery.kernels() == [], "a page without a simulator needs no kernel"
        page.click(".dwmtj-exhibit:has-text('Recall Lab')")
        page.wait_for_selector(".dwmtj-home", timeout=STARTED)
        page.wait_for_selector(".dwmtj-track-canvas[data-frames]", timeout=STARTED)
        assert len(gallery.kernels()) == 1
        page.click(".dwmtj-home")
        page.wait_for_selector("h1")
        assert page.url == gallery.address
        no_kernels(gallery)
        assert {urlsplit(request).netloc for request in requests} <= {urlsplit(gallery.address).netloc, ""}


@pytest.mark.parametrize(
    "path",
    [
        "nothing",
        "recall_lab.ipynb",
        "../pyproject.toml",
        "voila/tree",
        "voila/render/recall_lab.ipynb",
        "voila/api/contents/",
        "voila/files/recall_lab.ipynb",
        "dwmtj/pictures/gallery.html.j2",
        "dwmtj/pictures/../gallery.html.j2",
        "logout",
        "voila/templates/..",
        "voila/templates/",
        "voila/templates/dwmtj",
        "voila/templates/nothing/static/x.css",
        "voila/templates/dwmtj/static/../index.html.j2",
        "voila/static/..",
        "voila/static/",
        "voila/labextensions/..",
        "voila/api/themes/..",
        "api/kernels/nothing",
        "api/kernels/01234567-89ab-cdef-0123-456789abcdef",
        "dwmtj/pictures/",
    ],
)
def test_gallery_shows_nothing_else_of_its_folder(gallery: Served, path: str) -> None:
    assert status(gallery.address + path) in (403, 404)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "nothing",
        "login",
        "dwmtj/scripts.js",
        "dwmtj/pictures/recall_lab.webp",
        "voila/static/voila.js",
        "voila/templates/dwmtj/static/dwmtj.js",
    ],
)
def test_every_answer_carries_the_policy(gallery: Served, path: str) -> None:
    try:
        with urllib.request.urlopen(gallery.address + path, timeout=60) as answer:
            headers = answer.headers
    except urllib.error.HTTPError as error:
        error.close()
        headers = error.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    policy = headers.get_all("Content-Security-Policy")
    assert len(policy) == 1
    for rule in ("default-src 'self'", "object-src 'none'", "base-uri 'self'", "form-action 'self'"):
        assert rule in policy[0]


def test_kernels_are_kept_ready_for_the_recall_lab_alone() -> None:
    with served(None, preheat=1) as server:
        wait_for(lambda: len(server.kernels()) == 1, "the kernel that is kept ready")
        assert status(server.address) == 200
        assert len(server.kernels()) == 1
