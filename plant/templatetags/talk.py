"""`{% load talk %}{% talk lot %}`: comments and files beside a thing, on its page."""

from typing import Any

from django import template
from django.db import models
from django.template.context import RequestContext

from plant.web.talk import beside

register = template.Library()


@register.inclusion_tag("plant/talk/card.html", takes_context=True)
def talk(context: RequestContext, row: models.Model) -> dict[str, Any]:
    """The card with what was said, the files, and the forms to add."""
    return {**beside(context["request"], row), "request": context["request"], "csrf_token": context["csrf_token"]}
