"""Files over a folder and over SFTP: taken once and whole, archived, told what is wrong; ours read back."""

import csv
import json
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest

from integrations.adapters.b2mml import writing
from integrations.adapters.files import ADAPTER, stores
from integrations.adapters.port import Again, Link, Never, Outgoing, Refused
from integrations.formats import safe_xml
from tests.integrations.adapters import sftp_server

TEXT = "物料编码,名称,unit,Farbe\nM-1,电路板,C62,rot\nM-2,电容,C62,\n"
OLD = time.time() - 60


@pytest.fixture(params=["FOLDER", "SFTP"])
def link(request: Any, tmp_path: Path, settings: Any) -> Iterator[Link]:
    """A connection to an empty folder."""
    settings.EXCHANGE_DIR = tmp_path
    (tmp_path / "erp").mkdir()
    said = {"noun": "material-definitions", "where": request.param}
    if request.param == "FOLDER":
        yield Link("erp", settings=said)
        return
    with sftp_server.running(tmp_path) as server:
        yield Link(
            "erp", endpoint=f"sftp://127.0.0.1:{server.port}/erp", settings={**said, "host_key": server.key},
            secrets={"user": sftp_server.USER, "password": sftp_server.PASSWORD},
            open_networks=(ip_network("127.0.0.0/8"),),
        )


@pytest.fixture
def here(tmp_path: Path, link: Link) -> Path:
    return tmp_path / "erp"


def put(here: Path, name: str, content: bytes | str = TEXT, at: float = OLD) -> Path:
    path = here / "in" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("gb18030"))
    os.utime(path, (at, at))
    return path


def names(here: Path, folder: str) -> list[str]:
    return sorted(one.name for one in (here / folder).iterdir()) if (here / folder).exists() else []


def fetched(link: Link) -> list[Any]:
    return list(ADAPTER.fetch(link, ""))


def test_each_row_is_a_message_and_the_file_is_archived(link: Link, here: Path) -> None:
    put(here, "m.csv")
    first, second = fetched(link)
    assert (first.noun, first.key, second.key) == ("material-definitions", "M-1", "M-2")
    assert json.loads(first.body) == {"code": "M-1", "name": "电路板", "unit": "C62", "Farbe": "rot"}
    assert first.id != second.id
    assert (names(here, "in"), names(here, "taking")) == ([], [])
    assert [name.endswith("m.csv") for name in names(here, "archive")] == [True]
    put(here, "m.csv")
    assert [one.id for one in fetched(link)] == [first.id, second.id]  # the same again claims the same


def test_refused_rows_lie_in_a_file_with_their_reasons_until_they_are_settled(link: Link, here: Path) -> None:
    put(here, "m.csv")
    first, second = fetched(link)
    assert int(first.version) == int(second.version) > 0  # a corrected row of a later file counts after these
    refused = [Refused(second.id, second.body, "unit: unknown"), Refused("of no file", b"{}", "x")]
    for _n in range(2):
        ADAPTER.refused(link, refused)
    [name] = [name for name in names(here, "errors") if name.endswith(".refused.csv")]
    assert name.startswith("m.csv.")
    lines = list(csv.DictReader((here / "errors" / name).read_text("utf-8-sig").splitlines()))
    assert [(row["code"], row["name"], row["row_number"], row["row_error"]) for row in lines] == [
        ("M-2", "电容", "2", "unit: unknown")]
    (here / "errors" / name).rename(here / "in" / "corrected.csv")
    os.utime(here / "in" / "corrected.csv", (OLD, OLD))
    [again] = fetched(link)
    assert (again.key, again.id != second.id, int(again.version) >= int(second.version)) == ("M-2", True, True)
    ADAPTER.refused(link, refused)
    ADAPTER.refused(link, [])
    assert [name for name in names(here, "errors") if name.endswith(".refused.csv")] == []


def test_a_file_that_is_still_written_waits(link: Link, here: Path) -> None:
    put(here, "new.csv", at=time.time())
    put(here, "half.csv.part")
    put(here, ".hidden.csv")
    assert fetched(link) == []
    marked = replace(link, settings={**link.settings, "ready": "MARKER"})
    assert fetched(marked) == []
    put(here, "new.csv.done", b"")
    assert len(fetched(marked)) == 2
    assert names(here, "in") == [".hidden.csv", "half.csv.part"]


def test_who_stops_in_the_middle_begins_the_file_again(link: Link, here: Path) -> None:
    put(here, "m.csv")
    reading = ADAPTER.fetch(link, "")
    first = next(reading)
    reading.close()
    assert names(here, "taking") == ["m.csv"]
    assert fetched(link)[0].id == first.id
    assert names(here, "taking") == []


def test_a_file_that_can_not_be_read_goes_aside_with_the_reason_and_stops_nobody(link: Link, here: Path) -> None:
    put(here, "a.xlsx", b"PK\x03\x04nonsense", at=OLD - 5)
    put(here, "b.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><rows><row><code>&a;</code></row></rows>', at=OLD - 4)
    put(here, "c.csv")
    assert [one.key for one in fetched(link)] == ["M-1", "M-2"]
    found = names(here, "errors")
    assert sorted(name.split("-", 3)[3] for name in found) == ["a.xlsx", "a.xlsx.txt", "b.xml", "b.xml.txt"]
    reason = next(here / "errors" / name for name in found if name.endswith("b.xml.txt"))
    assert reason.read_text().strip()


def test_a_request_that_was_cancelled_there_is_no_order_here(link: Link, here: Path) -> None:
    order = {"number": "WO-7", "material": "FG-1", "quantity": "5", "due_at": "2026-12-02T00:00:00+00:00"}
    schedule = writing.schedule([order], id="OS-1")
    safe_xml.add(safe_xml.children(schedule, "OperationsRequest")[0], "RequestState", "Aborted")
    at = datetime(2026, 12, 1, tzinfo=UTC)
    put(here, "orders.xml", writing.message("Sync", "OperationsSchedule", [schedule], id="m", at=at))
    [told] = fetched(link)
    assert "cancelled there" in told.fault


@pytest.mark.parametrize("kind", ["csv", "xlsx", "xml", "b2mml"])
def test_what_goes_out_is_a_whole_file_that_reads_back(link: Link, here: Path, kind: str) -> None:
    out = replace(link, settings={**link.settings, "format": kind})
    words = {"code": "M-1", "name": "=1+1 板", "unit": "C62"}
    message = Outgoing("id-1", "material-definitions", "M/../1", "1", words)
    assert ADAPTER.send(out, message).reference == ADAPTER.send(out, message).reference
    [name] = names(here, "out")
    assert ".." not in name
    put(here, name, (here / "out" / name).read_bytes())
    [back] = fetched(link)
    assert json.loads(back.body) == words


def test_a_test_says_what_was_found(link: Link, here: Path) -> None:
    put(here, "m.csv")
    assert ADAPTER.test(link).works
    assert names(here, "out") == []


@pytest.mark.parametrize("link", ["SFTP"], indirect=True)
def test_nobody_is_told_a_password_before_the_host_is_known(link: Link) -> None:
    key = link.settings["host_key"]
    with pytest.raises(Never, match=key.replace("+", r"\+")):
        ADAPTER.test(replace(link, settings={**link.settings, "host_key": ""}))
    with pytest.raises(Never, match="not the one"):
        ADAPTER.test(replace(link, settings={**link.settings, "host_key": "SHA256:other"}))
    with pytest.raises(Never, match="user"):
        ADAPTER.test(replace(link, secrets={"user": "plant", "password": "wrong"}))
    with pytest.raises(Never, match=r"127\.0\.0\.1"):
        ADAPTER.test(replace(link, open_networks=()))
    with pytest.raises(Again):
        ADAPTER.test(replace(link, endpoint="sftp://127.0.0.1:1/erp"))


def test_a_folder_is_never_left(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    (outside / "secret.csv").write_text("x")
    (inside / "in").symlink_to(outside)
    (inside / "one").mkdir()
    (inside / "one" / "link.csv").symlink_to(outside / "secret.csv")
    store = stores.Folder(inside)
    for path in ("../outside/secret.csv", "/etc/passwd", "in/secret.csv", "", "a\\b"):
        with pytest.raises(Never):
            store.write(path, b"x")
    assert store.entries("one") == []
    with pytest.raises(OSError, match="symbolic"):
        store.read("one/link.csv", 10)
    assert (outside / "secret.csv").read_text() == "x"
