"""Files through the browser: a check writes nothing, right rows are written once, wrong ones come back to be mended."""

import io
from functools import partial
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from integrations.imports import objects, running
from integrations.imports.commands import file_imports
from integrations.imports.objects import IMPORTED
from integrations.imports.queries import file_imports as reading
from integrations.models import FileHeading, FileImport
from mes.models import WorkRequest
from plant.errors import Refusal
from plant.models import Equipment, MaterialDefinition, Role
from tests import factories

TEXT = "物料编码,名称,计量单位,保质期,颜色\nM-1,电路板,C62,90,红\nM-2,电容,KLINGON,,\nM-3,电阻,C62,abc,\n"


@pytest.fixture
def boss(db: None) -> Any:
    factories.material("PCB")
    factories.site()
    return factories.person("BOSS", Role.ADMINISTRATOR, language="en")


def client_of(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address() -> str:
    from django.urls import reverse

    return reverse("integrations:import-list")


def send(client: Client, content: str | bytes, noun: str = "material-definitions", **more: str) -> Any:
    raw = content if isinstance(content, bytes) else content.encode()
    file = SimpleUploadedFile(more.pop("name", "parts.csv"), raw)
    return client.post(f"{address()}new/", {"noun": noun, "file": file, **more}, follow=True)


def uploaded(by: Any, text: str, noun: str = "material-definitions", *, whole: bool = False) -> FileImport:
    return file_imports.upload(
        noun=noun, file_name="x.csv", content=text.encode(), encoding="", is_whole=whole, by=by, at=timezone.now())


def checked(row: FileImport) -> FileImport:
    file_imports.begin_check(file_import=row, columns=row.columns, by=row.by, at=timezone.now())
    running.run(row.pk)
    return FileImport.objects.get(pk=row.pk)


def written(row: FileImport) -> FileImport:
    file_imports.begin_write(file_import=row, by=row.by, at=timezone.now())
    running.run(row.pk)
    return FileImport.objects.get(pk=row.pk)


def counts(row: FileImport) -> tuple[int, int, int, int]:
    return row.created, row.changed, row.unchanged, row.refused


def test_from_the_upload_to_the_mended_file(boss: Any) -> None:
    client = client_of(boss)
    page = send(client, TEXT).content.decode()
    row = FileImport.objects.get()
    assert row.columns == {"物料编码": "code", "名称": "name", "计量单位": "unit", "保质期": "shelf_life_days"}
    assert "红" in page
    base = f"{address()}{row.pk}/"

    page = client.post(f"{base}columns/", {"h0": "code", "h1": "name", "h2": "unit", "h3": "shelf_life_days"},
                       follow=True).content.decode()
    assert "KLINGON" in page
    assert MaterialDefinition.objects.count() == 1
    assert counts(FileImport.objects.get()) == (1, 0, 0, 2)

    client.post(f"{base}write/")
    row = FileImport.objects.get()
    assert (row.status, counts(row), bytes(row.content)) == ("DONE", (1, 0, 0, 2), b"")
    assert MaterialDefinition.objects.get(code="M-1").shelf_life_days == 90

    book = load_workbook(io.BytesIO(client.get(f"{base}errors.xlsx").content))
    lines = [[cell or "" for cell in line] for line in book.worksheets[0].iter_rows(values_only=True)]
    assert [line[0] for line in lines] == ["物料编码", "M-2", "M-3"]
    assert all(line[-1] for line in lines[1:])

    mended = client.get(f"{base}errors.csv").content.decode("utf-8-sig").replace("KLINGON", "C62").replace("abc", "30")
    send(client, mended)
    again = written(checked(FileImport.objects.first()))
    assert counts(again) == (2, 0, 0, 0)


def test_columns_that_a_file_has_not_stay_as_they_are(boss: Any) -> None:
    MaterialDefinition.objects.filter(code="PCB").update(use="FINISHED", shelf_life_days=30, gtin="")
    row = checked(uploaded(boss, "code,name,shelf life\nPCB,New name,\n"))
    assert counts(row) == (0, 1, 0, 0)
    written(row)
    found = MaterialDefinition.objects.get(code="PCB")
    assert (found.name, found.use, found.shelf_life_days) == ("New name", "FINISHED", None)


def test_all_or_none(boss: Any) -> None:
    text = "code,name,unit\nA,A,C62\nB,B,KLINGON\n"
    row = checked(uploaded(boss, text, whole=True))
    with pytest.raises(Refusal):
        written(row)
    good = checked(uploaded(boss, text.replace("KLINGON", "C62"), whole=True))
    MaterialDefinition.objects.filter(code="PCB").update(gtin="4006381333931")
    assert counts(written(good)) == (2, 0, 0, 0)
    late = checked(uploaded(boss, "code,name,unit,gtin\nC,C,C62,\nD,D,C62,96385074\n", whole=True))
    MaterialDefinition.objects.filter(code="PCB").update(gtin="96385074")
    late = written(late)
    assert (late.status, late.refused) == ("CHECKED", 1)
    assert not MaterialDefinition.objects.filter(code__in=["C", "D"]).exists()


def test_a_row_may_stand_in_one_that_the_file_brings(boss: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "PIECE", 1)
    text = "code,name,level,parent\nL-9,Line,WORK_CENTER,SITE\nS-9,Station,工位,L-9\nS-8,Station,WORK_UNIT,NOWHERE\n"
    row = checked(uploaded(boss, text, "equipment"))
    assert counts(row) == (2, 0, 0, 1)
    assert counts(written(row)) == (2, 0, 0, 1)
    assert Equipment.objects.get(code="S-9").parent.code == "L-9"


def test_orders_are_planned_once_and_the_same_file_changes_nothing(db: None) -> None:
    factories.site()
    factories.material("PCB")
    planner = factories.person("PL", Role.PLANNER)
    text = "生产订单号,物料,数量,交期,release\nWO-1,PCB,10,2026-12-01,no\nWO-2,PCB,ten,2026-12-01,no\n"
    row = written(checked(uploaded(planner, text, "work-requests")))
    assert counts(row) == (1, 0, 0, 1)
    assert WorkRequest.objects.get().quantity == 10
    assert counts(checked(uploaded(planner, text, "work-requests"))) == (0, 0, 1, 1)


def test_what_somebody_chose_for_a_heading_is_remembered(boss: Any) -> None:
    row = uploaded(boss, "Teil,Bez,unit\nX,X,C62\n")
    assert row.columns == {"unit": "unit"}
    file_imports.begin_check(file_import=row, columns={"Teil": "code", "Bez": "name"}, by=boss, at=timezone.now())
    assert uploaded(boss, "Teil,Bez,unit\nX,X,C62\n").columns == {"Teil": "code", "Bez": "name"}
    assert FileHeading.objects.filter(person=boss).count() == 3


def test_who_may(boss: Any) -> None:
    planner = factories.person("PL", Role.PLANNER, language="en")
    assert [noun.code for noun in objects.offered(planner)] == [
        code for code, noun in IMPORTED.items() if noun.writes in ("orders:write", "shipments:write")]
    assert "work-requests" not in [noun.code for noun in objects.offered(boss)]
    row = uploaded(boss, "code,name,unit\nX,X,C62\n")
    with pytest.raises(Refusal):
        uploaded(planner, "code,name,unit\nX,X,C62\n")
    other = factories.person("BOSS-2", Role.ADMINISTRATOR)
    with pytest.raises(Refusal):
        file_imports.begin_check(file_import=row, columns=row.columns, by=other, at=timezone.now())
    assert client_of(planner).get(f"{address()}templates/material-definitions.csv").status_code == 404
    assert client_of(planner).get(f"{address()}templates/work-requests.xlsx").status_code == 200
    assert client_of(factories.person("OP", Role.OPERATOR)).get(address()).status_code == 403


def test_files_that_are_none(boss: Any) -> None:
    client = client_of(boss)
    for content in (b"\x00\x01", b"", b"<!DOCTYPE x><rows/>", b"code,code\n1,2\n"):
        assert send(client, content).status_code in (409, 422)
    assert not FileImport.objects.exists()
    without_key = uploaded(boss, "name,unit\nX,C62\n")
    with pytest.raises(Refusal, match="by which rows are known"):
        file_imports.begin_check(file_import=without_key, columns=without_key.columns, by=boss, at=timezone.now())


def test_a_worker_that_dies_is_followed_by_one_that_goes_on(boss: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "PIECE", 2)
    text = "code,name,unit\n" + "".join(f"N-{n},Name,C62\n" for n in range(5))
    row = checked(uploaded(boss, text))
    file_imports.begin_write(file_import=row, by=boss, at=timezone.now())
    step, calls = file_imports.step, []

    def dying(**words: Any) -> bool:
        calls.append(words)
        if len(calls) == 2:
            raise MemoryError
        return step(**words)

    monkeypatch.setattr(file_imports, "step", dying)
    with pytest.raises(MemoryError):
        running.run(row.pk)
    assert FileImport.objects.get(pk=row.pk).at_row == 2
    assert running.sweep() == 1
    assert counts(FileImport.objects.get(pk=row.pk)) == (5, 0, 0, 0)


def test_two_workers_write_a_piece_once(committed_db: None, at_once: Any) -> None:
    factories.material("PCB")
    factories.site()
    boss = factories.person("BOSS", Role.ADMINISTRATOR)
    row = checked(uploaded(boss, "code,name,unit\nR-1,A,C62\nR-2,B,C62\n"))
    file_imports.begin_write(file_import=row, by=boss, at=timezone.now())
    each = [FileImport.objects.get(pk=row.pk) for _worker in range(3)]  # read before any of them writes
    content = objects.open_file("x.csv", bytes(each[0].content), "")
    found = list(objects.objects(IMPORTED[row.noun], content, each[0].columns))

    def step(mine: FileImport) -> bool:
        return file_imports.step(file_import=mine, found=found, seen=set(), at=timezone.now())

    assert sorted(at_once(*(partial(step, mine) for mine in each))) == [False, False, True]
    assert counts(FileImport.objects.get(pk=row.pk)) == (2, 0, 0, 0)


def test_a_file_of_errors_is_read_without_its_last_column(boss: Any) -> None:
    row = checked(uploaded(boss, "code,name,unit\nA,A,KLINGON\n"))
    again = reading.corrections(row, "csv").decode("utf-8-sig")
    assert reading.error_heading() not in uploaded(boss, again).columns


def test_measured_values_of_an_inspection(db: None) -> None:
    from qms.models import InspectionResult
    from tests.qms.commands.test_inspections import inspector, task

    one = task()
    code = one.items.select_related("characteristic").first().characteristic.code
    text = f"inspection,results.characteristic,results.sample,results.value\n{one.number},{code},1,250\n" \
           f"{one.number},{code},2,251.5\n"
    row = written(checked(uploaded(inspector(), text, "inspection-results")))
    assert (row.rows, counts(row)) == (1, (0, 1, 0, 0))
    assert list(InspectionResult.objects.order_by("sample").values_list("sample", "value")) == [(1, 250), (2, 251.5)]
    assert counts(checked(uploaded(inspector(), text, "inspection-results"))) == (0, 0, 1, 0)
    wrong = checked(uploaded(inspector(), text.replace("251.5", "warm"), "inspection-results"))
    assert list(wrong.refusals.get().errors) == ["results.value"]
