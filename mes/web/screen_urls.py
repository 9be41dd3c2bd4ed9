"""The addresses of wall screens and of their remotes, open without a login."""

from django.urls import path

from mes.web import remotes, screens

app_name = "screen"

urlpatterns = [
    path("remote/", remotes.remote, name="remote"),
    path("remote/turn/", remotes.turn, name="remote-turn"),
    path("remote/<str:code>/", remotes.enter, name="remote-enter"),
    path("<str:secret>/", screens.show, name="show"),
    path("<str:secret>/state/", screens.state, name="state"),
    path("<str:secret>/code.svg", screens.remote_code, name="remote-code"),
    path("<str:secret>/boards/<str:key>/", screens.board, name="board"),
]
