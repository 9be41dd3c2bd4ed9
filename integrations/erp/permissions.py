"""A view names the scope for each of its methods; what it does not name is denied."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from plant import addresses
from plant.models import ApiKey


class HasScope(BasePermission):
    """The key carries the scope that the view asks for."""

    message = _("This key has not the scope that this needs. Ask the administrator for a key that has it.")

    def has_permission(self, request: Request, view: Any) -> bool:
        """Deny by default; a method that nobody has here is told so."""
        if not isinstance(request.auth, ApiKey):
            return False
        if request.method not in view.allowed_methods:
            raise MethodNotAllowed(request.method or "")
        needed = getattr(view, "scopes", {}).get(request.method)
        if needed is None or needed not in request.auth.scopes:
            return False
        if not addresses.is_within(request.resolver_match, request.user, may_be_new=request.method == "PUT"):
            raise Http404
        return True
