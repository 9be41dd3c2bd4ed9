"""What the tablet's frame asks for beside what its pages give it."""

from typing import Any

from django import template

from plant import helping
from plant.web.context_processors import help_name

register = template.Library()
# Without network only the page that scans is there.
USUAL = "station:work"


@register.simple_tag(takes_context=True)
def page_help(context: dict[str, Any]) -> helping.Topic | None:
    """The help text of the page, in the page itself: it opens without network too."""
    request = context.get("request")
    return helping.topic((help_name(request) if request is not None else "") or USUAL)
