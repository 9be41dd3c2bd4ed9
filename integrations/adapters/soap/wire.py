"""zeep over the calls of all adapters: the same addresses, ways of signing in and limits; no second host is asked."""

from typing import Any

from integrations.adapters import calling
from integrations.adapters.port import Again, Link, Never
from plant.spoken import spoken


def library() -> Any:
    """zeep, or what to do."""
    try:
        import zeep
        import zeep.helpers
        import zeep.transports
    except ImportError as error:
        raise Never("SOAP needs a library: pip install --require-hashes -r requirements/edges.txt") from error
    return zeep


class Answered:
    """An answer as zeep reads it."""

    def __init__(self, answer: Any) -> None:
        self.status_code, self.content = answer.status, answer.body
        self.headers = {"Content-Type": answer.headers.get("content-type", "text/xml"), **answer.headers}
        self.encoding = "utf-8"

    @property
    def text(self) -> str:
        return str(self.content, "utf-8", "replace")


def transport(zeep: Any, link: Link) -> Any:
    """What carries envelopes and descriptions."""

    class Transport(zeep.transports.Transport):  # type: ignore[misc]
        """Our calls under zeep's names."""

        def load(self, url: str) -> bytes:
            return bytes(calling.good(calling.call(link, url, headers={"Accept": "text/xml, */*"})).body)

        def post(self, address: str, message: bytes, headers: dict[str, str]) -> Answered:
            said = {name: value for name, value in headers.items() if name.lower() != "content-type"}
            kind = next((value for name, value in headers.items() if name.lower() == "content-type"), "text/xml")
            answer = calling.call(link, _path(link, address), method="POST", body=message, headers=said,
                                  content_type=kind)
            if answer.status not in {200, 202, 400, 500} or b"Envelope" not in answer.body:
                calling.good(answer)
            return Answered(answer)

    return Transport()


def _path(link: Link, address: str) -> str:
    """Descriptions often name an inner host; calls go to the host that was entered, under the path that they name."""
    from urllib.parse import urlsplit

    here, there = urlsplit(link.endpoint), urlsplit(address)
    return f"{here.scheme}://{here.netloc}{there.path or here.path}{'?' + there.query if there.query else ''}"


def client(zeep: Any, link: Link) -> Any:
    """A service as its WSDL describes it."""
    said = link.settings
    settings = zeep.Settings(strict=False, xml_huge_tree=False, forbid_dtd=True, forbid_entities=True,
                             forbid_external=True, raw_response=False)
    wsdl = link.endpoint.rstrip("?") + said["wsdl"] if said["wsdl"].startswith("?") else calling.address(
        link, said["wsdl"])
    try:
        return zeep.Client(
            wsdl, transport=transport(zeep, link), settings=settings, service_name=said["service"] or None,
            port_name=said["port"] or None,
        )
    except (Again, Never):
        raise
    except Exception as error:
        why = f"{type(error).__name__}: {error}"[:240]
        raise Never(spoken("The WSDL can't be read: %(said)s") % {"said": why}) from error


def called(zeep: Any, service: Any, operation: str, arguments: dict[str, Any]) -> Any:
    """The answer of one operation as plain values."""
    try:
        return zeep.helpers.serialize_object(getattr(service, operation)(**arguments), dict)
    except AttributeError as error:
        raise Never(spoken("The WSDL names no operation “%(name)s”.") % {"name": operation}) from error
    except zeep.exceptions.Fault as fault:
        said = f"{fault.code or 'Fault'}: {fault.message}"[:280]
        if any(word in str(fault.code) for word in ("Server", "Receiver")):
            raise Again(said) from fault
        raise Never(said) from fault
    except zeep.exceptions.Error as error:
        raise Never(f"{type(error).__name__}: {error}"[:280]) from error
    except (TypeError, ValueError) as error:
        message = spoken("The arguments do not fit “%(name)s”: %(said)s")
        raise Never(message % {"name": operation, "said": str(error)[:200]}) from error
