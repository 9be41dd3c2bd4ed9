"""Numbers the way the reader writes them."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import formats


def num(value: Any, places: int | None = None) -> str:
    """`{{ 1234.5|num }}`, `{{ x|num:2 }}`: a number in the reader's way, without needless zeros; — for nothing."""
    if value in (None, ""):
        return "—"
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    if not number.is_finite():
        return "—"
    if places is None:
        number = number.quantize(Decimal(1)) if number == number.to_integral() else number.normalize()
    return formats.number_format(number, decimal_pos=places, use_l10n=True, force_grouping=True)
