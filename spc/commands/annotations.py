"""Writing something at a moment of a chart."""

from datetime import datetime

from plant import live
from plant.commands import talk
from plant.models import Person
from plant.transactions import command
from spc.models import Annotation, ControlChart


@command
def pin(*, chart: ControlChart, moment: datetime, text: str, by: Person, at: datetime) -> Annotation:
    """Comment on a chart at a moment of it; the comment stands in the chart's talk too."""
    comment = talk.say(subject=chart, text=text, by=by, at=at)
    made = Annotation.objects.create(chart=chart, comment=comment, at=moment)
    live.push(f"chart.{chart.pk}", "changed", {})
    return made
