"""A connection to an OPC UA server as a source's settings want it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from cryptography import x509

from integrations.sources.setting import FeedSetting, Way

if TYPE_CHECKING:
    from asyncua import Client

NAME = "Zhizao"
SESSION_MS = 60_000
WATCH = 10.0  # a probe of its own; the empty messages of the subscription tell sooner


class Unsafe(ValueError):
    """Settings with which nobody may connect."""


def address(setting: FeedSetting) -> str:
    """Where the server is."""
    host = f"[{setting.host}]" if ":" in setting.host else setting.host
    return f"opc.tcp://{host}:{setting.port}/{setting.path.lstrip('/')}"


@asynccontextmanager
async def connected(setting: FeedSetting) -> "AsyncIterator[Client]":
    """A session that is given back, whatever happens."""
    client = await made(setting)
    try:
        await client.connect()
    except BaseException:
        with suppress(Exception):
            client.disconnect_socket()
        raise
    try:
        yield client
    finally:
        with suppress(Exception):
            await client.disconnect()


async def made(setting: FeedSetting) -> "Client":
    """A client that knows what proves who we are."""
    from asyncua import Client

    client = Client(address(setting), timeout=setting.timeout_ms / 1000, watchdog_intervall=WATCH)
    client.name = client.description = NAME
    client.session_timeout = SESSION_MS
    way = setting.way
    secrets = way.secrets()
    if way.policy != "None":
        await _secure(client, way, secrets)
    if way.username:
        client.set_user(way.username)
        client.set_password(secrets.get("password", ""))
    return client


async def _secure(client: "Client", way: Way, secrets: dict[str, str]) -> None:
    from asyncua import ua
    from asyncua.crypto import security_policies
    from asyncua.crypto.uacrypto import CertProperties

    if not way.certificate or not secrets.get("key"):
        raise Unsafe("a certificate and its private key are needed to sign; have them made first")
    client.application_uri = uri_of(way.certificate)
    await client.set_security(
        getattr(security_policies, f"SecurityPolicy{way.policy}"),
        CertProperties(way.certificate.encode(), "pem"), CertProperties(secrets["key"].encode(), "pem"),
        server_certificate=CertProperties(way.trusted.encode(), "pem") if way.trusted else None,
        mode=getattr(ua.MessageSecurityMode, way.mode),
    )


def uri_of(pem: str) -> str:
    """The application that a certificate stands for."""
    names = x509.load_pem_x509_certificate(pem.encode()).extensions.get_extension_for_class(
        x509.SubjectAlternativeName
    )
    found = names.value.get_values_for_type(x509.UniformResourceIdentifier)
    if not found:
        raise Unsafe("the certificate names no application URI")
    return found[0]
