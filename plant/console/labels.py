"""Labels of records: a room that draws them registers here how to get to them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from plant import policies

# As many as a page can draw without anybody waiting for it.
MOST = 200


@dataclass(frozen=True, slots=True)
class LabelPage:
    """The page that prints labels of one kind of record, and who may."""

    url: Callable[[Sequence[Any]], str]
    action: str


_PAGES: dict[str, LabelPage] = {}


def register(label: str, page: LabelPage) -> None:
    """Name the label page of a model ("plant.Equipment")."""
    _PAGES[label] = page


def of(label: str) -> LabelPage | None:
    """The label page of a model, if it has one."""
    return _PAGES.get(label)


def page(label: str, request: HttpRequest, queryset: Any) -> HttpResponse:
    """Go to the labels of these records."""
    found = _PAGES[label]
    policies.check(request.user, found.action)
    return HttpResponseRedirect(found.url(list(queryset[:MOST])))
