"""Giving numbers."""

from functools import cache

from django.db import connection

from plant.models import NumberingSeries


def next_number(series: str) -> str:
    """The next number of a series, such as NCR001001. Gaps may occur; a number never comes twice."""
    prefix, width = shape(series)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s)", [f"zz_number_{series}"])
        count = cursor.fetchone()[0]
    return f"{prefix}{count:0{width}d}"


def next_numbers(series: str, count: int) -> list[str]:
    """So many numbers of a series, in one round trip."""
    prefix, width = shape(series)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s) FROM generate_series(1, %s)", [f"zz_number_{series}", count])
        return [f"{prefix}{number:0{width}d}" for (number,) in cursor.fetchall()]


@cache
def shape(series: str) -> tuple[str, int]:
    """How numbers of a series look; read once by each process."""
    row = NumberingSeries.objects.get(code=series)
    return row.prefix, row.width
