"""Tools: how worn each is, where it is mounted, and the lives it had."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from integrations.erp import floor_answers as answers
from integrations.erp import floor_examples as examples
from integrations.erp import floor_words as words
from integrations.erp.schema import BEFORE, LIMIT, described
from integrations.erp.views import Door
from mes.queries import tools
from plant import scoping

MOST = 100


def line(row: Any) -> dict[str, Any]:
    """A tool of the list, which brings where it is mounted."""
    return words.tool(row, row.mounted)


class ToolsDoor(Door):
    """All tools."""

    scopes = {"GET": "tools:read"}

    @described(
        parameters=[OpenApiParameter("station", str), LIMIT, BEFORE], ok={200: answers.Tools},
        told={"results": [examples.TOOL_LINE], "next": None}, name="tools_list",
    )
    def get(self, request: Request) -> Response:
        """Tools, newest first; with a station, those that are mounted there."""
        rows = tools.listing()
        if code := request.query_params.get("station"):
            rows = rows.filter(mounted=code)
        return self.page(request, rows, line)


class ToolDoor(Door):
    """One tool by its code."""

    scopes = {"GET": "tools:read"}

    @described(ok={200: answers.ToolWithLives}, told=examples.TOOL)
    def get(self, request: Request, code: str) -> Response:
        """The tool, the lives that ended (reground, cleaned, renewed) and its last mountings, newest first."""
        tool = tools.by_code(code)
        here = tools.mount_of(tool)
        tool.used = tools.worn(here, timezone.now()) if here else tool.used
        lives = tool.resets.select_related("by").order_by("-at")
        mounts = scoping.visible(tool.mounts.select_related("station").order_by("-from_at"), request.user)
        return Response({
            **words.tool(tool, here.station.code if here else None),
            "lives": [words.life(row) for row in lives[:MOST]],
            "mountings": [words.mounting(row) for row in mounts[:MOST]],
        })
