"""FMEA on the screen: rows saved each for itself, refused ones with a word, acts by their buttons."""

import json
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from qms.models import Fmea, FmeaLine
from tests.qms import planning as make
from tests.qms.factories import PASSWORD, engineer

pytestmark = pytest.mark.django_db


def client(by=None):
    found = Client()
    found.force_login(by or make.author())
    return found


def send(fmea, *rows, by=None):
    url = reverse("qms:fmea-rows", args=[fmea.pk])
    return client(by).post(url, json.dumps({"rows": rows}), content_type="application/json").json()["rows"]


def test_rows_are_saved_each_for_itself():
    fmea, keys = make.fmea(), [str(uuid.uuid4()) for _ in range(2)]
    good = {"key": keys[0], "version": 0, "cells": {"mode": "Bridge", "severity": "9", "occurrence": "4"}}
    bad = {"key": keys[1], "version": 0, "cells": {"mode": "Open", "severity": "99"}}

    saved, refused = send(fmea, good, bad)

    assert (saved["version"], saved["cells"]["severity"]) == (1, "9")
    assert (refused["error"], refused["field"]) == ("row-refused", "severity")
    assert FmeaLine.objects.get().mode == "Bridge"


def test_a_row_that_somebody_else_changed_comes_back_with_both_words():
    line = make.chain(make.fmea())
    row = {"key": str(line.key), "version": 1}
    send(line.fmea, {**row, "cells": {"mode": "Theirs"}}, by=engineer())

    [answer] = send(line.fmea, {**row, "cells": {"mode": "Mine"}})

    assert (answer["error"], answer["theirs"]["cells"]["mode"], answer["theirs"]["version"]) == (
        "row-changed", "Theirs", 2)
    [kept] = send(line.fmea, {**row, "version": 2, "cells": {"mode": "Mine"}})
    assert kept["version"] == 3


@pytest.mark.parametrize("body", ["", "[]", '{"rows": 1}', '{"rows": [1]}', '{"rows": [{"key": "x"}]}'])
def test_nonsense_is_refused_and_not_a_fault(body):
    url = reverse("qms:fmea-rows", args=[make.fmea().pk])

    answer = client().post(url, body, content_type="application/json", headers={"Accept": "application/json"})

    assert answer.status_code in (200, 409)


def test_pages_are_drawn_and_say_why_a_button_is_grey():
    fmea = make.fmea()
    line = make.chain(fmea)
    make.action(line)
    names = [("fmea-list", []), ("risk-list", []), ("fmea-create", []), ("fmea-detail", [fmea.pk]),
             ("fmea-compare", [fmea.pk]), ("fmea-bring", [fmea.pk]), ("fmea-line", [line.pk]),
             ("fmea-workbook", [fmea.pk])]

    statuses = {name: client().get(reverse(f"qms:{name}", args=args)).status_code for name, args in names}
    paper = client().get(reverse("plant:sheet", args=["fmea", fmea.pk]))

    assert statuses == dict.fromkeys(statuses, 200)
    assert ">Cold joint</textarea>" in client().get(reverse("qms:fmea-detail", args=[fmea.pk])).content.decode()
    assert paper["Content-Type"] == "application/pdf"


def test_from_draft_to_effective_by_the_buttons():
    fmea = make.fmea()
    make.chain(fmea)
    author, other = client(), client(engineer("OTHER"))

    author.post(reverse("qms:fmea-submit", args=[fmea.pk]))
    page = other.get(reverse("qms:fmea-detail", args=[fmea.pk]))
    signed = {"reason": "Read", "password": PASSWORD, "seen_hash": page.context["seen_hash"], "meaning": "APPROVED"}
    other.post(reverse("qms:fmea-approve", args=[fmea.pk]), signed)
    answer = author.post(reverse("qms:fmea-revise", args=[fmea.pk]), {"reason": "New oven"})

    assert list(Fmea.objects.order_by("revision").values_list("status", flat=True)) == ["EFFECTIVE", "DRAFT"]
    assert answer.url == reverse("qms:fmea-detail", args=[Fmea.objects.get(revision=2).pk])


def test_an_action_from_plan_to_done_by_the_forms():
    line = make.chain(make.fmea())
    page = client()
    page.post(reverse("qms:fmea-line-plan", args=[line.pk]), {
        "kind": "PREVENTION", "text": "Second thermocouple", "owner": "AUTHOR", "due_at": "2026-04-01T12:00"})
    action = line.actions.get()
    page.post(reverse("qms:fmea-line-begin", args=[line.pk, action.pk]))
    page.post(reverse("qms:fmea-line-finish", args=[line.pk, action.pk]), {
        "taken": "Fitted", "severity": 8, "occurrence": 2, "detection": 3})

    action.refresh_from_db()
    assert (action.status, action.before, action.after) == ("DONE", "M", "L")
