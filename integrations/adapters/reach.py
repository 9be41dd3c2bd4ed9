"""Where a connection may lead that does not speak HTTP: the same networks as for those that do."""

import socket
from ipaddress import ip_address

from integrations import safe_http
from integrations.adapters.port import Again, Link, Never
from plant.spoken import of, spoken


def address(link: Link, host: str, port: int, *, is_encrypted: bool) -> str:
    """The address of a host that this connection may call; later steps take it, so that no second look-up lies."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Again(spoken("The name “%(host)s” leads to no address.") % {"host": host}) from error
    try:
        for one in found:
            plain = safe_http.plain(ip_address(one[4][0]))
            safe_http.check(plain, "https" if is_encrypted else "", link.open_networks)
    except safe_http.NotAllowed as error:
        raise Never(of(error)) from error
    return str(found[0][4][0])
