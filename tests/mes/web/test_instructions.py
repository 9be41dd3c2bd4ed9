"""Instruction files on the screen: whole and in part, at the station and in the library, and for nobody else."""

import pytest
from django.test import Client
from django.urls import reverse

from mes.commands import instructions
from mes.models import InstructionMedia, Segment, WorkMaster
from plant.web import ranges
from tests.factories import person
from tests.mes import factories
from tests.mes.instruction_files import mp4, pdf, png, sent
from tests.mes.tablet.test_station import badge, scan, sign_on

pytestmark = pytest.mark.django_db
FILM = mp4()
END = len(FILM) - 1


@pytest.fixture
def world(tmp_path, settings):
    settings.VAR_DIR = tmp_path
    return factories.world()


def show(name="how.mp4", data=FILM, title="How", language="BOTH"):
    segment = Segment.objects.get(code="MOUNT")
    WorkMaster.objects.update(status="DRAFT")
    kept = instructions.attach(
        segment=segment, title=title, language=language, file=sent(name, data), by=person("ADM", "ADMINISTRATOR")
    )
    WorkMaster.objects.update(status="EFFECTIVE")
    return kept


def signed_in(*roles, language="en"):
    client = Client()
    client.force_login(person(f"ME-{'-'.join(roles)}", *roles, language=language))
    return client


@pytest.mark.parametrize(("asked", "status", "told"), [
    ("bytes=0-3", 206, (0, 3)), ("bytes=4-", 206, (4, END)), ("bytes=-5", 206, (END - 4, END)),
    ("bytes=10-999999", 206, (10, END)), ("bytes=99999-", 416, None), ("bytes=-0", 416, None),
    ("bytes=5-2", 200, None), ("bytes=0-1,4-5", 200, None), ("bytes=-", 200, None), ("lines=0-1", 200, None),
])
def test_a_player_gets_the_part_that_it_asks_for(world, asked, status, told):
    answer = signed_in("VIEWER").get(show().url, headers={"Range": asked})

    assert answer.status_code == status
    if status == 416:
        assert answer["Content-Range"] == f"bytes */{len(FILM)}"
        return
    first, last = told or (0, END)
    assert b"".join(answer.streaming_content) == FILM[first : last + 1]
    assert answer["Content-Length"] == str(last - first + 1)
    assert answer.get("Content-Range") == (f"bytes {first}-{last}/{len(FILM)}" if told else None)


def test_a_part_is_never_long_and_another_file_is_sent_whole(world, monkeypatch):
    monkeypatch.setattr(ranges, "MOST", 100)
    client, media = signed_in("VIEWER"), show()

    assert client.get(media.url, headers={"Range": "bytes=0-"})["Content-Length"] == "100"
    assert client.get(media.url, headers={"Range": "bytes=0-", "If-Range": f'"{media.sha256}"'}).status_code == 206
    assert client.get(media.url, headers={"Range": "bytes=0-", "If-Range": '"other"'}).status_code == 200


@pytest.mark.parametrize(("name", "data", "kind"), [
    ("a.mp4", FILM, "video/mp4"), ("a.png", png(), "image/png"), ("a.pdf", pdf(), "application/pdf"),
])
def test_a_file_is_shown_as_what_it_is_and_never_runs(world, name, data, kind):
    answer = signed_in("VIEWER").get(show(name, data).url)

    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == (kind, "nosniff")
    policy = answer["Content-Security-Policy"]
    assert "object-src 'none'" in policy if kind.endswith("pdf") else policy == "default-src 'none'; sandbox"


def test_nobody_else_sees_a_file(world):
    url = show().url
    assert Client().get(url).status_code == 302
    assert signed_in("SUPPLIER").get(url).status_code in (403, 404)
    assert signed_in("VIEWER").get(reverse("mes:instruction-media", args=[10**9])).status_code == 404


def test_the_library_shows_it_any_time(world):
    media, client = show(title="Order of the screws"), signed_in("VIEWER")

    page = client.get(reverse("mes:golden-detail", args=[media.segment_id])).content.decode()
    assert "Order of the screws" in page
    assert f'<video src="{media.url}"' in page
    assert "MOUNT" in client.get(reverse("mes:golden-list")).content.decode()


def at_the_station(world, language="en"):
    client = Client()
    badge(world.operator)
    type(world.operator).objects.filter(pk=world.operator.pk).update(language=language)
    sign_on(client, "B-OP")
    return client


@pytest.mark.parametrize(("language", "order"), [
    ("en", ["English one", "For all", "中文文件"]), ("zh-hans", ["For all", "中文文件", "English one"]),
])
def test_the_station_shows_its_operation_in_the_persons_language_first(world, language, order):
    show("a.png", png(), "English one", "EN")
    show("c.mp4", FILM, "For all")
    show("b.pdf", pdf(), "中文文件", "ZH")
    client = at_the_station(world, language)
    scan(client, world.job.number)

    page = client.get(reverse("station:instruction", args=["MOUNT"])).content.decode()
    assert sorted(order, key=page.index) == order
    button = client.get(reverse("station:work", args=["MOUNT"])).content.decode()
    assert f'href="{reverse("station:instruction", args=["MOUNT"])}"' in button


def test_without_an_operation_the_station_says_why(world):
    client = at_the_station(world)

    assert client.get(reverse("station:instruction", args=["MOUNT"])).url == reverse("station:work", args=["MOUNT"])
    assert "Scan a work order first." in client.get(reverse("station:work", args=["MOUNT"])).content.decode()
    assert "/sign-on/" in Client().get(reverse("station:instruction", args=["MOUNT"])).url


PARTS = ("materials", "setup_lines", "parameters", "data_items", "checks")


def posted(segment, name):
    """The form of an operation with one file."""
    empty = {f"{part}-{many}_FORMS": "0" for part in PARTS for many in ("TOTAL", "INITIAL")}
    return empty | {
        "work_master": segment.work_master_id, "sequence": 10, "code": "MOUNT", "name": "Mount",
        "seconds_per_piece": 10,
        "media-TOTAL_FORMS": "1", "media-INITIAL_FORMS": "0", "media-0-title": "How", "media-0-position": "10",
        "media-0-language": "BOTH", "media-0-file": sent(name, FILM),
    }


def test_the_console_takes_a_file_on_a_draft_and_none_on_an_effective_revision(world):
    segment, client = Segment.objects.get(code="MOUNT"), signed_in("ADMINISTRATOR")
    url = reverse("admin:mes_segment_change", args=[segment.pk])
    client.post(url, posted(segment, "how.mp4"))
    assert not InstructionMedia.objects.exists()
    WorkMaster.objects.update(status="DRAFT")

    assert client.post(url, posted(segment, "how.png")).status_code == 200
    assert client.post(url, posted(segment, "how.mp4") | {"name": ""}).status_code == 200
    answer = client.post(url, posted(segment, "how.mp4"))
    assert (answer.status_code, InstructionMedia.objects.get().media_type) == (302, "video/mp4")
    assert InstructionMedia.objects.get().url in client.get(url).content.decode()
