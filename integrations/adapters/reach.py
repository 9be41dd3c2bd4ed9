"""Where a connection may lead: public addresses, and those inside the plant that an administrator has opened."""

import socket
from collections.abc import Sequence
from ipaddress import ip_address

from integrations.adapters.port import Again, Link, Network, Never


def address(link: Link, host: str, port: int) -> str:
    """The address of a host that this connection may call; later steps take it, so that no second look-up lies."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Again(f"the name “{host}” was not found: {error}") from error
    addresses = [str(one[4][0]) for one in found]
    if refused := [one for one in addresses if not may(one, link.open_networks)]:
        raise Never(f"{host} is {refused[0]}, an address inside the plant; an administrator opens its network first")
    return addresses[0]


def may(said: str, opened: Sequence[Network]) -> bool:
    """Whether an address is public or opened."""
    one = ip_address(said)
    one = getattr(one, "ipv4_mapped", None) or one
    return (one.is_global and not one.is_multicast) or any(one in network for network in opened)
