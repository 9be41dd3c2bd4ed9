"""Quantities as people write them. Pure."""

from decimal import Decimal


def plain(amount: Decimal) -> str:
    """10, 2.5: without trailing zeros and without an exponent."""
    return f"{amount.normalize():f}" if amount.is_finite() else str(amount)
