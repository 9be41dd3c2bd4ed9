"""The one address of the baseline."""

from django.urls import path

from benchmarks.scan_baseline.views import ScanView

urlpatterns = [path("api/v1/scans/", ScanView.as_view())]
