"""How the console names fields that the models leave to their own names, and draws quantities without idle zeros."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.admin.sites import AdminSite
from django.db import models
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from plant.templatetags.zz_numbers import num

WORDS: dict[str, Any] = {
    "acknowledged_by": _("acknowledged by"), "at": _("at"), "by": _("by"), "content": _("content"),
    "content_hash": _("hash of the content"), "digest": _("hash of the file"), "equipment": _("equipment"),
    "escalations": _("escalations"), "from_bucket": _("out of"), "from_place": _("place before"), "hash": _("hash"),
    "job_order": _("work order"), "lot": _("lot"), "nonconformance": _("nonconformance"), "operation": _("operation"),
    "person": _("person"), "person_name": _("name of the person"), "prev_hash": _("hash before"),
    "quantity": _("quantity"), "reason": _("reason"), "rework_lot": _("lot of the rework"), "seal": _("seal"),
    "secret_hash": _("hash of the secret"), "segment": _("operation"), "seq": _("number in a row"),
    "signature": _("signature"), "spread_from": _("follows from"), "stream": _("stream"),
    "subject_id": _("number of the subject"), "subject_kind": _("kind of subject"), "to_bucket": _("into"),
    "to_place": _("place after"), "trigger": _("trigger"), "txid": _("transaction"), "version": _("version"),
    "work_master": _("routing"),
}


class PlainColumns:
    """Every field with a word in the reader's language, every quantity as short as it is."""

    model: type[models.Model]

    def __init__(self, model: type[models.Model], site: AdminSite) -> None:
        for field in model._meta.concrete_fields:
            if not isinstance(field.verbose_name, Promise) and field.name in WORDS:
                field.verbose_name = WORDS[field.name]
        super().__init__(model, site)  # type: ignore[call-arg]

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """The columns, those of exact numbers without the zeros that fill their places."""
        numbers = {field.name: field for field in self.model._meta.concrete_fields if _is_exact(field)}
        names = super().get_list_display(request)  # type: ignore[misc]
        return [_short(numbers[name]) if name in numbers else name for name in names]


def _is_exact(field: Any) -> bool:
    return isinstance(field, models.DecimalField)


def _short(field: Any) -> Callable[[Any], str]:
    @admin.display(description=field.verbose_name, ordering=field.name)
    def shown(obj: Any) -> str:
        return num(getattr(obj, field.name))

    shown.__name__ = field.name
    return shown
