"""Files through the browser: export of what the list shows, import in two steps, undo."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from plant.console import files
from plant.models import MasterImport, MaterialDefinition, Role
from tests import factories

pytestmark = pytest.mark.django_db
BASE = "/admin/plant/materialdefinition/"


@pytest.fixture
def console():
    client = Client()
    client.force_login(factories.person("BOSS", Role.ADMINISTRATOR, language="en"))
    factories.material("PCB")
    return client


def upload(console, text, name="materials.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    return console.post(f"{BASE}import/", {"file": SimpleUploadedFile(name, content)})


def test_a_file_goes_through_check_confirmation_and_undo(console):
    page = upload(console, "code,name,unit\nPCB,Bare board,C62\nNEW,New,C62\n").content.decode()
    pending = MasterImport.objects.get()
    assert "Write these rows" in page
    assert MaterialDefinition.objects.get().name == "PCB"

    console.post(f"{BASE}import/{pending.pk}/confirm/")
    assert sorted(MaterialDefinition.objects.values_list("name", flat=True)) == ["Bare board", "New"]
    assert "1 rows get the values" in console.get(f"{BASE}import/{pending.pk}/undo/").content.decode()
    console.post(f"{BASE}import/{pending.pk}/undo/")

    assert MaterialDefinition.objects.get().name == "PCB"


def test_a_faulty_file_offers_no_confirmation_and_can_not_be_forced(console):
    page = upload(console, "code,name,unit\nPCB,Bare board,NONE\n").content.decode()

    answer = console.post(f"{BASE}import/{MasterImport.objects.get().pk}/confirm/")

    assert "Write these rows" not in page
    assert "There is no unit “NONE”" in page.replace("&quot;", '"')
    assert answer.status_code == 409
    assert MaterialDefinition.objects.get().name == "PCB"


def test_looking_at_the_confirmation_writes_nothing(console):
    upload(console, "code,name,unit\nNEW,New,C62\n")

    console.get(f"{BASE}import/{MasterImport.objects.get().pk}/confirm/")

    assert MaterialDefinition.objects.count() == 1


@pytest.mark.parametrize("content", [b"", b"x" * (files.MOST_BYTES + 1)], ids=["empty", "large"])
def test_a_file_that_can_not_be_read_is_refused_in_words(console, content):
    answer = upload(console, content)

    assert answer.status_code == 409
    assert 'role="alert"' in answer.content.decode()


def test_no_file_is_told(console):
    assert console.post(f"{BASE}import/").status_code == 409


def test_an_export_holds_what_the_list_shows_and_comes_back_unchanged(console):
    MaterialDefinition.objects.filter(code="PCB").update(name="=cmd|' /C calc'!A0")
    factories.material("SCREW")

    text = b"".join(console.get(f"{BASE}export/csv/?q=PCB").streaming_content)
    page = upload(console, text).content.decode()

    assert b"SCREW" not in text
    assert b"'=cmd" in text
    assert "already as it says" in page


def test_an_exported_workbook_comes_back_unchanged(console):
    MaterialDefinition.objects.filter(code="PCB").update(gtin="00012345600012", name="'quoted")

    book = console.get(f"{BASE}export/xlsx/").content

    sheet = load_workbook(io.BytesIO(book)).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row if cell.value} == {"s"}
    assert "already as it says" in upload(console, book, "m.xlsx").content.decode()


def test_more_rows_than_a_file_holds_ask_for_a_filter(console, monkeypatch):
    monkeypatch.setattr("plant.web.console_files.MOST_EXPORTED", 0)

    assert console.get(f"{BASE}export/csv/").url == f"{BASE}?"
