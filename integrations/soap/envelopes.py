"""Envelopes of SOAP 1.1 and 1.2: opened, and answers and faults put into them."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from integrations import bodies
from integrations.bodies import Unreadable
from integrations.formats import safe_xml
from integrations.formats.safe_xml import add, child, local, text
from integrations.soap.wsdl import NAMESPACE

SOAP11, SOAP12 = "http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope"
TYPES = {SOAP11: "text/xml; charset=utf-8", SOAP12: "application/soap+xml; charset=utf-8"}


@dataclass(frozen=True)
class Envelope:
    """A request: the version it is written in, its own number if it has one, who it says is calling, and its body."""

    version: str
    body: Element
    message_id: str = ""
    password: str = ""


class MustUnderstand(Unreadable):
    """A header that has to be understood and is not."""

    code = "must-understand"


def opened(content: bytes) -> Envelope:
    """The envelope in some bytes. Unreadable, TooLarge: it is none."""
    root = safe_xml.parse(content, largest=bodies.LARGEST_TABLE)
    version = str(root.tag).partition("}")[0].removeprefix("{")
    body = child(root, "Body")
    if local(root) != "Envelope" or version not in TYPES or body is None or len(body) != 1:
        raise Unreadable(_("This is no SOAP envelope with one request in its body. Take the WSDL at /soap/?wsdl."))
    header = child(root, "Header")
    for one in header if header is not None else ():
        if one.get(f"{{{version}}}mustUnderstand") in {"1", "true"} and local(one) not in {"Security", "MessageID"}:
            raise MustUnderstand(_("The header “%(name)s” must be understood and is not known here.") % {
                "name": local(one)})
    return Envelope(
        version, body[0], text(header, "MessageID"), text(header, "Security", "UsernameToken", "Password"))


def answered(version: str, body: Element) -> bytes:
    """An answer in its envelope."""
    root = Element("soap:Envelope", {"xmlns:soap": version, "xmlns": NAMESPACE})
    add(root, "soap:Body").append(body)
    return safe_xml.written(root)


def fault(version: str, *, code: str, detail: str, is_theirs: bool) -> bytes:
    """A fault that says what is wrong and whose it is."""
    root = Element("soap:Envelope", {"xmlns:soap": version})
    one = add(add(root, "soap:Body"), "soap:Fault")
    if version == SOAP12:
        add(add(one, "soap:Code"), "soap:Value", "soap:Sender" if is_theirs else "soap:Receiver")
        add(add(one, "soap:Reason"), "soap:Text", detail, {"xml:lang": "en"})
        place = add(one, "soap:Detail")
    else:
        add(one, "faultcode", "soap:Client" if is_theirs else "soap:Server")
        add(one, "faultstring", detail)
        place = add(one, "detail")
    problem = add(place, "Problem", attributes={"xmlns": NAMESPACE})
    add(problem, "code", code)
    add(problem, "detail", detail)
    return safe_xml.written(root)
