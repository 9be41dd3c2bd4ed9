"""Every adapter keeps to the port, and the generator makes one that does."""

import importlib
import sys

import pytest
from django.core.management import CommandError, call_command

from integrations import adapters
from integrations.adapters import kit
from integrations.adapters.port import Proved
from integrations.templates import proofs, templates
from integrations.web.links.forms import ConnectionForm
from integrations.web.links.parts import drawn


@pytest.mark.parametrize("kind", adapters.adapters())
def test_an_adapter_keeps_to_the_port(kind):
    assert [str(fault) for fault in kit.faults(adapters.of(kind))] == []


@pytest.mark.parametrize("kind", adapters.adapters())
def test_the_settings_of_an_adapter_are_drawn_as_a_form(kind):
    form = adapters.of(kind).settings()
    assert all(drawn(name, field) for name, field in form.fields.items())
    assert {f"set_{name}" for name in form.fields} <= set(ConnectionForm(kind=kind).fields)


class Careless:
    """An adapter that gets everything wrong."""

    kind, label, settings, is_called = "Careless!", "", adapters.of("http-json").settings, True

    def test(self, link):
        raise ValueError(link.secrets["token"])

    def fetch(self, link, cursor):
        return ["what is this"]

    def send(self, link, message):
        return kit.Receipt()


def test_the_kit_finds_what_is_wrong():
    rules = [fault.rule for fault in kit.faults(Careless())]
    assert rules == ["kind", "label", "test", "fetch", "send"]


def test_a_new_adapter_is_made_by_one_command_and_keeps_to_the_port(tmp_path):
    call_command("startadapter", "old_wms", folder=str(tmp_path))
    sys.path.insert(0, str(tmp_path))
    try:
        made = importlib.import_module("old_wms").ADAPTER
    finally:
        sys.path.remove(str(tmp_path))
    assert made.kind == "old-wms"
    assert [str(fault) for fault in kit.faults(made)] == []
    with pytest.raises(CommandError):
        call_command("startadapter", "old_wms", folder=str(tmp_path))


def test_adapters_and_templates_say_what_they_were_proved_on():
    silent = [kind for kind, one in adapters.adapters().items() if not isinstance(one, Proved) or not one.proved]
    assert [*silent, *(code for code, one in templates().items() if not one.proved)] == []
    assert [(one.system, one.is_living) for one in proofs("tryton", "Tryton")] == [("Tryton 8.2", True)]
    assert [one.is_living for one in proofs("http-steps", "SAP S/4HANA")] == [False]
