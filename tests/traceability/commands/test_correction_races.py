"""Two people who decide about one change at the same moment."""

from plant.models import JournalEntry
from tests import factories as ground
from tests.factories import NOW
from tests.traceability import worlds
from tests.traceability.commands.test_corrections import approve, engineer, propose
from traceability.commands import corrections as commands
from traceability.models import Correction


def test_two_who_decide_at_once_decide_once(at_once):
    here = worlds.world()
    one = propose(worlds.raw(here, "R1"), "SUPPLIER_LOT", text="SL-2")
    second = ground.person("ENG2", "QUALITY_MANAGER")
    engineer()
    ended = at_once(lambda: approve(one), lambda: approve(one, by=second),
                    lambda: commands.refuse(correction=one, reason="no", by=second, at=NOW))
    assert sum(isinstance(end, Correction) for end in ended) == 1, ended
    assert JournalEntry.objects.filter(kind__in=["correction.approved", "correction.refused"]).count() == 1
