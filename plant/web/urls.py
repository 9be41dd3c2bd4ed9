"""Addresses of the ground: signing in, the first page, finding things, the record book, people."""

from django.urls import path

from plant.web import design, home, journal, people, sign_in
from plant.web.access import needs

app_name = "plant"
urlpatterns = [
    path("", home.home, name="home"),
    path("login/", sign_in.login, name="login"),
    path("logout/", sign_in.logout, name="logout"),
    path("inbox/", home.waiting, name="inbox"),
    path("search/", home.find, name="search"),
    path("journal/", journal.listed, name="journal-list"),
    path("journal/<int:pk>/", journal.detail, name="journal-detail"),
    path("people/", people.listed, name="person-list"),
    path("people/<int:pk>/unblock/", people.unblock, name="person-unblock"),
    path("design/", needs("home.view")(design.gallery), name="design"),
]
