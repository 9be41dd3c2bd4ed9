"""EPCIS 2.0: events by query, one event, and documents of partners (GS1 EPCIS 2.0, REST bindings)."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from integrations import bodies
from integrations.epcis import checks, events
from integrations.epcis.commands import capture
from integrations.epcis.queries import documents
from integrations.epcis.queries import events as reading
from integrations.epcis.queries.events import DECLARED, LISTED, MATCHES, WITHIN, Asked, BadQuery
from integrations.erp import answers, examples
from integrations.erp.schema import described
from integrations.erp.views import Door
from plant.queries import places

EQUAL = {
    "eventType": "type", "EQ_bizStep": "bizStep", "EQ_disposition": "disposition", "EQ_action": "action",
    "EQ_readPoint": "readPoint", "EQ_bizLocation": "bizLocation", "EQ_transformationID": "transformationID",
    "EQ_eventID": "eventID",
}
CBV = re.compile(
    r"\A(?:https?://(?:ref\.gs1\.org/cbv|ns\.gs1\.org/cbv)/(?:BizStep|Disp|BTT|SDT|ER)-|urn:epcglobal:cbv:(?:bizstep|disp"
    r"|btt|sdt|er):)"
)
ORDER = {"orderBy": "eventTime", "orderDirection": "ASC"}
TIMES = ("GE_eventTime", "LT_eventTime")
PAGING = ("perPage", "nextPageToken")
KNOWN = (*EQUAL, *MATCHES, *WITHIN, *DECLARED, "EXISTS_errorDeclaration", *TIMES, *ORDER, *PAGING)
PER_PAGE, MOST = 30, 500
VERSION = {"GS1-EPCIS-Version": "2.0.0", "GS1-CBV-Version": "2.0.0"}


def asked(query: Mapping[str, str]) -> Asked:
    """What a query asks for. BadQuery: a parameter that is not known here, or a time that can't be read."""
    typed = {name: key for name in query if (key := with_type(name))}
    unknown = set(query) - {*KNOWN, *typed}
    if unknown:
        message = _("“%(name)s” can't be asked for. Known: %(known)s.")
        words = {"name": min(unknown), "known": ", ".join((*KNOWN, *(f"{name}_…" for name in LISTED)))}
        raise BadQuery(message % words, facts={"parameter": min(unknown)})
    for name, only in ORDER.items():
        if query.get(name, only) != only:
            message = _("“%(name)s” can only be “%(only)s”: events come in the order of their time.")
            raise BadQuery(message % {"name": name, "only": only}, facts={"parameter": name})
    return Asked(
        since=moment(query, "GE_eventTime"), until=moment(query, "LT_eventTime"),
        equal={EQUAL[name]: values(query[name]) for name in EQUAL if name in query},
        match={name: values(query[name]) for name in MATCHES if name in query},
        within={name: values(query[name]) for name in WITHIN if name in query},
        listed={key: values(query[name]) for name, key in typed.items()},
        declared={name: values(query[name]) for name in DECLARED if name in query},
        is_declared_wrong="EXISTS_errorDeclaration" in query,
    )


def with_type(name: str) -> tuple[str, str] | None:
    """A parameter that ends with the type of what it asks for, such as EQ_bizTransaction_prodorder."""
    for begin in LISTED:
        if name.startswith(f"{begin}_"):
            return begin, bare(name.removeprefix(f"{begin}_"))
    return None


def values(text: str) -> frozenset[str]:
    """Values with commas between; words of the CBV are taken by name, however they are written."""
    return frozenset(bare(one.strip()) for one in text.split(",") if one.strip())


def bare(word: str) -> str:
    """The name of a word of the CBV, from its address (https://ref.gs1.org/cbv/BizStep-shipping) or its URN."""
    return CBV.sub("", word)


def moment(query: Mapping[str, str], name: str) -> datetime | None:
    found = checks.moment(query[name].replace(" ", "+")) if name in query else None
    if name in query and found is None:
        message = _("“%(name)s” is no time with an offset, like 2026-11-23T08:00:00+08:00.")
        raise BadQuery(message % {"name": name}, facts={"parameter": name})
    return found


class EventsDoor(Door):
    """Events by query."""

    scopes = {"GET": "epcis:read"}

    @described(
        parameters=[OpenApiParameter(name, str) for name in KNOWN],
        ok={200: answers.EpcisDocument}, told=examples.EPCIS,
    )
    def get(self, request: Request) -> Response:
        """Events in the order of their time; `Link` names the next page."""
        query = {name: ",".join(request.query_params.getlist(name)) for name in request.query_params}
        limit = self.number(request, "perPage", PER_PAGE, MOST) or PER_PAGE
        token = query.get("nextPageToken")
        after = reading.mark_of(token) if token else None
        found, on = reading.page(asked(query), request.user, limit=limit, after=after)
        headers = dict(VERSION)
        if on is not None:
            more = urlencode({**query, "nextPageToken": reading.cursor(on)})
            headers["Link"] = f'<{request.build_absolute_uri(request.path)}?{more}>; rel="next"'
        return Response(events.answer(found, at=timezone.localtime()), headers=headers)


class EventDoor(Door):
    """One event."""

    scopes = {"GET": "epcis:read"}

    @described(ok={200: answers.EpcisDocument}, told=examples.EPCIS, name="epcis_event_retrieve")
    def get(self, request: Request, key: str) -> Response:
        """The event under an identifier, and what declares it wrong where there is such a thing."""
        found = reading.by_identifier(key, request.user)
        if not found:
            raise NotFound(_("There is no event with this identifier."))
        return Response(events.answer(found, at=timezone.localtime()), headers=VERSION)


class CapturesDoor(Door):
    """Documents of partners."""

    scopes = {"POST": "epcis:write"}
    parser_classes = [bodies.Document, bodies.Linked]

    @described(takes=answers.EpcisDocument, ok={202: answers.EpcisTaken}, sent=examples.EPCIS_IN,
               told=examples.EPCIS_TAKEN, is_post=True)
    def post(self, request: Request) -> Response:
        """Take a document, whole or not at all; the same one again changes nothing."""
        name, site = request.headers.get("GS1-Capture-Name", "API"), places.home(request.user)

        def act() -> tuple[int, Any]:
            taken = capture.capture(found=request.data, name=name, site=site, by=request.user, at=timezone.now())
            return 202, told(taken)

        response = self.once(request, act)
        for header, value in VERSION.items():
            response[header] = value
        response["Location"] = request.build_absolute_uri(f"{request.path}/{response.data['captureID']}")
        return response


class CaptureDoor(Door):
    """A document that was taken."""

    scopes = {"GET": "epcis:write"}

    @described(ok={200: answers.EpcisTaken}, told=examples.EPCIS_TAKEN)
    def get(self, request: Request, sha256: str) -> Response:
        """How many of its events were new."""
        return Response(told(documents.by_hash(sha256)))


def told(document: Any) -> dict[str, Any]:
    """A taken document in few words."""
    at = document.at.isoformat()
    return {
        "captureID": document.sha256, "createdAt": at, "finishedAt": at, "running": False, "success": True,
        "events": document.events, "new": document.new,
    }
