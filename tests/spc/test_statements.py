"""What programs say is kept as code and facts, and every reader gets it in their own language."""

import copy

import pytest
from django.utils.translation import override

from plant import statements
from plant.models import JournalEntry
from plant.queries import journal
from qms.models import Nonconformance
from qms.queries import nonconformances as reading
from tests.qms import factories as make
from tests.qms.commands.test_inspections import task
from tests.spc import factories as charts
from traceability.commands import holds
from traceability.models import Hold

pytestmark = pytest.mark.django_db


def found_by_a_chart() -> Nonconformance:
    make.reaction()
    make.board("B1")
    [violation] = charts.read(charts.chart(), [*charts.calm(40), 244.0])
    return violation.nonconformance


def test_a_finding_is_told_in_the_readers_language_wherever_it_is_copied():
    case = found_by_a_chart()
    hold, entry = Hold.objects.filter(lot__isnull=False).get(), JournalEntry.objects.get(kind="lot.held")
    with override("zh-hans"):
        told = {case.title, hold.reason, entry.reason}
    assert len(told) == 1
    assert "超出" in told.pop()
    with override("en"):
        assert {case.title, hold.reason, entry.reason} == {"ZONE3: beyond 3 sigma"}


def test_what_is_stored_and_signed_does_not_depend_on_the_language():
    case = found_by_a_chart()
    with override("zh-hans"):
        chinese = reading.seen(Nonconformance.objects.get(pk=case.pk))
    with override("en"):
        assert reading.seen(Nonconformance.objects.get(pk=case.pk)) == chinese
    assert chinese["title"].startswith("⟨spc.rule-fired⟩")
    assert Nonconformance.objects.filter(title__contains='"chart":"ZONE3"').exists()


def test_saving_and_reloading_keeps_the_statement():
    case = found_by_a_chart()
    kept = statements.kept(case.title)
    with override("zh-hans"):
        case.refresh_from_db()
        case.save()
    assert statements.kept(Nonconformance.objects.get(pk=case.pk).title) == kept


def test_what_a_person_typed_stays_as_typed():
    case = make.report(make.board("B1"), title="⟨spc.rule-fired⟩ is what the wall says")
    assert case.title == "⟨spc.rule-fired⟩ is what the wall says"


def test_a_hint_reaches_readers_of_both_languages():
    words = statements.for_everyone("title", statements.kept(found_by_a_chart().title))
    assert words["title"].startswith("ZONE3: beyond")
    assert "超出" in words["title_zh"]


def test_a_refused_scan_says_why_in_the_language_of_whoever_scanned():
    found_by_a_chart()
    with override("zh-hans"), pytest.raises(holds.Held) as refused:
        holds.check_free(lots=[Hold.objects.filter(lot__isnull=False).get().lot])
    assert "超出" in str(refused.value)
    assert "超出" in refused.value.facts["reason"]


def test_a_lot_that_waits_for_its_inspection_says_so_in_both_languages():
    one = task()
    hold = Hold.objects.get(cause_id=one.number)
    with override("zh-hans"):
        assert hold.reason == f"等待检验 {one.number}"
    with override("en"):
        assert journal.timeline(one.lot)[0].reason == f"Awaiting inspection {one.number}"


def test_told_words_can_be_copied_as_the_kept_answer_of_a_scan_is():
    told = statements.told(statements.say("no-such-code"))
    words = statements.Told("words", "⟨code⟩{}")

    assert (copy.deepcopy(words), copy.deepcopy(words).kept) == ("words", "⟨code⟩{}")
    assert copy.deepcopy({"detail": told}) == {"detail": told}
