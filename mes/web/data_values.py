"""Collected values of lots: in the dossier, and the photos among them."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mes.queries import data_values
from mes.web import photos
from plant.web.access import needs
from traceability import dossier_parts
from traceability.models import MaterialLot


@require_safe
@needs("lot.read")
def photo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The picture that was taken of a part."""
    return photos.answer(request, data_values.photo(pk))


def collected(lots: Sequence[MaterialLot]) -> dict[str, Any]:
    """What was entered for a lot and what it was made from."""
    rows = data_values.of_lots(lots)
    return {"values": rows} if rows else {}


dossier_parts.register(_("Collected values"), "mes/data_value/dossier.html", collected)
