"""The addresses of the station tablets."""

from django.urls import path

from mes.tablet import scan, sign_on, work

app_name = "station"

urlpatterns = [
    path("", sign_on.choose, name="choose"),
    path("<str:code>/", work.work, name="work"),
    path("<str:code>/sign-on/", sign_on.sign_on, name="sign-on"),
    path("<str:code>/sign-off/", sign_on.sign_off, name="sign-off"),
    path("<str:code>/scan/", scan.scan, name="scan"),
    path("<str:code>/panel/", work.panel, name="panel"),
    path("<str:code>/report/", work.report, name="report"),
    path("<str:code>/pause/", work.pause, name="pause"),
    path("<str:code>/resume/", work.resume, name="resume"),
]
