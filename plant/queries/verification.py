"""Does the record book still say what was written: every stream walked, every hash worked out again."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

# The window makes each entry stand beside the one before it; only entries that do not fit come back.
CHAIN = """
WITH chained AS (
  SELECT *, lag(hash, 1, '') OVER link AS before_hash, lag(seq, 1, 0) OVER link AS before_seq
  FROM plant_journalentry WINDOW link AS (PARTITION BY stream ORDER BY seq)
), judged AS (
  SELECT stream, seq, id, before_seq,
    seq <> before_seq + 1 AS has_gap,
    prev_hash <> before_hash AS does_not_follow,
    hash <> zz_journal_hash(prev_hash, stream, seq, kind, subject_kind, subject_id, subject_label,
                            actor, actor_name, at, reason, data) AS is_changed
  FROM chained)
SELECT DISTINCT ON (stream) stream, seq, id, before_seq, has_gap, is_changed FROM judged
WHERE has_gap OR does_not_follow OR is_changed ORDER BY stream, seq
"""
HEADS = """
SELECT coalesce(h.stream, e.stream), coalesce(h.seq, 0), coalesce(e.seq, 0)
FROM plant_journalhead h FULL JOIN (
  SELECT DISTINCT ON (stream) stream, seq, hash FROM plant_journalentry ORDER BY stream, seq DESC) e USING (stream)
WHERE h.seq IS DISTINCT FROM e.seq OR h.hash IS DISTINCT FROM e.hash
"""
COUNT = "SELECT count(*), count(DISTINCT stream) FROM plant_journalentry"


@dataclass(frozen=True, slots=True)
class Finding:
    """The first entry of a stream that is not as it was written."""

    stream: str
    seq: int
    what: str

    def __str__(self) -> str:
        return f"{self.stream} #{self.seq}: {self.what}"


def findings() -> list[Finding]:
    """The first tampered entry of each stream; none when the record book is whole."""
    broken = {stream: _judge(stream, *rest) for stream, *rest in _rows(CHAIN)}
    for stream, head, last in _rows(HEADS):
        broken.setdefault(stream, Finding(stream, min(head, last) + 1, _end(head, last)))
    return [broken[stream] for stream in sorted(broken)]


def extent() -> tuple[int, int]:
    """How many entries in how many streams there are."""
    return tuple(_rows(COUNT)[0])


def _judge(stream: str, seq: int, entry: int, before: int, has_gap: bool, is_changed: bool) -> Finding:
    if has_gap:
        return Finding(stream, before + 1, _("is missing; the next one there is %(seq)s") % {"seq": seq})
    if is_changed:
        return Finding(stream, seq, _("its content does not match its hash (entry %(id)s)") % {"id": entry})
    return Finding(stream, seq, _("it does not follow the entry before it (entry %(id)s)") % {"id": entry})


def _end(head: int, last: int) -> str:
    if head > last:
        return _("is missing at the end; %(head)s were written and the last one there is %(last)s") % {
            "head": head, "last": last}
    if last > head:
        return _("stands behind the end of its stream")
    return _("the stream's head does not match its last entry")


def _rows(sql: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())
