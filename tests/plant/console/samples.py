"""One row of every kind that the console shows."""

from datetime import timedelta
from decimal import Decimal

from integrations.models import Subscription
from plant.commands import api_keys
from plant.models import (
    MasterImport,
    Meaning,
    PersonQualification,
    Qualification,
    ReasonCode,
    ReasonUse,
    Signature,
    UnitConversion,
)
from plant.queries.persons import system
from qms.models import ControlPlanLine, ReactionStep
from tests import factories
from tests.integrations import factories as edge
from tests.integrations.notify import factories as post
from tests.mes import factories as making
from tests.qms import factories as quality
from tests.spc import factories as charts
from traceability.models import Gap


def of(model):
    """The row of a kind that there is."""
    return model._default_manager.order_by("pk").first()


def build():
    """A small plant with one of everything."""
    _planned()
    _ground()
    _happened()


def _ground():
    by = factories.person("BOSS", "ADMINISTRATOR")
    pcb = factories.material()
    api_keys.create(name="erp", scopes=["metrics"], by=system("console"))
    UnitConversion.objects.get_or_create(from_unit=pcb.unit, to_unit=pcb.unit, defaults={"factor": Decimal(1)})
    skill, _ = Qualification.objects.get_or_create(code="SOLDER", defaults={"name": "Soldering"})
    PersonQualification.objects.create(person=by, qualification=skill, valid_from=factories.NOW)
    ReasonCode.objects.get_or_create(use=ReasonUse.SCRAP, code="BURNT", defaults={"name": "Burnt"})
    MasterImport.objects.create(
        sheet="plant.Unit", file_name="u.csv", digest="", by=by, checked_at=factories.NOW, done_at=factories.NOW)
    Signature.objects.create(
        subject_kind="unit", subject_id="C62", meaning=Meaning.APPROVED, content={}, content_hash="", seal="",
        person=by, person_name="BOSS", at=factories.NOW)


def _planned():
    making.world()
    chart = charts.chart()
    charts.read(chart, [*charts.calm(5), 300.0])
    tag = edge.tag(edge.plc())
    Subscription.objects.create(channel=post.channel(), news="ALARM")
    post.waiting(post.channel())
    edge.health(tag.plc, "ONLINE", factories.NOW)
    Gap.objects.create(
        stream=chart.stream, from_at=factories.NOW, to_at=factories.NOW + timedelta(minutes=1), cause="test")


def _happened():
    ReactionStep.objects.create(reaction=quality.reaction(), position=1, text="Look")
    board = quality.board("B-1")
    case = quality.report(board)
    quality.capa(case)
    assert ControlPlanLine.objects.exists()
