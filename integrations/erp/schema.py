"""How the API describes itself: the key, what is sent and answered, and an example of each."""

from collections.abc import Callable, Sequence
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.serializers import Serializer

from integrations.erp.answers import Problem

PROBLEM = "application/problem+json"
ONCE = OpenApiParameter(
    "Idempotency-Key", str, OpenApiParameter.HEADER,
    description="A UUID of yours. Sent again with the same body, the first answer comes back; with another body, 422.",
)  # fmt: skip
LIMIT = OpenApiParameter("limit", int, description="At most so many, 200 at the most.")


UNCHANGED = {304: OpenApiResponse(description="It is as the caller knows it.")}


class ApiKeyScheme(OpenApiAuthenticationExtension):
    """The Authorization header."""

    target_class = "integrations.erp.authentication.ApiKeyAuthentication"
    name = "ApiKey"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """Swagger's button asks for the whole header."""
        return {
            "type": "apiKey", "in": "header", "name": "Authorization",
            "description": "`Api-Key <prefix>.<secret>`, made by `manage.py create_api_key`.",
        }  # fmt: skip


def described(
    *, ok: dict[int, type[Serializer]], takes: Any = None, sent: dict[str, Any] | None = None,
    told: dict[str, Any] | None = None, parameters: Sequence[OpenApiParameter] = (), is_post: bool = False,
    refused: type[Serializer] = Problem, name: str = "", says: str = "", is_cached: bool = False,
) -> Callable[[Any], Any]:
    """Describe one method of a door; every other answer is a problem."""
    examples = []
    if sent is not None:
        examples.append(OpenApiExample("Request", sent, request_only=True))
    if told is not None:
        examples.append(OpenApiExample("Answer", told, response_only=True, status_codes=[str(code) for code in ok]))
    answers: dict[Any, Any] = {**ok, **(UNCHANGED if is_cached else {}), ("default", PROBLEM): refused}
    return extend_schema(
        request=takes, responses=answers, examples=examples, operation_id=name or None, description=says or None,
        tags=None,
        parameters=[*parameters, *([ONCE] if is_post else [])],
    )  # fmt: skip
