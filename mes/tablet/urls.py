"""The addresses of the station tablets."""

from django.urls import path

from mes.tablet import app, data, instruction, material, scan, sign_on, stops, work

app_name = "station"

urlpatterns = [
    path("", sign_on.choose, name="choose"),
    path("app.webmanifest", app.manifest, name="app"),
    path("offline/", app.offline, name="offline"),
    path("<str:code>/", work.work, name="work"),
    path("<str:code>/app.webmanifest", app.manifest, name="station-app"),
    path("<str:code>/sign-on/", sign_on.sign_on, name="sign-on"),
    path("<str:code>/sign-off/", sign_on.sign_off, name="sign-off"),
    path("<str:code>/lock/", sign_on.lock, name="lock"),
    path("<str:code>/scan/", scan.scan, name="scan"),
    path("<str:code>/panel/", work.panel, name="panel"),
    path("<str:code>/instruction/", instruction.show, name="instruction"),
    path("<str:code>/data/", data.show, name="data"),
    path("<str:code>/report/", work.report, name="report"),
    path("<str:code>/call/", material.call, name="call"),
    path("<str:code>/stop/", stops.stop, name="stop"),
    path("<str:code>/pause/", work.pause, name="pause"),
    path("<str:code>/resume/", work.resume, name="resume"),
]
