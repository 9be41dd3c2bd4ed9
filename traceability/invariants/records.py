"""Rules of the record book and of the readings."""

from traceability.invariants import register

register(
    "I21", "every-accepted-scan-is-answered",
    "An act that a device sent has its answer, and was applied once.",
    """
    SELECT id, 'event', event_id, 'of', device, 'has no answer' FROM plant_deviceevent
    WHERE outcome = '' OR answer IS NULL
    UNION ALL
    SELECT min(id), 'event', event_id, 'of', device, 'is stored ' || count(*) || ' times'
    FROM plant_deviceevent GROUP BY device, event_id HAVING count(*) > 1
    """,
)

register(
    "I27", "the-journal-is-an-unbroken-chain",
    "Each entry carries the hash of its own content and of the entry before it; heads point at the last.",
    """
    WITH chain AS (
      SELECT e.*, lag(e.hash, 1, '') OVER w AS before, row_number() OVER w AS place
      FROM plant_journalentry e WINDOW w AS (PARTITION BY stream ORDER BY seq)
    )
    SELECT stream, 'entry', seq, 'was tampered with, or one before it is missing' FROM chain
    WHERE seq <> place OR prev_hash <> before OR hash <> zz_journal_hash(
      prev_hash, stream, seq, kind, subject_kind, subject_id, subject_label, actor, actor_name, at, reason, data)
    UNION ALL
    SELECT h.stream, 'the last entry is', coalesce(max(e.seq), 0), 'but the head says ' || h.seq
    FROM plant_journalhead h LEFT JOIN plant_journalentry e ON e.stream = h.stream
    GROUP BY h.stream, h.seq, h.hash
    HAVING h.seq <> coalesce(max(e.seq), 0) OR h.hash <> (array_agg(e.hash ORDER BY e.seq DESC))[1]
    """,
)

register(
    "I38", "a-reading-without-a-value-is-not-good",
    "Of the last day's readings only numbers are good, and none is from the future.",
    """
    SELECT stream_id, 'reading at', at, 'seq', seq, 'quality', quality, 'value', value FROM traceability_reading
    WHERE at > clock_timestamp() - interval '1 day'
      AND ((value IS NULL AND quality = 0) OR value = 'NaN' OR at > clock_timestamp() + interval '1 hour')
    """,
)
