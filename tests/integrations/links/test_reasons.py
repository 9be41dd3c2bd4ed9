"""Why a message lies at the desk: told to each reader in their own language, whoever was at work when it was parked."""

import json
from html import unescape

import pytest
from django.urls import reverse
from django.utils.translation import override

from integrations.adapters.port import Never
from integrations.links import work
from integrations.links.commands import exchanges, inbox
from integrations.models import Connection, Exchange, ExchangeStatus
from plant import spoken
from plant.models import MaterialDefinition, Role
from plant.spoken import spoken as _
from tests.factories import NOW, material
from tests.integrations.links import factories
from tests.integrations.links.test_spine import Clock
from tests.qms.web.test_pages import signed_in

pytestmark = pytest.mark.usefixtures("committed_db")


def parked(words):
    """One message that is refused until it is parked, carried by workers that speak Chinese."""
    link, clock = factories.connection(), Clock()
    with override("zh-hans"):
        inbox.receive(connection=link, incoming=factories.incoming(words), by=link.acts_as, at=clock())
        for _n in range(exchanges.MOST_REFUSALS):
            work.carry_in(clock=clock)
            clock.on(days=2)
    return Exchange.objects.get(status=ExchangeStatus.DEAD)


def told(row, language):
    with override(language):
        return str(row.last_error)


def test_a_refusal_of_a_serializer_is_read_in_english_and_in_chinese():
    row = parked({"code": "M1", "unit": "C62"})
    assert "required" in told(row, "en")
    assert "必" in told(row, "zh-hans")


def test_a_refusal_of_a_command_is_asked_again_and_nothing_of_it_stays():
    material("M1")
    row = parked({"code": "M2", "name": "Board", "unit": "no-such-unit"})
    english, chinese = told(row, "en"), told(row, "zh-hans")
    assert english.isascii() or "“" in english
    assert english != chinese
    assert "no-such-unit" in english
    assert "no-such-unit" in chinese
    assert not MaterialDefinition.objects.filter(code="M2").exists()


@pytest.mark.parametrize(("language", "says"), [("en", "The body can't be read"), ("zh-hans", "无法读取")])
def test_the_pages_tell_it_in_the_language_of_their_reader(language, says):
    link = factories.connection()
    with override("zh-hans" if language == "en" else "en"):
        inbox.receive(connection=link, incoming=broken(), by=link.acts_as, at=NOW)
        work.carry_in(clock=Clock())
    row = Exchange.objects.get(status=ExchangeStatus.DEAD)
    client = signed_in(Role.INTEGRATOR, language=language)
    for url in (reverse("integrations:dead-list"), reverse("integrations:exchange-detail", args=[row.pk])):
        page = unescape(client.get(url).content.decode())
        assert says in page, url
        assert "spoken⟩" not in page, url


def broken():
    one = factories.incoming({})
    return type(one)(one.noun, one.key, one.version, b"{", one.content_type)


def test_trouble_of_an_adapter_keeps_both_and_the_words_of_the_other_side_as_said():
    link = factories.connection()
    said = Never(_("Tryton does not know this user, or the user may not do this. %(said)s") % {"said": "HTTP 403 nö"})
    exchanges.silent(connection=link.pk, error=said.reason, at=NOW)
    row = Connection.objects.get()
    english, chinese = told(row, "en"), told(row, "zh-hans")
    assert english.startswith("Tryton does not know this user")
    assert chinese != english
    assert english.endswith("HTTP 403 nö")
    assert chinese.endswith("HTTP 403 nö")
    exchanges.silent(connection=link.pk, error="HTTP 500 kaputt", at=NOW)
    assert Connection.objects.values_list("last_error", flat=True).get() == "HTTP 500 kaputt"


def test_a_sentence_is_cut_and_joined_in_every_language_and_kept_as_one_text():
    fault = _("Nothing stands there, and it is required.")
    whole = spoken.joined(" ", [_("%(field)s: %(fault)s") % {"field": "qty", "fault": fault}, "HTTP 500"])
    short = spoken.cut(whole, 12)
    kept = json.loads(json.dumps(spoken.kept_all({"why": [short]})))
    for language in ("en", "zh-hans"):
        with override(language):
            assert spoken.told_all(kept)["why"][0] == spoken.words(whole)[:12]
            assert spoken.words(whole).endswith("HTTP 500")
