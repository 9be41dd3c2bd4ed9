"""The lives that a tool had, and where it was mounted."""

from rest_framework.request import Request
from rest_framework.response import Response

from integrations.erp import floor_answers as answers
from integrations.erp import floor_examples as examples
from integrations.erp import floor_words as words
from integrations.erp.schema import described
from integrations.erp.views import Door
from mes.queries import tools
from plant import scoping

MOST = 100


class HistoryDoor(Door):
    """What became of a tool until now."""

    scopes = {"GET": "tools:read"}

    @described(ok={200: answers.ToolHistory}, told=examples.TOOL_HISTORY)
    def get(self, request: Request, code: str) -> Response:
        """The lives that ended (reground, cleaned, renewed) and the last mountings, newest first."""
        tool = tools.by_code(code)
        lives = tool.resets.select_related("by").order_by("-at")
        mounts = scoping.visible(tool.mounts.select_related("station").order_by("-from_at"), request.user)
        return Response({
            "lives": [words.life(row) for row in lives[:MOST]],
            "mountings": [words.mounting(row) for row in mounts[:MOST]],
        })
