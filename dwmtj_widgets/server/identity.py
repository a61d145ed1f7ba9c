"""Who a visitor is: anybody where no token is asked for, else who brought the token once."""

from __future__ import annotations

import re
from typing import Any

from jupyter_server.auth.identity import PasswordIdentityProvider, User

_VISITOR = User(username="visitor")


class LabIdentity(PasswordIdentityProvider):
    """Logins that leave the cookies of other servers alone.

    Behind a proxy other servers share our host and port, and send us their cookies with ours. Jupyter's cookie of the
    login has the same name on all of them, so a second server overwrites what it cannot read, and the visitor is
    logged out of the first: a hub, or the Jupyter server of jupyter-server-proxy.
    """

    def get_user(self, handler: Any) -> Any:
        """Return the visitor; without a token everybody is the same one, and has no cookie."""
        return super().get_user(handler) if self.auth_enabled else _VISITOR

    def get_cookie_name(self, handler: Any) -> str:
        """Return a name that is this server's alone: of the package, the host, the port and the path."""
        return re.sub("[^A-Za-z0-9]+", "-", f"dwmtj-login-{handler.request.host}{handler.base_url}").rstrip(
            "-"
        )
