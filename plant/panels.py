"""The home page's panels: a room registers what it shows there, so that the ground knows nobody above it."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from plant import policies
from plant.models import Person


@dataclass(frozen=True, slots=True)
class Panel:
    """A card on the home page, or a few figures above the cards: drawn by a URL name, again when its topic speaks."""

    title: Any
    url_name: str
    action: str
    icon: str = "layout-dashboard"
    topic: str = "news"
    order: int = 50
    roles: frozenset[str] = frozenset()
    is_figures: bool = False

    @property
    def url(self) -> str:
        return reverse(self.url_name)


_PANELS: dict[str, Panel] = {}


def register(panel: Panel) -> None:
    """Add a panel; the same URL name again replaces it."""
    _PANELS[panel.url_name] = panel


def of(person: Person) -> list[Panel]:
    """The panels that a person sees: allowed by the action, and meant for one of their roles where roles are named."""
    shown = [
        panel
        for panel in _PANELS.values()
        if policies.may(person, panel.action) and (not panel.roles or panel.roles & person.roles)
    ]
    return sorted(shown, key=lambda panel: (panel.order, panel.url_name))
