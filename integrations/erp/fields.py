"""Fields that take nothing but what they say: numbers in plain digits, references that exist."""

import math
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

NOT_A_NUMBER = _("This is not a number. Send digits with a point, as text or as a JSON number.")


def is_plain(data: Any) -> bool:
    """Whether this is a number, or text in ASCII that may be one."""
    is_number = not isinstance(data, bool) and isinstance(data, (str, int, float, Decimal))
    return is_number and str(data).isascii() and "_" not in str(data)


class Code(serializers.SlugRelatedField):
    """A reference by code; the message says which code was not found. Rows of a batch share what was found."""

    default_error_messages = {
        "does_not_exist": _("There is no “{value}” here. Create it first, or correct the code."),
    }

    def __init__(self, queryset: Any, slug_field: str = "code", **kwargs: Any) -> None:
        super().__init__(queryset=queryset, slug_field=slug_field, **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            self.fail("invalid")
        known = self.context.get("known")
        if known is None:
            return super().to_internal_value(data)
        row = known.row(self, data) if "\0" not in data else None
        return row or self.fail("does_not_exist", slug_name=self.slug_field, value=data)


class Quantity(serializers.DecimalField):
    """A number above zero with at most six decimals."""

    default_error_messages = {"invalid": NOT_A_NUMBER, "not_positive": _("A quantity is above zero.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=18, decimal_places=6, **kwargs)

    def to_internal_value(self, data: Any) -> Decimal:
        if not is_plain(data):
            self.fail("invalid")
        number = super().to_internal_value(data)
        if number <= 0:
            self.fail("not_positive")
        return number


class Amount(Quantity):
    """A quantity that may be nothing."""

    def to_internal_value(self, data: Any) -> Decimal:
        return Decimal(0) if is_plain(data) and str(data) in {"0", "0.0", "0.00"} else super().to_internal_value(data)


class Whole(serializers.IntegerField):
    """A whole number."""

    def to_internal_value(self, data: Any) -> int:
        if not is_plain(data):
            self.fail("invalid")
        return super().to_internal_value(data)


class Hours(serializers.DecimalField):
    """Hours of work, nought or more."""

    default_error_messages = {"invalid": NOT_A_NUMBER}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=6, decimal_places=2, min_value=0, **kwargs)

    def to_internal_value(self, data: Any) -> Decimal:
        if not is_plain(data):
            self.fail("invalid")
        hours: Decimal = super().to_internal_value(data)
        return hours


class Measured(serializers.FloatField):
    """A finite number."""

    default_error_messages = {"invalid": NOT_A_NUMBER}

    def to_internal_value(self, data: Any) -> float:
        if not is_plain(data):
            self.fail("invalid")
        number = super().to_internal_value(data)
        if not math.isfinite(number):
            self.fail("invalid")
        return number


class Number(serializers.RegexField):
    """The number of an order or a lot: printable, and fit to stand in an address."""

    default_error_messages = {"invalid": _("A number has no slash and no control characters. Leave them out.")}

    def __init__(self, length: int, **kwargs: Any) -> None:
        super().__init__(r"^[^/\x00-\x1f\x7f\u2028\u2029]*$", max_length=length, **kwargs)


def text(length: int, **kwargs: Any) -> serializers.CharField:
    """A text of at most so many characters."""
    return serializers.CharField(max_length=length, **kwargs)
