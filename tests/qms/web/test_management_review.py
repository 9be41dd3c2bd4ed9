"""The management's review: every input that the standard asks for, counted from records, beside the time before."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from plant.models import Role
from qms import review_inputs
from qms.queries import management_review as reading
from tests.factories import person
from tests.qms import factories as make

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def manager():
    return person("QM", Role.QUALITY_MANAGER)


def figure(word, since, until):
    topics = reading.lines(manager(), since, until)
    return next(line for _topic, _word, rows in topics for line in rows if str(line.one.word) == word)


def test_every_topic_has_its_figures_and_an_empty_plant_has_none_that_lie():
    now = timezone.now()
    found = reading.lines(manager(), now - 30 * DAY, now)

    assert [topic for topic, _word, _rows in found] == list(review_inputs.TOPICS)
    shares = [line.now for _topic, _word, rows in found for line in rows if line.one.unit == "%"]
    assert set(shares) == {None}


def test_a_case_counts_in_its_own_days_and_stays_open_until_it_is_closed():
    now = timezone.now()
    make.report(make.board("B-1"), at=now - 40 * DAY)
    since, until = now - 30 * DAY, now

    with translation.override("en"):
        made, still = (
            figure(word, since, until) for word in ("Nonconformances opened", "Nonconformances open at the end")
        )

    assert ((made.now, made.before, made.trend), (still.now, still.before)) == ((0, 1, "better"), (1, 1))


def test_it_is_read_printed_and_taken_along_by_quality_alone():
    client = Client()
    client.force_login(manager())
    url = reverse("qms:management-review")

    answers = [client.get(url, {"format": kind}) for kind in ("", "pdf", "xlsx")]

    assert [one.status_code for one in answers] == [200, 200, 200]
    assert (answers[1].getvalue()[:5], answers[2].getvalue()[:2]) == (b"%PDF-", b"PK")
    client.force_login(person("OP", Role.OPERATOR))
    assert client.get(url).status_code == 403
