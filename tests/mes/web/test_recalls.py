"""A recall in a browser's words: from the scope in one act, its page, a letter, a drill's proof, and its close."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from plant.commands import signatures
from qms.models import Recall, RecallKind, RecallLetter, RecallStatus
from qms.queries import recall_letters as letters
from qms.queries import recalls as reading
from qms.web import recall_shell
from tests.factories import PASSWORD
from tests.mes import packed, recalled

pytestmark = pytest.mark.django_db
FORM = {"title": "Relays stay open", "reason": "Wrong alloy", "severity": "MAJOR", **recalled.TEXTS}


def test_from_the_scope_to_a_recall_in_one_act(client):
    recalled.world()
    client.force_login(recalled.engineer())
    asked = "?kind=lot&code=RAW"
    scope = client.get(reverse("traceability:scope") + asked)
    assert reverse("qms:recall-new") + asked.replace("&", "&amp;") in scope.content.decode()

    answer = client.post(reverse("qms:recall-new") + asked, FORM)

    one = Recall.objects.get()
    assert answer.url == reverse("qms:recall-detail", args=[one.number])
    page = client.get(answer.url)
    assert (page.status_code, page.context["lots"]) == (200, 3)
    assert [word.rpartition("：")[2] for word in page.context["left"]] == ["C-NORTH"]
    letter = client.get(
        reverse("qms:recall-letter-file", args=[one.number, "C-NORTH"]), {"language": "en"}
    )
    assert letter.content.startswith(b"%PDF")
    said = letters.rows(one, packed.customer())
    assert [(row[0], row[1]) for row in said] == [("SH-1", "G1")]
    lot = client.get(reverse("traceability:lot-detail", args=["G1"]), {"tab": "genealogy"})
    assert one.number in lot.content.decode()


def test_a_recall_without_a_scope_says_where_it_begins(client):
    client.force_login(recalled.engineer())
    answer = client.get(reverse("qms:recall-new"))
    assert answer.status_code == 200
    assert reverse("traceability:scope") in answer.content.decode()


def test_a_drill_from_its_clock_to_its_proof(client):
    recalled.world()
    client.force_login(recalled.engineer())
    said = {"title": "Where is RAW?", "reason": "Yearly", "goal_minutes": "60"}
    detail = client.post(reverse("qms:recall-drill"), said).url
    one = Recall.objects.get(kind=RecallKind.DRILL)
    assert client.post(detail + "scope/", {"kind": "lot", "code": "NOPE"}).status_code == 409
    client.post(detail + "scope/", {"kind": "lot", "code": "RAW"})
    client.post(detail + "declare/")
    task = {"title": "Label the store", "owner": recalled.engineer().number, "due_at": "2030-01-01T00:00"}
    client.post(detail + "add-task/", task)
    client.post(reverse("qms:recall-task-finish", args=[one.tasks.get().pk]), {"outcome": "Labelled."})

    client.force_login(recalled.manager())
    one.refresh_from_db()
    seen = signatures.content_hash(reading.seen(one))
    client.post(detail + "close/", {"reason": "Found in time.", "password": PASSWORD, "seen_hash": seen})

    one.refresh_from_db()
    assert (one.status, client.get(detail).status_code) == (RecallStatus.CLOSED, 200)
    assert client.get(reverse("plant:sheet", args=["recall", one.pk])).content.startswith(b"%PDF")
    with override("en"):
        proof = recall_shell.sheet(one, one.closed_by)
    facts = dict(proof.facts)
    assert (proof.kind, facts["Accounted for"], facts["Lots reached"]) == ("Proof of a recall drill", "100.0 %", "3")
    assert ("Conclusion", "Found in time.") in proof.texts


def test_what_is_noted_about_customers(client):
    recalled.world()
    one = recalled.declared()
    client.force_login(recalled.engineer())
    detail = reverse("qms:recall-detail", args=[one.number])
    client.post(detail + "tell/", {"customer": "C-NORTH", "way": "MAIL"})
    client.post(detail + "answer/", {
        "customer": "C-NORTH", "material": packed.board().code, "destroyed": "4", "used": "0", "remark": "Shredded",
    })
    client.post(detail + "look-again/")
    page = client.get(detail)
    assert (page.context["left"], page.context["recovered"]) == ([], 40)


def test_letters_are_written_from_the_page(client):
    recalled.world()
    one = recalled.declared()
    client.force_login(recalled.engineer())
    detail = reverse("qms:recall-detail", args=[one.number])
    assert client.post(detail + "write/", {"email_0": ""}).status_code == 409
    assert client.post(detail + "write/", {"email_0": "nobody"}).status_code == 422

    answer = client.post(detail + "write/", {"email_0": "ann@north.example", "language_0": "en"})

    assert answer.url == detail
    page = client.get(detail)
    assert [(row.to, row.status) for row in page.context["letters"]] == [("ann@north.example", "WAITING")]
    assert "EMAIL_HOST" in page.content.decode()
    RecallLetter.objects.update(status="DEAD")
    client.post(detail + f"letters/{RecallLetter.objects.get().pk}/again/")
    assert RecallLetter.objects.get().status == "WAITING"
