"""Which state of a thing a caller knows: told with each answer, and asked for before a change if the caller wants."""

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from integrations.nouns.noun import Noun
from plant.errors import Refusal
from plant.locks import lock

_HEADER = OpenApiParameter.HEADER
IF_MATCH = OpenApiParameter(
    "If-Match", str, _HEADER,
    description="The ETag that you know; what was changed since then is not written over (412).",
)
IF_NONE = OpenApiParameter("If-None-Match", str, _HEADER, description="`*`: only create, never change (412).")
IF_CHANGED = OpenApiParameter(
    "If-None-Match", str, _HEADER, description="The ETag that you know; 304 if it still holds.",
)  # fmt: skip


class Changed(Refusal):
    """Not the state that the caller knows."""

    code = "changed-meanwhile"


def tag(told: Any) -> str:
    """The ETag of a thing in words."""
    text = json.dumps(told, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def answered(request: Request, told: Any) -> Response:
    """The thing with its ETag, or that it is as the caller knows it."""
    current = tag(told)
    if _names(request.headers.get("If-None-Match", ""), current):
        return Response(status=304, headers={"ETag": current})
    return Response(told, headers={"ETag": current})


def check(request: Request, noun: Noun, key: str) -> None:
    """Refuse unless the thing is as the caller expects it; from here on it stays so until the transaction ends."""
    wanted, unwanted = request.headers.get("If-Match", ""), request.headers.get("If-None-Match", "")
    if not (wanted or unwanted):
        return
    lock(noun.model._default_manager.filter(**noun.named(key)))
    row = noun.find(request.user, key)
    current = tag(noun.told(row)) if row is not None else ""
    if wanted and not (current and _names(wanted, current)):
        message = _("%(key)s is not as you know it any more. Get it again, look at what changed, and send again.")
        raise Changed(message % {"key": key[:60]}, facts={"etag": current})
    if unwanted and current and _names(unwanted, current):
        message = _("%(key)s is here already, and you asked only to create it. Leave “If-None-Match” out to change it.")
        raise Changed(message % {"key": key[:60]}, facts={"etag": current})


def _names(header: str, current: str) -> bool:
    return "*" in header.split(",") or current in {one.strip().removeprefix("W/") for one in header.split(",")}
