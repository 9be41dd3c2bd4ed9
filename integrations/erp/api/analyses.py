"""Statistics of what is sent, answered as the commands at the shell answer; nothing is stored."""

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from integrations import bodies
from integrations.erp import answers, examples
from integrations.erp.schema import described
from integrations.erp.serializers import AnalysisIn
from integrations.erp.views import Door
from plant.errors import Refusal
from spc.analyses import asked

NAMES = ("analysis", "data", "options")


class NotAnalysable(Refusal):
    """What was sent can't be analysed as it is; `pointer` leads to the part that is wrong."""

    code = "not-analysable"


class AnalyseDoor(Door):
    """Analyses by name."""

    scopes = {"POST": "analyses:run"}
    parser_classes = [bodies.Table]

    @described(takes=AnalysisIn, ok={200: answers.Analysis}, sent=examples.ANALYSIS_IN, told=examples.ANALYSIS)
    def post(self, request: Request) -> Response:
        """Analyse columns of readings, or find a sampling plan; the same question always has the same answer."""
        if not isinstance(request.data, dict):
            raise ValidationError(_("Send an object with “analysis”, “data” and “options”."))
        unknown = sorted(set(request.data) - set(NAMES))
        if unknown:
            raise ValidationError({name: [_("There is no such field here.")] for name in unknown})
        try:
            return Response(asked.run(*(request.data.get(name) for name in NAMES)))
        except asked.NotUnderstood as error:
            message = _("This can't be analysed as it was sent: %(why)s") % {"why": error}
            raise NotAnalysable(message, facts={"pointer": error.pointer}) from error
