"""Addresses of customers' pages: one code each, without a login."""

from django.urls import path

from traceability.web import public

app_name = "public"
urlpatterns = [
    path("<str:code>", public.show, name="page"),
    path("<str:code>/certificate", public.certificate, name="certificate"),
]
