"""Drawing the home page's panels within the page itself."""

import copy
import logging
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import resolve
from django.utils.safestring import SafeString, mark_safe

from plant import panels
from plant.panels import Panel

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A panel with what it shows now; nothing when that could not be told."""

    panel: Panel
    content: SafeString


def of(request: HttpRequest) -> dict[str, Any]:
    """The figures above, and the cards in two columns that grow without pushing each other."""
    drawn = [draw(request, panel) for panel in panels.of(request.user)]  # type: ignore[arg-type]
    cards = [one for one in drawn if not one.panel.is_figures]
    return {"figures": [one for one in drawn if one.panel.is_figures], "left": cards[1::2], "right": cards[::2]}


def draw(request: HttpRequest, panel: Panel) -> Drawn:
    """Draw a panel within the page: no request more, and nothing jumps. One that fails spoils no other."""
    found = resolve(panel.url)
    try:
        answer = found.func(part_of(request), *found.args, **found.kwargs)
    except Exception:
        log.exception("panel %s could not be drawn", panel.url_name)
        return Drawn(panel, SafeString(""))
    return Drawn(panel, mark_safe(answer.content.decode()))  # noqa: S308 - our own view has escaped it


def part_of(request: HttpRequest) -> HttpRequest:
    """The same request, asking for a part of a page, as the browser will do when the panel's topic speaks."""
    inner = copy.copy(request)
    inner.__dict__.pop("headers", None)
    inner.META = {**request.META, "HTTP_HX_REQUEST": "true"}
    return inner
