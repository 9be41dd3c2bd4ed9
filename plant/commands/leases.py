"""Leases: one holder at a time, by the database's clock, with a token that fences a sleeper."""

from django.db import connection

ACQUIRE = """
INSERT INTO plant_lease AS l (name, holder, token, until)
VALUES (%(name)s, %(holder)s, 1, clock_timestamp() + make_interval(secs => %(seconds)s))
ON CONFLICT (name) DO UPDATE
  SET holder = %(holder)s, token = l.token + 1, until = clock_timestamp() + make_interval(secs => %(seconds)s)
  WHERE l.until < clock_timestamp()
RETURNING token
"""
RENEW = """
UPDATE plant_lease SET until = clock_timestamp() + make_interval(secs => %(seconds)s)
WHERE name = %(name)s AND holder = %(holder)s AND token = %(token)s AND until >= clock_timestamp()
"""
RELEASE = """
UPDATE plant_lease SET until = clock_timestamp() - interval '1 microsecond'
WHERE name = %(name)s AND holder = %(holder)s AND token = %(token)s
"""


def acquire(*, name: str, holder: str, seconds: float) -> int | None:
    """Take the lease if it is free or run out; the fencing token, or None when somebody else holds it."""
    with connection.cursor() as cursor:
        cursor.execute(ACQUIRE, {"name": name, "holder": holder, "seconds": seconds})
        row = cursor.fetchone()
    return row[0] if row else None


def renew(*, name: str, holder: str, token: int, seconds: float) -> bool:
    """Keep the lease a while longer; False when it ran out, and then the holder must stop."""
    with connection.cursor() as cursor:
        cursor.execute(RENEW, {"name": name, "holder": holder, "token": token, "seconds": seconds})
        return bool(cursor.rowcount == 1)


def release(*, name: str, holder: str, token: int) -> None:
    """Give the lease back, so that the next holder need not wait."""
    with connection.cursor() as cursor:
        cursor.execute(RELEASE, {"name": name, "holder": holder, "token": token})
