"""A connection made ready for its adapter: secrets opened for the moment of use, settings whole, open networks."""

import json
from collections.abc import Mapping
from typing import Any

from integrations import adapters, safe_http
from integrations.adapters.port import Adapter, Link
from integrations.models import Auth, Connection, OpenNetwork
from plant import sealing
from plant.errors import Refusal
from plant.spoken import spoken as _

# What each way of signing in needs: what is secret, and what is not.
SECRETS: dict[str, tuple[str, ...]] = {
    Auth.NONE: (), Auth.API_KEY: ("token",), Auth.BASIC: ("user", "password"), Auth.BEARER: ("token",),
    Auth.OAUTH2: ("secret",), Auth.HMAC: ("secret",), Auth.MTLS: ("certificate", "key"),
}
SIGN_IN: dict[str, tuple[str, ...]] = {
    Auth.API_KEY: ("header",), Auth.OAUTH2: ("token_url", "client_id", "scope"), Auth.HMAC: ("header", "time_header"),
}


class NoAdapter(Refusal):
    """A connection of a kind that this plant has no adapter for."""

    code = "no-adapter"


def adapter_of(connection: Connection) -> Adapter:
    """What speaks with the other side."""
    found = adapters.of(connection.kind)
    if found is None:
        message = _("This plant has no adapter “%(kind)s”. Choose another kind, or install it.")
        raise NoAdapter(message % {"kind": connection.kind})
    return found


def secrets_of(connection: Connection) -> dict[str, str]:
    """The secrets, opened. CannotOpen: they were sealed with a key that is gone."""
    found: dict[str, str] = json.loads(sealing.opened(connection.sealed)) if connection.sealed else {}
    return found


def opened(connection: Connection) -> Link:
    """The connection as its adapter takes it."""
    open_networks = OpenNetwork.objects.filter(active=True).values_list("network", flat=True)
    return Link(
        code=connection.code, endpoint=connection.endpoint, auth=connection.auth, sign_in=dict(connection.sign_in),
        secrets=secrets_of(connection), timeout=float(connection.timeout),
        settings=whole(adapter_of(connection), connection.settings), open_networks=safe_http.networks(open_networks),
    )


def whole(adapter: Adapter, said: Mapping[str, Any]) -> dict[str, Any]:
    """Settings with what was left out; they were checked when they were kept."""
    form = adapter.settings(data=said)
    return dict(form.validated_data) if form.is_valid() else dict(said)
