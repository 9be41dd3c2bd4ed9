"""The newest or oldest few readings of a stretch, rows and blocks alike, as a piece of SQL."""

COLUMNS = "at, seq, value, quality, source, recorded_at"


def newest(*, stream: str, since: str, until: str, limit: str, where: str = "true") -> str:
    """A subquery: the newest `limit` readings of a stream between two moments, newest first.

    All are SQL expressions; in `where` the reading is `r`.
    """
    return _few(stream, since, until, limit, where, "DESC")


def oldest(*, stream: str, since: str, until: str, limit: str, where: str = "true") -> str:
    """The same, oldest first."""
    return _few(stream, since, until, limit, where, "ASC")


def _few(stream: str, since: str, until: str, limit: str, where: str, way: str) -> str:
    order = f"ORDER BY at {way}, seq {way} LIMIT {limit}"
    return f"""(
  SELECT {COLUMNS} FROM (
    (SELECT {COLUMNS} FROM traceability_reading r
     WHERE stream_id = {stream} AND at >= {since} AND at <= {until} AND {where} {order})
    UNION ALL
    (SELECT {COLUMNS} FROM zz_packed({stream}, {since}, {until}) r WHERE {where} {order})
  ) AS both_kinds {order}
)"""
