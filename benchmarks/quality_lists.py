"""A plant that has inspected for years: 100,000 inspections and 20,000 nonconformances, written in bulk to be listed.

    python -m pytest -s tests/scale/test_quality_lists.py
"""

from datetime import datetime

from django.db import connection

from plant.models import Equipment, Person
from qms.models import Characteristic
from traceability.models import MaterialLot

LOTS, INSPECTIONS, NONCONFORMANCES, TO_DO, OPEN = 20_000, 100_000, 20_000, 400, 300

INSPECT = """
INSERT INTO qms_inspection
  (number, kind, status, verdict, computed, restrictions, verdict_reason, site_id, lot_id, job_order, operation,
   equipment_id, trigger, blocking, due_at, escalations, inspector_id, decided_at, created_at)
SELECT 'BI' || lpad(n::text, 7, '0'), (ARRAY['IQC', 'IPQC', 'FQC', 'OQC', 'PQC'])[1 + n %% 5],
  CASE WHEN is_open THEN 'OPEN' ELSE 'DECIDED' END, CASE WHEN is_open THEN '' ELSE v END,
  CASE WHEN is_open THEN '' ELSE v END, '', '', %(site)s, (%(lots)s::bigint[])[1 + n %% %(lot_count)s],
  'WO' || n / 50, 'OP' || n %% 12, %(place)s, 'bench:' || n, false, at + interval '1 hour', 0,
  CASE WHEN NOT is_open THEN %(by)s END, CASE WHEN NOT is_open THEN at + interval '20 min' END, at
FROM generate_series(1, %(inspections)s) n,
  LATERAL (SELECT CASE WHEN n %% 37 = 0 THEN 'FAIL' ELSE 'PASS' END AS v, n > %(inspections)s - %(to_do)s AS is_open,
                  %(at)s::timestamptz - (%(inspections)s - n) * interval '10 min' AS at) made
"""
ITEMS = """
INSERT INTO qms_inspectionitem
  (inspection_id, characteristic_id, sample_size, sampling, standard, level, aql, severity, letter, ac, re, clearance,
   may_reduce, found, accepted)
SELECT id, %(characteristic)s, 5, 'FIXED', '', '', '', '', '', 0, 1, 0, false, NULL, NULL
FROM qms_inspection WHERE trigger LIKE 'bench:%%'
"""
RESULTS = """
INSERT INTO qms_inspectionresult (item_id, sample, value, passed, source, reason, by_id, at)
SELECT i.id, s, 240, true, 1, '', %(by)s, %(at)s
FROM qms_inspectionitem i, generate_series(1, 2) s WHERE i.inspection_id IN (
  SELECT id FROM qms_inspection WHERE trigger LIKE 'bench:%%' AND id %% 5 = 0)
"""
CASES = """
INSERT INTO qms_nonconformance
  (number, status, severity, title, description, source_kind, source_id, site_id, equipment_id, owner_role, due_at,
   reported_by_id, escalations, repeats, capa_proposed, opened_at, closed_at)
SELECT 'BN' || lpad(n::text, 6, '0'), CASE WHEN n > %(cases)s - %(open)s THEN 'OPEN' ELSE 'CLOSED' END,
  (ARRAY['MINOR', 'MAJOR', 'CRITICAL'])[1 + n %% 3], 'Scratch ' || n, '', 'PERSON', '', %(site)s, %(place)s,
  'QUALITY_ENGINEER', at + interval '4 hours', %(by)s, 0, 0, false, at,
  CASE WHEN n > %(cases)s - %(open)s THEN NULL ELSE at END
FROM generate_series(1, %(cases)s) n,
  LATERAL (SELECT %(at)s::timestamptz - (%(cases)s - n) * interval '1 hour' AS at) made
"""
CASE_LOTS = """
INSERT INTO qms_nonconformancelot (nonconformance_id, lot_id, quantity, disposed, again, direct)
SELECT n.id, (%(lots)s::bigint[])[1 + n.id %% %(lot_count)s], 10,
  CASE WHEN n.status = 'CLOSED' THEN 10 ELSE 0 END, 0, true
FROM qms_nonconformance n WHERE n.number LIKE 'BN%%'
"""
MANY_LOTS = """
INSERT INTO traceability_materiallot ({names})
SELECT {values} FROM traceability_materiallot l, generate_series(1, %(count)s) n WHERE l.id = %(like)s RETURNING id
"""


def filled(*, lot: MaterialLot, place: Equipment, by: Person, characteristic: Characteristic, at: datetime) -> None:
    """Write them all, and let the planner know."""
    lots = copies(lot)
    words = {
        "inspections": INSPECTIONS, "to_do": TO_DO, "cases": NONCONFORMANCES, "open": OPEN, "site": lot.site_id,
        "place": place.pk, "by": by.pk, "at": at, "lots": lots, "lot_count": len(lots),
        "characteristic": characteristic.pk,
    }
    with connection.cursor() as cursor:
        for statement, table in (
            (INSPECT, "qms_inspection"), (ITEMS, "qms_inspectionitem"), (RESULTS, "qms_inspectionresult"),
            (CASES, "qms_nonconformance"), (CASE_LOTS, "qms_nonconformancelot"),
        ):
            cursor.execute(statement, words)
            cursor.execute(f"ANALYZE {table}")


def copies(lot: MaterialLot) -> list[int]:
    """So many lots like one."""
    fields = [field.column for field in MaterialLot._meta.concrete_fields if not field.primary_key]
    values = ["'BL' || lpad(n::text, 6, '0')" if name == "number" else f"l.{name}" for name in fields]
    names = ", ".join(f'"{name}"' for name in fields)
    with connection.cursor() as cursor:
        statement = MANY_LOTS.format(names=names, values=", ".join(values))
        cursor.execute(statement, {"count": LOTS, "like": lot.pk})
        found = [pk for (pk,) in cursor.fetchall()]
        cursor.execute("ANALYZE traceability_materiallot")
        return found
