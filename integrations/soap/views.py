"""The door of the service: who calls, what they ask, and the answer or the fault."""

import base64
import binascii
import logging
from typing import Any
from xml.etree.ElementTree import Element

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from rest_framework.exceptions import AuthenticationFailed

from integrations import bodies
from integrations.erp import authentication
from integrations.erp.authentication import Caller
from integrations.erp.views import check_key
from integrations.formats.safe_xml import local
from integrations.soap import answering, envelopes, wsdl
from integrations.soap.envelopes import SOAP11, SOAP12, Envelope
from integrations.soap.operations import Operation, operations
from integrations.soap.schema import read, write
from plant.commands import idempotency
from plant.errors import Refusal
from plant.web.access import public

log = logging.getLogger(__name__)


class NotSignedIn(Refusal):
    """Nobody whom the plant knows."""

    code = "not-authenticated"


@csrf_exempt
@public
@require_http_methods(["GET", "HEAD", "POST"])
def service(request: HttpRequest) -> HttpResponse:
    """The WSDL to whoever asks; an answer to whoever calls."""
    if request.method != "POST":
        address = request.build_absolute_uri(request.path)
        return HttpResponse(wsdl.document(address), content_type="text/xml; charset=utf-8")
    version = SOAP12 if "soap+xml" in request.headers.get("Content-Type", "") else SOAP11
    try:
        envelope = envelopes.opened(request.read(bodies.LARGEST_TABLE + 1))
        version = envelope.version
        return _answer(version, envelopes.answered(version, _called(request, envelope)))
    except (NotSignedIn, AuthenticationFailed) as error:
        answer = _fault(version, "not-authenticated", str(getattr(error, "detail", error)), 401)
        answer["WWW-Authenticate"] = 'Basic realm="soap"'
        return answer
    except Refusal as refusal:
        return _fault(version, refusal.code, str(refusal), 400 if version == SOAP12 else 500)
    except Exception:
        log.exception("a SOAP request failed")
        return _fault(version, "server-error", _("Something went wrong here. Send it again later."), 500, theirs=False)


def _called(request: HttpRequest, envelope: Envelope) -> Element:
    """The answer to one request, once for each of its numbers."""
    caller = _caller(request, envelope)
    operation = operations().get(local(envelope.body))
    if operation is None:
        message = _("There is no operation “%(name)s”. The WSDL at /soap/?wsdl names them all.")
        raise bodies.Unreadable(message % {"name": local(envelope.body)[:80]}, code="no-such-operation")
    if operation.scope not in caller.key.scopes:
        message = _("This needs a key with the scope “%(scope)s”. Ask the administrator for one that has it.")
        raise Refusal(message % {"scope": operation.scope}, code="forbidden")
    asked = read(envelope.body, operation.asks)
    said = _once(caller, operation, asked, envelope.message_id)
    made = Element(f"{operation.name}Response")
    write(made, operation.answers, said)
    return made


def _once(caller: Caller, operation: Operation, asked: dict[str, Any], number: str) -> Any:
    at = timezone.now()
    if operation.verb != "Put" or not number:
        return answering.answer(operation, asked, by=caller.person, at=at)
    check_key(number)
    told = idempotency.once(
        client=caller.key.prefix, key=number, request=["SOAP", operation.name, asked],
        act=lambda: (200, answering.answer(operation, asked, by=caller.person, at=at)),
    )
    return told.body


def _caller(request: HttpRequest, envelope: Envelope) -> Caller:
    """The key: in the header of the API, as the password of Basic, or as that of a UsernameToken."""
    if found := authentication.caller(request):
        return found
    token = envelope.password
    scheme, _space, said = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            token = base64.b64decode(said, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError) as error:
            raise NotSignedIn(_("The Authorization header can't be read.")) from error
    if not token:
        message = _("Send an API key: “Authorization: Api-Key …”, as the password of Basic, or in a UsernameToken.")
        raise NotSignedIn(message)
    return authentication.look_up(token, timezone.now())


def _answer(version: str, content: bytes, status: int = 200) -> HttpResponse:
    return HttpResponse(content, status=status, content_type=envelopes.TYPES[version])


def _fault(version: str, code: str, detail: str, status: int, *, theirs: bool = True) -> HttpResponse:
    return _answer(version, envelopes.fault(version, code=code, detail=detail, is_theirs=theirs), status)
