"""What other rooms lay on the quality engineer's desk: alarms of charts, trouble with suppliers."""

from plant.panels import Panel

_PANELS: dict[str, Panel] = {}


def register(panel: Panel) -> Panel:
    """Lay a panel on the desk; its address answers the part of a page that the home page shows too."""
    _PANELS[panel.url_name] = panel
    return panel


def panels() -> list[Panel]:
    """Every panel in its order."""
    return sorted(_PANELS.values(), key=lambda one: one.order)
