"""The data dictionary on the screen and as a file."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from integrations.links.queries import dictionary
from integrations.links.queries.dictionary import Entry
from integrations.models import Direction
from plant.lists import sheets
from plant.web.access import needs


def head() -> list[str]:
    """The columns."""
    return [
        _("Object"), _("Direction"), _("Our field"), _("Meaning"), _("Type"), _("Required"), _("Connection"),
        _("Their path"), _("Transform"), _("Default"),
    ]


def cells(one: Entry) -> list[Any]:
    """A field as a row."""
    return [
        f"{one.name} ({one.noun})", str(one.direction), one.field, one.meaning or str(one.label), one.kind,
        _("yes") if one.required else "", one.connection, one.path, one.transform, one.default,
    ]


@require_safe
@needs("mapping.read")
def page(request: HttpRequest) -> Any:
    """Every field that is exchanged; as a file with ?format=csv or xlsx."""
    asked = {name: request.GET.get(name, "") for name in ("connection", "noun", "direction")}
    found = list(dictionary.entries(request.user, **asked))
    form = request.GET.get("format", "")
    if form in sheets.MIMES:
        return _file(found, form)
    context = {
        "entries": found, "connections": dictionary.connections(request.user), "directions": Direction.choices,
        "nouns": sorted({(code, str(name)) for _way, code, name in dictionary.objects()}, key=lambda one: one[1]),
    }
    return render(request, "integrations/dictionary.html", context)


def _file(found: list[Entry], form: str) -> HttpResponse | StreamingHttpResponse:
    def rows() -> Iterator[list[Any]]:
        for one in found:
            yield cells(one)

    lines = sheets.as_csv(head(), rows()) if form == "csv" else sheets.as_xlsx(_("Data dictionary"), head(), rows())
    answer = StreamingHttpResponse(lines, content_type=sheets.MIMES[form])
    answer["Content-Disposition"] = f'attachment; filename="dictionary-{timezone.localtime():%Y%m%d}.{form}"'
    return answer
