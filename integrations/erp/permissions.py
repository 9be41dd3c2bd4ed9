"""A view names the scope for each of its methods; what it does not name is denied."""

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from plant.models import ApiKey


class HasScope(BasePermission):
    """The key carries the scope that the view asks for."""

    def has_permission(self, request: Request, view: Any) -> bool:
        needed = getattr(view, "scopes", {}).get(request.method)
        return isinstance(request.auth, ApiKey) and needed is not None and needed in request.auth.scopes
