"""Numbers the way the reader writes them."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import formats, numberformat

# Plants read figures in threes in Chinese too; the framework would group them in fours.
THOUSANDS = 3


def _short(value: float) -> str:
    """Six figures of a machine's number: what follows is noise of its format."""
    return f"{value:.6g}" if abs(value) < 1e6 else f"{value:.0f}"


def num(value: Any, places: int | None = None) -> str:
    """`{{ 1234.5|num }}`, `{{ x|num:2 }}`: a number in the reader's way, without needless zeros; — for nothing."""
    if value in (None, ""):
        return "—"
    try:
        number = Decimal(_short(value) if isinstance(value, float) else str(value))
    except InvalidOperation:
        return str(value)
    if not number.is_finite():
        return "—"
    if places is None:
        number = number.quantize(Decimal(1)) if number == number.to_integral() else number.normalize()
    return numberformat.format(
        number, formats.get_format("DECIMAL_SEPARATOR"), places, grouping=THOUSANDS,
        thousand_sep=formats.get_format("THOUSAND_SEPARATOR") or ",", force_grouping=True,
    )


def hundredths(value: float) -> str:
    """`{{ 0.0123|hundredths }}`: a fraction in hundredths, to three figures; what is below a millionth is nothing."""
    return num(float(f"{100 * value:.3g}") if abs(value) >= 1e-6 else 0.0)
