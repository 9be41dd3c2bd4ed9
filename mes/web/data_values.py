"""Collected values of lots: in the dossier, and the photos among them."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mes.queries import data_values
from plant import files
from plant.web import ranges
from plant.web.access import needs
from traceability import dossier_parts
from traceability.models import MaterialLot

ALONE = "default-src 'none'; sandbox"


@require_safe
@needs("lot.read")
def photo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The picture that was taken of a part."""
    found = data_values.photo(pk)
    if found is None:
        raise Http404
    told = {"media_type": found.media_type, "name": found.text, "etag": found.sha256}
    response = ranges.answer(request, files.path_of(found.key), **told)
    response["Content-Security-Policy"] = ALONE
    return response


def collected(lots: Sequence[MaterialLot]) -> dict[str, Any]:
    """What was entered for a lot and what it was made from."""
    rows = data_values.of_lots(lots)
    return {"values": rows} if rows else {}


dossier_parts.register(_("Collected values"), "mes/data_value/dossier.html", collected)
