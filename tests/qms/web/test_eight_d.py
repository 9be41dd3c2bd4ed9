"""The workbench of an 8D in the browser's eyes: its stages, dialogs, files, and its report in both languages."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook
from PIL import Image

from plant.models import Role
from plant.web.forms import token
from qms.models import CapaEvidence, CorrectiveAction
from qms.web.capa_stage_forms import CompareForm
from tests.qms import eight_d_world as world
from tests.qms import factories as make
from tests.qms.web.test_pages import signed_in

pytestmark = pytest.mark.django_db


def post(client, name, capa, *args, **fields):
    return client.post(reverse(f"qms:capa-{name}", args=[capa.number, *args]), fields)


def test_a_team_fills_in_a_stage_and_finishes_it():
    capa, client = world.to_stage(world.opened(), "D2"), signed_in(Role.QUALITY_ENGINEER)
    said = {"WHERE-is_so": "Line 1", "WHERE-is_not": "Line 2", "WHERE-difference": "New oven"}
    said["version"] = token(CompareForm.of(capa).standing)

    assert post(client, "compare", capa, **said).status_code == 302
    seen = token({"text": capa.problem})
    assert post(client, "stage-write", capa, "d2", text="Since Monday", version=seen).status_code == 302
    assert post(client, "stage-finish", capa, "d2").status_code == 302

    page = client.get(reverse("qms:capa-detail", args=[capa.number])).content.decode()
    assert ("New oven" in page, capa.stages.get(code="D2").status) == (True, "DONE")


def test_a_refused_stage_opens_its_own_dialog_again():
    capa, client = world.to_stage(world.opened(), "D3"), signed_in(Role.QUALITY_ENGINEER)

    answer = post(client, "stage-reopen", capa, "d2", reason="")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="reopen-d2" aria-labelledby="reopen-d2-title" data-open' in page


def test_whys_and_causes_are_drawn_on_the_page():
    capa, client = world.to_stage(world.opened(), "D4"), signed_in(Role.QUALITY_ENGINEER)

    post(client, "why", capa, track="OCCURRENCE", text="Nobody <looked>")
    post(client, "cause", capa, bone="MACHINE", text="Fan worn")

    page = client.get(reverse("qms:capa-detail", args=[capa.number])).content.decode()
    assert ("Nobody &lt;looked&gt;</text>" in page, "Fan worn</text>" in page) == (True, True)


def test_an_action_is_done_with_a_photo():
    capa, client = world.to_stage(world.opened(), "D6"), signed_in(Role.OPERATOR)
    into = io.BytesIO()
    Image.new("RGB", (4, 4)).save(into, "PNG")
    photo = SimpleUploadedFile("proof.png", into.getvalue(), "image/png")

    answer = post(client, "finish-action", capa, capa.actions.get().pk, result="Changed", files=photo)

    assert answer.status_code == 302
    assert CapaEvidence.objects.get().attachment.name == "proof.png"


@pytest.mark.parametrize(("language", "word"), [("en", "Is and is not"), ("zh-hans", "是与不是")])
def test_the_report_goes_out_in_both_languages(language, word):
    capa, client = world.to_stage(world.opened(), "D8"), signed_in(Role.QUALITY_ENGINEER)
    address = reverse("plant:sheet", args=["correctiveaction", capa.pk])

    paper = client.get(address, {"language": language})
    book = client.get(address, {"language": language, "format": "xlsx"})

    cells = [str(cell) for row in load_workbook(io.BytesIO(book.getvalue())).active.values for cell in row if cell]
    assert paper.getvalue().startswith(b"%PDF-")
    assert word in cells


def test_a_capa_is_opened_for_an_audit():
    make.station()
    client = signed_in(Role.QUALITY_ENGINEER)
    said = {
        "title": "Records missing", "problem": "Three records", "source_kind": "AUDIT", "source_id": "A1",
        "site": "SITE", "severity": "MINOR", "method": "EIGHT_D", "owner": make.engineer().number,
        "due_at": "2026-04-01T08:00", "check_due_at": "2026-05-01T08:00",
    }

    answer = client.post(reverse("qms:capa-new"), said)

    assert answer.status_code == 302
    assert (CorrectiveAction.objects.get().source_kind, CorrectiveAction.objects.get().stages.count()) == ("AUDIT", 9)
