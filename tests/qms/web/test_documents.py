"""Documents on the screen: every page in both languages, the stamped file, the way from draft to signature."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from plant import stamping
from plant.models import Role
from qms.commands import document_release
from qms.models import Document
from tests.factories import PASSWORD
from tests.qms import papers
from tests.qms.web.test_pages import signed_in

pytestmark = pytest.mark.django_db


def page(name, one):
    return reverse(f"qms:document-{name}", args=[one.pk])


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_opens(language):
    papers.draft("WI-1"), papers.handed_in("WI-2")
    one = papers.effective()
    client = signed_in(Role.QUALITY_MANAGER, language=language)
    addresses = [page(name, row) for row in Document.objects.all() for name in ("detail", "view")]
    addresses += [reverse(f"qms:{name}") for name in ("document-list", "document-begin", "training-matrix")]

    assert {url: client.get(url).status_code for url in addresses} == dict.fromkeys(addresses, 200)
    assert client.get(page("detail", one)).content.count(b"AUTHOR") >= 1


def test_the_file_is_stamped_with_its_reader_and_as_obsolete():
    one = papers.effective()
    client = signed_in(Role.OPERATOR)
    answer = client.get(page("media", one))

    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert stamping.count(answer.content, "application/pdf") == 2
    assert client.get(reverse("qms:document-page-media", args=[one.pk, 2])).content.startswith(b"\x89PNG")
    assert client.get(reverse("qms:document-page-media", args=[one.pk, 3])).status_code == 404
    document_release.retire(document=one, reason="Old", by=papers.approver(), at=papers.NOW)
    assert client.get(page("media", one)).status_code == 404
    assert signed_in(Role.QUALITY_MANAGER).get(page("media", one)).status_code == 200


def test_from_draft_to_read_and_understood():
    writer, signer, reader = (
        signed_in(role, number=number) for role, number in (
            (Role.QUALITY_ENGINEER, "W"), (Role.QUALITY_MANAGER, "S"), (Role.OPERATOR, "R"),
        )
    )
    begun = writer.post(reverse("qms:document-begin"), {
        "code": "SOP-1", "kind": "PROCEDURE", "name": "Returns", "owner": "W", "review_months": 12,
    })
    one = Document.objects.get(code="SOP-1")
    assert begun.url == page("detail", one)
    file = SimpleUploadedFile("sop.pdf", papers.pdf(), "application/pdf")
    writer.post(page("attach", one), {"file": file})
    writer.post(page("share", one), {"role": "OPERATOR", "must_read": "on"})
    writer.post(page("demand", one), {"operation": "REFLOW"})
    writer.post(page("hand-in", one))
    seen = signer.get(page("detail", one)).context["seen_hash"]
    own = writer.post(page("approve", one), {"reason": "Mine", "password": PASSWORD, "seen_hash": seen})
    assert own.status_code == 409
    signer.post(page("approve", one), {"reason": "Right", "password": PASSWORD, "seen_hash": seen})
    assert Document.objects.get(pk=one.pk).status == "EFFECTIVE"

    viewed = reader.get(page("view", one))
    assert b"SOP-1" in reader.get(reverse("plant:inbox")).content
    reader.post(page("read", one), {"password": PASSWORD, "seen_hash": viewed.context["seen_hash"]})

    assert one.trainings.get().person.number == "R"


def test_a_reader_does_not_open_a_draft():
    assert signed_in(Role.OPERATOR).get(page("view", papers.draft())).status_code == 404


def test_the_distribution_is_printed():
    one = papers.effective()
    answer = signed_in(Role.QUALITY_MANAGER).get(reverse("plant:sheet", args=["document", one.pk]))

    assert answer.content.startswith(b"%PDF")
