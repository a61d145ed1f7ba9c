"""Identity of visitors: a login by token, if one is required."""

from __future__ import annotations

import re
from typing import Any

from jupyter_server.auth.identity import PasswordIdentityProvider, User

_VISITOR = User(username="visitor")


class LabIdentity(PasswordIdentityProvider):
    """Logins that leave the cookies of other servers alone.

    Behind a proxy, browsers send us the cookies of other servers on the same host and port. Jupyter's login cookie has
    the same name on all of them, so a second server overwrites the cookie that it cannot read, and the visitor is
    logged out of the first: a hub, or the Jupyter server of jupyter-server-proxy.
    """

    def get_user(self, handler: Any) -> Any:
        """Return the visitor; without a token all are the same user and have no cookie."""
        return super().get_user(handler) if self.auth_enabled else _VISITOR

    def get_cookie_name(self, handler: Any) -> str:
        """Return a name that is unique to this server: package, host, port and path."""
        return re.sub("[^A-Za-z0-9]+", "-", f"dwmtj-login-{handler.request.host}{handler.base_url}").rstrip(
            "-"
        )
