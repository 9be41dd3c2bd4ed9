"""GLN: the number by which partners all over the world know a place or a company."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plant.gs1 import checks


def check_gln(text: str) -> None:
    """Raise ValidationError unless the text is a GLN: 13 digits, the last one a check digit."""
    if len(text) != 13 or not checks.check_digit_ok(text):
        message = _("This is no GLN: that has 13 digits, the last one a check digit. Look for a typo.")
        raise ValidationError(message, code="gln")


def gln_field() -> Any:
    """The GLN of a place or a partner, empty where it has none."""
    return models.CharField("GLN", max_length=13, blank=True, validators=[check_gln])


def gln_once(name: str) -> models.UniqueConstraint:
    """No two have the same number."""
    return models.UniqueConstraint(fields=["gln"], name=f"{name}_gln_once", condition=~Q(gln=""))
