"""Two lots of one series decided at once are both counted, and without the lock one would be lost."""

import threading

from qms.commands import inspections, series
from qms.models import Inspection, SamplingSeries, Verdict
from tests.factories import NOW, person
from tests.qms.commands.test_series import BAD, arrive, planned


def two_lost_lots():
    """Two lots of one series whose samples hold two faults already, not decided yet."""
    planned()
    inspector = person("IN", "INSPECTOR")
    tasks = [Inspection.objects.get(lot=arrive(number)) for number in ("L1", "L2")]
    for task in tasks:
        for sample in (1, 2):
            inspections.record(
                inspection=task, item=task.items.get(), sample=sample, value=BAD, by=inspector, at=NOW
            )
    return [lambda task=task: inspections.decide(inspection=task, by=inspector, at=NOW) for task in tasks]


def test_both_rejections_count_and_tighten(at_once):
    ends = at_once(*two_lost_lots())

    found = SamplingSeries.objects.get()
    assert [end.verdict for end in ends] == [Verdict.FAIL, Verdict.FAIL]
    assert (found.lots, found.stage) == (2, "tightened")


def test_without_the_lock_one_of_them_is_lost(at_once, monkeypatch):
    acts, both = two_lost_lots(), threading.Barrier(2, timeout=30)

    def read_together(rows):
        """As if there were no lock: both have read before either writes."""
        found = list(rows)
        both.wait()
        return found

    monkeypatch.setattr(series, "lock", read_together)
    at_once(*acts)

    assert SamplingSeries.objects.get().lots == 1
