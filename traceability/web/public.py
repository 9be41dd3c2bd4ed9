"""The customer's page: what a label's code opens, without a login, and nothing else can be reached from there."""

import hmac
import ipaddress
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from plant.queries import persons
from plant.web.access import public as opened
from plant.web.sessions import client_address
from traceability import codes, public_cache
from traceability.commands import public as commands
from traceability.models import LotKind, MaterialLot
from traceability.queries import public

LANGUAGES = ("zh-hans", "en")
NAMES = [("zh-hans", "中文"), ("en", "English")]
PAGE, CERTIFICATE = "page", "certificate"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer", "Vary": "Accept-Language",
}


@require_safe
@opened
def show(request: HttpRequest, code: str) -> HttpResponse:
    """The product that a code stands for."""
    return answer(request, code, PAGE)


@require_safe
@opened
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """What was checked on it, with values and limits, made to be printed."""
    return answer(request, code, CERTIFICATE)


@require_safe
@opened
def link(request: HttpRequest, gtin: str, key: str, number: str) -> HttpResponse:
    """The same by a GS1 Digital Link: trade item and lot or serial, signed by the parameter k."""
    return answer(request, request.GET.get("k", ""), PAGE, path=f"{gtin}/{key}/{number}")


def answer(request: HttpRequest, code: str, sort: str, path: str = "") -> HttpResponse:
    """The page, kept or drawn; the very same answer for a wrong code, an unknown one and a closed page."""
    asked = request.GET.get("language", "")
    language = asked if asked in LANGUAGES else translation.get_language() or LANGUAGES[0]
    lot = codes.read(code)
    page = None if lot is None else found(request, lot, sort, language)
    named, _line, body = (page or b"").partition(b"\n")
    if not body or (path and not hmac.compare_digest(named, path.encode())):
        response = HttpResponse(gone(language), status=404)
    else:
        response = HttpResponse(body)
    for name, value in HEADERS.items():
        response[name] = value
    response["Content-Language"] = language
    return response


def gone(language: str) -> str:
    """What stands there for every code that leads nowhere."""
    with translation.override(language):
        return render_to_string("traceability/public/gone.html", {"languages": NAMES, "language": language})


def found(request: HttpRequest, lot: int, sort: str, language: str) -> bytes | None:
    """The page of a lot after a line that names it; None where there is none, or where it is closed."""
    now, place = timezone.now(), place_of(request)
    known, noted = public.version(lot), False
    if known is not None:
        key = f"{known[0]}.{known[1]}:{sort}:{language}"
        kept, noted = public_cache.look(lot, key, place, now.date(), is_scan=sort == PAGE)
        if kept is not None:
            return kept
    row = public.find(lot)
    if row is None:
        return None
    scans = public_cache.pending(lot) if noted else {(place, now.date()): 1}
    if scans and sort == PAGE:  # whoever goes on to the certificate has scanned once
        commands.count(lot=row, scans=scans, by=persons.system("public"), at=now)
    page = drawn(row, sort, language, now)
    if known is not None and page is not None:
        public_cache.keep(lot, key, page)
    return page


def drawn(lot: MaterialLot, sort: str, language: str, now: datetime) -> bytes | None:
    """The page, after the path that a Digital Link to it must have."""
    told = public.told(lot, now)
    if told is None or (sort == CERTIFICATE and not (told.view.shows_certificate and told.checked)):
        return None
    context = {"told": told, "lot": lot, "now": now, "languages": NAMES, "language": language}
    with translation.override(language):
        text = render_to_string(f"traceability/public/{sort}.html", context)
    return f"{path_of(lot)}\n{text}".encode()


def path_of(lot: MaterialLot) -> str:
    """What a Digital Link says of a lot, without its slashes at either end."""
    gtin = (lot.material.gtin or "").zfill(14) if lot.material.gtin else ""
    return f"{gtin}/{'21' if lot.kind == LotKind.SERIAL else '10'}/{lot.number}"


def place_of(request: HttpRequest) -> str:
    """Where a scan comes from, coarsely: what the proxy says, or a sign for its network that leads nobody back."""
    told = request.headers.get(settings.PLACE_HEADER, "") if settings.PLACE_HEADER else ""
    if told and told.isascii() and told.replace("-", "").isalnum():
        return told.upper()[:12]
    try:
        address = ipaddress.ip_address(client_address(request))
    except ValueError:
        return "?"
    network = ipaddress.ip_network((address, 16 if address.version == 4 else 32), strict=False)
    return f"~{codes.place(str(network))}"
