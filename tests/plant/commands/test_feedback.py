"""Feedback: kept with where it was told, settled only with an answer, and its teller gets to know."""

import pytest
from django.db import IntegrityError, transaction

from plant.commands import feedback
from plant.commands.journal import IllegalMove
from plant.models import Equipment, Feedback, JournalEntry, Notice
from plant.policies import Forbidden
from plant.queries import feedback as reading
from plant.queries.health import version
from plant.scoping import Foreign
from tests.factories import NOW, person, site

pytestmark = pytest.mark.django_db


def told(by, **said):
    said = {"kind": "BROKEN", "text": "The list is empty", "page": "/trace/lots/?q=1", "language": "en", **said}
    return feedback.tell(**said, by=by, at=NOW)


def settled(one, by, to="DONE", answer="It shows all lots now."):
    return feedback.settle(feedback=one, to=to, answer=answer, by=by, at=NOW)


def test_where_it_was_told_goes_along():
    one = told(person("L1", "TEAM_LEADER", "INSPECTOR"), text="  a\r\nb ")

    assert (one.text, one.page, one.language, one.version, one.roles, one.status) == (
        "a\nb", "/trace/lots/?q=1", "en", version(), ["INSPECTOR", "TEAM_LEADER"], "NEW")
    assert JournalEntry.objects.get(kind="feedback.told").actor == "L1"


@pytest.mark.parametrize("page", ["https://e.example/x", "//e.example", "javascript:alert(1)", "/" + "x" * 500, "/\n"])
def test_an_address_of_elsewhere_is_left_away(page):
    assert told(person("L1", "TEAM_LEADER"), page=page).page == ""


@pytest.mark.parametrize("wrong", [{"text": " \n"}, {"text": "x" * 4001}, {"kind": "OTHER"}])
def test_what_says_nothing_is_refused(wrong):
    with pytest.raises(feedback.FeedbackRefused):
        told(person("L1", "TEAM_LEADER"), **wrong)


def test_people_of_other_companies_tell_nothing_here():
    with pytest.raises(Forbidden):
        told(person("S1", "SUPPLIER"))


@pytest.mark.parametrize(("to", "word"), [("DONE", "已完成"), ("DECLINED", "未采纳")])
def test_an_answer_reaches_whoever_told_it_in_their_language(to, word):
    teller, manager = person("L1", "INSPECTOR", language="zh-hans"), person("QM", "QUALITY_MANAGER")
    one = settled(told(teller), manager, to)

    notice = Notice.objects.get(person=teller)
    assert (notice.title, notice.url) == (f"{word}：The list is empty", f"/feedback/{one.pk}/")
    kinds = JournalEntry.objects.filter(subject_kind="feedback").order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["feedback.told", "feedback.seen", f"feedback.{to.lower()}"]
    assert (one.status, one.answered_by, one.answered_at) == (to, manager, NOW)


def test_nothing_is_settled_without_words_or_twice():
    manager = person("QM", "QUALITY_MANAGER")
    one = told(person("L1", "INSPECTOR"))
    with pytest.raises(feedback.FeedbackRefused):
        settled(one, manager, answer="  ")
    settled(one, manager)

    with pytest.raises(IllegalMove):
        settled(one, manager, to="DECLINED")


def test_only_those_who_answer_see_or_settle_it():
    leader = person("L1", "TEAM_LEADER")
    one = told(leader)

    with pytest.raises(Forbidden):
        feedback.see(feedback=one, by=leader)
    with pytest.raises(Forbidden):
        settled(one, leader)


def test_a_manager_of_another_site_neither_answers_nor_is_asked():
    one = told(person("L1", "TEAM_LEADER", site=site()))
    there = Equipment.objects.create(code="SITE-2", name="Other", level="SITE")
    near, far = person("QM", "QUALITY_MANAGER", site=site()), person("QM2", "QUALITY_MANAGER", site=there)

    assert [len(reading.waiting(who)) for who in (near, far)] == [1, 0]
    with pytest.raises(Foreign):
        feedback.see(feedback=one, by=far)


@pytest.mark.parametrize("wrong", [{"status": "DONE"}, {"answer": "x"}, {"text": ""}])
def test_the_database_keeps_state_and_answer_together(wrong):
    one = told(person("L1", "TEAM_LEADER"))

    with pytest.raises(IntegrityError), transaction.atomic():
        Feedback.objects.filter(pk=one.pk).update(**wrong)
