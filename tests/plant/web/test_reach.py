"""Whatever a page, a file or a form says is within its reader's reach: every address is asked for what is not."""

import re
from datetime import timedelta

import pytest
from django import forms
from django.contrib import admin
from django.db.models import Value
from django.db.models.functions import Concat
from django.test import Client
from django.urls import get_resolver

from plant import addresses as table
from plant import scoping
from plant.models import Equipment, Partner, PartnerKind, Person, PersonPlace, Role
from plant.web.forms import Form, RowField
from spc.models import ControlChart
from tests import factories
from tests.factories import NOW
from tests.mes import factories as floor
from tests.plant.test_scoping import ours
from tests.plant.web.test_role_matrix import walk
from tests.qms import factories as quality
from tests.spc import factories as charts

SHOWN = ("number", "code", "target_label")
# Pages that lead away, and the recovery codes that asking makes anew
LEFT_OUT = ("/account/", "/sign", "/demo/", "/oidc/", "/api/", "/epcis/", "/static/", "/admin/login", "/admin/logout")
WHO = ["site", "line", "supplier", "customer"]


def elsewhere():
    """A plant at work: orders, lots, a chart out of control with all that follows; its codes are like no others."""
    here = floor.world()
    here.ready(), here.scan(here.outputs[0].number)
    quality.board("FAR-BOARD")
    quality.reaction()
    chart = charts.chart()
    charts.read(chart, [*charts.calm(20), 260.0, 261.0])
    quality.capas.open(
        nonconformance=quality.Nonconformance.objects.first(), title="Cause", problem="Hot", owner=quality.engineer(),
        due_at=NOW, check_due_at=NOW + timedelta(days=60), by=quality.engineer(), at=NOW,
    )
    site = factories.site()
    Person.objects.exclude(kind="SYSTEM").update(site=site, number=Concat(Value("FAR-"), "number"), name="Far Away")
    Equipment.objects.update(code=Concat(Value("FAR-"), "code"), name="Far machine")
    ControlChart.objects.update(code=Concat(Value("FAR-"), "code"))
    return site


def reader(who, home=None):
    """Somebody of another site, of another line, or of another company, with every role."""
    there = Equipment.objects.create(code="SITE-2", name="Other", level="SITE")
    above = home if who == "line" else there
    line = Equipment.objects.create(code="LINE-2", name="Other line", level="WORK_CENTER", parent=above)
    kind = {"supplier": PartnerKind.SUPPLIER, "customer": PartnerKind.CUSTOMER}.get(who)
    partner = Partner.objects.create(code="THEM", name="Them", kind=kind) if kind else None
    person = factories.person("ME", *Role.values, site=above, partner=partner, language="en")
    if who == "line":
        PersonPlace.objects.create(person=person, equipment=line)
    return person


def foreign(person):
    """The numbers and codes of every row that the person does not reach.

    A hold and a lot of the site name the case and the work order behind them, on whichever line that was.
    """
    found = set()
    told = {"qms.Nonconformance", "mes.JobOrder"} if person.places.exists() else set()
    scopes = {model: scoping.scope_of(model) for model in ours() if model._meta.label not in told}
    for model in (model for model, scope in scopes.items() if not scope.is_shared or scope.supplier):
        rows = model._default_manager.all()
        near = set(scoping.visible(rows, person).values_list("pk", flat=True))
        for row in (row for row in rows if row.pk not in near):
            found |= {str(getattr(row, name, "") or "") for name in SHOWN}
    return {word for word in found if len(word) > 3}


def addresses():
    """Every address that needs no words."""
    for route, _names, pattern in walk(get_resolver().url_patterns):
        path = re.sub(r"\\Z|[\^$]", "", route)
        if not pattern.pattern.converters and "(?P" not in path and not path.startswith(LEFT_OUT):
            yield path


def console():
    """The lists and the forms of the console."""
    for model in admin.site._registry:
        yield from (f"/admin/{model._meta.app_label}/{model._meta.model_name}/{end}" for end in ("", "add/"))


def said(client, path, words):
    """What of these words an address says."""
    answer = client.get(path)
    assert answer.status_code != 500, path
    body = answer.getvalue() if answer.streaming else answer.content
    text = body.decode("utf-8", "replace")
    there = [word for word in words if word in text]  # looking for a word alone takes much longer
    return {(path, word) for word in there if re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text)}


def kinds(of):
    """Every form of ours."""
    for kind in of.__subclasses__():
        yield kind
        yield from kinds(kind)


def test_every_choice_of_rows_is_within_reach():
    list(addresses())  # loads every door
    loose = [
        (kind.__name__, name)
        for kind in kinds(forms.Form) if kind.__module__.split(".")[0] in {m._meta.app_label for m in ours()}
        for name, field in kind.base_fields.items()
        if isinstance(field, forms.ModelChoiceField) and not isinstance(field, RowField)
        and not scoping.scope_of(field._queryset.model).is_shared
    ]
    assert loose == []


class MachineForm(Form):
    machine = RowField(queryset=Equipment.objects.all(), to_field_name="code")


@pytest.mark.django_db
def test_a_form_offers_what_its_person_reaches_and_takes_nothing_else():
    factories.station("OVEN")
    person = reader("site")

    offered = [label for _key, label in MachineForm(by=person)["machine"].field.choices]
    assert [str(label) for label in offered] == ["---------", "LINE-2 Other line", "SITE-2 Other"]
    assert MachineForm({"machine": "LINE-2"}, by=person).is_valid()
    assert "machine" in MachineForm({"machine": "OVEN"}, by=person).errors


@pytest.mark.django_db
def test_a_form_that_nobody_fills_in_looks_up_nothing():
    with pytest.raises(TypeError, match="by="):
        MachineForm({"machine": "OVEN"}).is_valid()


@pytest.mark.django_db
def test_the_part_of_a_charts_page_that_moves_is_heard_by_who_reaches_the_chart():
    chart = charts.chart()
    near = factories.person("NEAR", Role.QUALITY_ENGINEER, site=factories.site())

    assert table.may_hear("violation", f"chart-{chart.pk}", near)
    assert not table.may_hear("violation", f"chart-{chart.pk}", reader("site"))


@pytest.fixture(scope="module")
def far(one_world):
    return elsewhere()


@pytest.mark.django_db
@pytest.mark.parametrize("who", WHO)
@pytest.mark.usefixtures("gathered_once")
def test_no_address_says_what_its_reader_does_not_reach(who, far):
    person = reader(who, far)
    client, words = Client(raise_request_exception=False), foreign(person)
    client.force_login(person)

    assert len(words) > 5
    assert set().union(*(said(client, path, words) for path in (*addresses(), *console()))) == set()


@pytest.mark.django_db
@pytest.mark.usefixtures("gathered_once")
@pytest.mark.usefixtures("far")
def test_the_same_words_are_said_to_who_reaches_them():
    words = foreign(reader("site"))
    client = Client(raise_request_exception=False)
    client.force_login(factories.person("ALL", *Role.values, language="en"))

    found = {word for path in addresses() for _path, word in said(client, path, words)}

    assert len(found) > len(words) / 2


FOREIGN_POSTS = [
    ("/trace/holds/place/", {"target_kind": "LOT", "target": "PCB-1", "reason": "stop"}),
    ("/trace/holds/place/", {"target_kind": "EQUIPMENT", "target": "FAR-OVEN", "reason": "stop"}),
    ("/quality/nonconformances/report/", {"title": "Wrong", "lots": "PCB-1", "severity": "MAJOR"}),
    ("/quality/nonconformances/report/", {"title": "Wrong", "equipment": "FAR-OVEN", "severity": "MAJOR"}),
]


@pytest.mark.django_db
@pytest.mark.usefixtures("far")
def test_a_posted_row_of_elsewhere_is_refused():
    client = Client()
    client.force_login(reader("site"))

    assert [client.post(path, words).status_code for path, words in FOREIGN_POSTS] == [422] * len(FOREIGN_POSTS)
