"""Voila set up for this package: one notebook or the gallery, protected, and every kernel ends with its page."""

import asyncio
import contextlib
import errno
import ipaddress
import logging
import os
import re
import secrets
import shutil
import signal
import socket
import sys
import tempfile
import webbrowser
from pathlib import Path
from typing import Any

import tornado.netutil
import tornado.web
from jupyter_core.utils import ensure_async
from jupyter_server.auth.logout import LogoutHandler
from tornado.httputil import HTTPHeaders
from traitlets.config import Config
from voila.app import Voila
from voila.request_info_handler import RequestInfoSocketHandler
from voila.static_file_handler import TemplateStaticFileHandler
from voila.tornado.contentshandler import VoilaContentsHandler
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler
from voila.tornado.treehandler import TornadoVoilaTreeHandler

from dwmtj_widgets.server.connection import PING_INTERVAL, PING_TIMEOUT, LabConnection, LabSocket
from dwmtj_widgets.server.gallery import PICTURES, SHARE, GalleryHandler, PictureHandler, exhibits
from dwmtj_widgets.server.identity import LabIdentity
from dwmtj_widgets.server.kernels import OwnKernelSpecManager, QuietKernelManager
from dwmtj_widgets.server.lab_page import LabPage
from dwmtj_widgets.server.listening import PatientServer
from dwmtj_widgets.server.memory import KERNEL_MEMORY, default_places, machine_memory
from dwmtj_widgets.server.messages import MOST_BYTES
from dwmtj_widgets.server.notebooks import notebooks_folder, title_of
from dwmtj_widgets.server.places import Places
from dwmtj_widgets.server.scripts import ROUTE, ScriptsHandler, add_addresses
from dwmtj_widgets.texts import LANGUAGE

PORTS_TRIED = 50
STARTED = 300
"""Seconds that a kernel may take to start, and then to run a cell."""
# Other extensions in the environment would be loaded but never used.
EXTENSIONS = [
    "@jupyter-widgets/jupyterlab-manager",
    "@voila-dashboards/widgets-manager8",
    "anywidget",
    "bqplot",
    "bqscales",
    "ipycanvas",
]
# The page works without a network, and the browser enforces it. Widgets need eval and blob modules.
CONTENT_POLICY = (
    "default-src 'self' data: blob:; "
    "script-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; "
    "style-src 'self' 'unsafe-inline' data: blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'self'"
)
PREHEATED = "recall_lab"
"""The gallery's page with preheated kernels: the one that a class opens first."""
# Only the gallery's entries are served from the folder, and the requests of other visitors stay private.
# There is no logout, because Jupyter's page for it is missing.
_NOT_SERVED = (TornadoVoilaTreeHandler, VoilaContentsHandler, RequestInfoSocketHandler, LogoutHandler)


class Protected(tornado.web.OutputTransform):
    """Gives every answer, also scripts, pictures and errors, the headers of Jupyter's pages."""

    def transform_first_chunk(
        self, status_code: int, headers: HTTPHeaders, chunk: bytes, finishing: bool
    ) -> tuple[int, HTTPHeaders, bytes]:
        """Add missing headers."""
        for name, value in (
            ("Content-Security-Policy", CONTENT_POLICY),
            ("X-Content-Type-Options", "nosniff"),
        ):
            headers.setdefault(name, value)
        return status_code, headers, chunk


class TemplateFiles(TemplateStaticFileHandler):
    """Style sheets and scripts of templates. Voila's own handler fails for any other path."""

    def parse_url_path(self, url_path: str) -> Any:
        """Refuse a path that is no file of a template."""
        if not re.fullmatch(r"[a-z0-9_-]+/static/.+", url_path) or ".." in url_path.split("/"):
            raise tornado.web.HTTPError(404)
        try:
            return super().parse_url_path(url_path)
        except (FileNotFoundError, ValueError) as error:  # there is no such template
            raise tornado.web.HTTPError(404) from error


_OWN: dict[type[Any], type[Any]] = {
    TornadoVoilaHandler: LabPage,
    VoilaKernelWebsocketHandler: LabSocket,
    TemplateStaticFileHandler: TemplateFiles,
}


class LabServer(Voila):
    """Voila with `LabPage`, `PatientServer`, and a shutdown that ends all kernels."""

    def init_handlers(self) -> list[Any]:
        """Return Voila's routes with our page instead of Voila's, or with the gallery and its pages."""
        routes = [self._own_route(*route) for route in super().init_handlers() if route[1] not in _NOT_SERVED]
        if not self.notebook_path:
            pages = next(route for route in routes if route[1] is LabPage)
            routes.remove(pages)  # it would render any notebook in the folder
            for item in exhibits():
                settings = {**pages[2], "notebook_path": f"{item.name}.ipynb"}
                routes.append((f"{self.base_url}{re.escape(item.name)}", LabPage, settings))
            routes += [
                (self.base_url, GalleryHandler),
                (f"{self.base_url}{PICTURES}(.*)", PictureHandler, {"path": str(SHARE)}),
            ]
        return [(f"{self.base_url}{ROUTE}", ScriptsHandler), *routes]

    def _own_route(self, pattern: str, handler: type[Any], *arguments: Any) -> tuple[Any, ...]:
        # Voila puts its login pages at the root, whatever its base_url.
        pattern = pattern if pattern.startswith(self.base_url) else self.base_url + pattern.lstrip("/")
        return (pattern, _OWN.get(handler, handler), *arguments)

    def run(self, *, port: int, open_browser: bool) -> None:
        """Listen, print the address, and serve until Ctrl+C or SIGTERM."""
        # Tornado warns of one of Jupyter's own settings at every connection.
        logging.getLogger("tornado").setLevel(logging.ERROR)
        sockets = self._bind(port)
        self.tornado_settings["dwmtj_origin"] = origin_for_others(self.ip, self.port)
        self.connection_dir = tempfile.mkdtemp(prefix="dwmtj_")
        try:
            # Without signal handlers (Windows), Ctrl+C cancels the task and raises here.
            with contextlib.suppress(KeyboardInterrupt):
                asyncio.run(self._serve(sockets, open_browser=open_browser))
        finally:
            shutil.rmtree(self.connection_dir, ignore_errors=True)

    async def _serve(self, sockets: list[socket.socket], *, open_browser: bool) -> None:
        stop = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            with contextlib.suppress(NotImplementedError):
                asyncio.get_running_loop().add_signal_handler(number, stop.set)
        # Preheating starts kernels as soon as the settings are made, so the loop must run by then.
        self.app = tornado.web.Application(**self.init_settings())
        self.app.settings.update(self.tornado_settings)
        self.app.add_transform(Protected)
        self.app.add_handlers(".*$", self.init_handlers())
        server = PatientServer(self.app)
        server.add_sockets(sockets)
        try:
            title = title_of(Path(self.notebook_path)) if self.notebook_path else "All labs"
            print(f"{title}: {self.address}  (Ctrl+C stops it)", flush=True)
            print(self.limits, flush=True)
            if open_browser:
                _open_browser(self.address)
            await stop.wait()
        finally:
            server.stop()
            await ensure_async(self.kernel_manager.shutdown_all(now=True))
            await server.close_all_connections()

    @property
    def limits(self) -> str:
        """The limits printed at the start."""
        most, each = self.tornado_settings["dwmtj_places"].limit, self.tornado_settings["dwmtj_kernel_memory"]
        pages = (
            f"At most {most} pages at once (--max-kernels)"
            if most > 1
            else "One page at a time (--max-kernels)"
        )
        memory = (
            f"{each} MB for a kernel's work (--kernel-memory)" if each else "no limit to a kernel's memory"
        )
        return f"{pages}, {memory}."

    @property
    def address(self) -> str:
        """The address to type into a browser."""
        host = socket.gethostname() if self.ip in ("", "0.0.0.0", "::") else self.ip
        host = f"[{host}]" if ":" in host else host
        return f"http://{host}:{self.port}{self.base_url}" + (f"?token={self.token}" if self.token else "")

    def _bind(self, port: int) -> list[socket.socket]:
        for candidate in range(port, min(port + PORTS_TRIED, 65536)):
            try:
                sockets = tornado.netutil.bind_sockets(candidate, self.ip)
            except OSError as error:
                # Windows denies access to a port in use.
                taken = (errno.EADDRINUSE, errno.EACCES) if os.name == "nt" else (errno.EADDRINUSE,)
                if error.errno not in taken:
                    raise OSError(f"Cannot listen on {self.ip!r}: {error}.") from error
                continue
            self.port = sockets[0].getsockname()[1]
            if port not in (0, self.port):
                print(f"Port {port} is taken, using {self.port}.", flush=True)
            return sockets
        raise OSError(f"No free port from {port} to {candidate} on {self.ip}. Give another one.")


def server_config(
    notebook: Path | None,
    *,
    host: str,
    preheat: int,
    max_kernels: int | None,
    cull_idle_timeout: int,
    base_url: str,
    token: str | None,
    language: str = LANGUAGE,
    kernel_memory: int = KERNEL_MEMORY,
) -> Config:
    """Return Voila's settings for one notebook, or for the gallery of all."""
    base_url = f"/{base_url.strip('/')}/" if base_url.strip("/") else "/"
    local = _is_this_computer(host)
    if max_kernels is None:
        max_kernels = default_places(preheat, machine_memory())
    if token is None:
        token = "" if local else secrets.token_urlsafe(24)
    config = Config()
    config.Voila.update(
        root_dir=str(notebooks_folder() if notebook is None else notebook.parent),
        ip=host,
        base_url=base_url,
        token=token,
        identity_provider_class=LabIdentity,
        kernel_websocket_connection_class=LabConnection,
        log_level=logging.ERROR,
        tornado_settings={
            # A foreign page must not reach the server through a host name that resolves to this computer.
            # A proxy sends its own name; a base_url shows that there is one.
            "allow_remote_access": not local or base_url != "/",
            "headers": {"Content-Security-Policy": CONTENT_POLICY},
            "dwmtj_gallery": notebook is None,
            "dwmtj_kernel_memory": kernel_memory,
            "dwmtj_language": language,
            "dwmtj_places": Places(max_kernels),
            # A page can change only its own kernel, whose id is secret, and only from its own origin. Jupyter's cookie
            # against forgery must not replace that of a server in front of this one.
            "disable_check_xsrf": True,
            "xsrf_cookie_name": "dwmtj-xsrf",
            "xsrf_cookie_kwargs": {"path": base_url},
            "websocket_max_message_size": MOST_BYTES,
            "ws_ping_interval": PING_INTERVAL,
            "ws_ping_timeout": PING_TIMEOUT,
        },
    )
    if notebook is not None:
        config.Voila.notebook_path = str(notebook)
    config.VoilaConfiguration.update(
        template="dwmtj",
        allow_template_override="NO",
        allow_theme_override="NO",
        show_tracebacks=False,
        strip_sources=True,
        file_allowlist=[],
        extension_allowlist=EXTENSIONS,
        kernel_spec_manager_class=OwnKernelSpecManager,
        multi_kernel_manager_class=QuietKernelManager,
        page_config_hook=add_addresses,
        preheat_kernel=preheat > 0,
        default_pool_size=preheat if notebook is not None else 0,
    )
    if notebook is None and preheat > 0:
        pools = {f"{PREHEATED}.ipynb": {"pool_size": preheat}, "default": {"pool_size": 0}}
        config.VoilaKernelManager.kernel_pools_config = pools
    # When a whole class starts at once, kernels and server share the cores for a minute. By default Voila drops a
    # cell's output after 4 s without a message, and the page stays empty.
    config.VoilaExecutor.update(startup_timeout=STARTED, iopub_timeout=STARTED, raise_on_iopub_timeout=True)
    config.MappingKernelManager.update(
        cull_idle_timeout=cull_idle_timeout,
        cull_interval=min(15, cull_idle_timeout),
        cull_connected=False,
    )
    if os.name == "posix":
        # Files of this user, because every user of the computer could reach ports.
        config.KernelManager.transport = "ipc"
    # The page sets the pace by requesting each frame, so counting messages would only cost time.
    config.LabConnection.limit_rate = False
    # A restarted kernel would not have the page's widgets, so kernels are not restarted.
    config.KernelRestarter.restart_limit = 0
    return config


def origin_for_others(host: str, port: int) -> str:
    """Return the start of the server's address for other computers, "" if it listens only to this one."""
    if _is_this_computer(host):
        return ""
    if host in ("", "0.0.0.0", "::"):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect(("192.0.2.1", 9))  # sends nothing, but selects the address that would be used
            except OSError:
                return ""  # no network
            host = probe.getsockname()[0]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _is_this_computer(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _open_browser(address: str) -> None:
    # webbrowser would otherwise start a text browser in the terminal, or print an error of xdg-open.
    desktop = (
        sys.platform in ("win32", "darwin") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
    if desktop:
        with contextlib.suppress(webbrowser.Error, OSError):
            webbrowser.get().open(address)
