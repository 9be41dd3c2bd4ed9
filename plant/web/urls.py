"""Addresses of the ground: signing in, the first page, finding things, the record book, people."""

from django.urls import path

from plant.web import (
    design,
    errors,
    favourites,
    help,
    home,
    journal,
    leaving,
    lists,
    notifications,
    own_lists,
    panels,
    people,
    preferences,
    sheets,
    sign_in,
    talk,
)
from plant.web.access import needs
from plant.web.account_urls import urlpatterns as account_urls

app_name = "plant"
urlpatterns = [
    path("", home.home, name="home"),
    path("login/", sign_in.login, name="login"),
    path("logout/", leaving.logout, name="logout"),
    *account_urls,
    path("inbox/", notifications.waiting, name="inbox"),
    path("inbox/bell/", notifications.bell, name="inbox-bell"),
    path("inbox/read/", notifications.read, name="inbox-read"),
    path("inbox/snooze/", notifications.snooze, name="inbox-snooze"),
    path("preferences/", preferences.preferences, name="preferences"),
    path("favourites/", favourites.favourite, name="favourite"),
    path("palette.json", help.palette, name="palette"),
    path("help/", help.index, name="help"),
    path("help/roles/<slug:role>/", help.guide, name="help-guide"),
    path("help/<str:name>/", help.topic, name="help-topic"),
    path("glossary/", help.glossary, name="glossary"),
    path("offline/", errors.offline, name="offline"),
    path("search/", home.find, name="search"),
    path("talk/people.json", talk.people, name="talk-people"),
    path("talk/<slug:kind>/<int:pk>/", talk.card, name="talk"),
    path("talk/<slug:kind>/<int:pk>/say/", talk.say, name="talk-say"),
    path("talk/<slug:kind>/<int:pk>/attach/", talk.attach, name="talk-attach"),
    path("talk/comments/<int:pk>/withdraw/", talk.withdraw, name="talk-withdraw"),
    path("files/<int:pk>/", talk.download, name="talk-file"),
    path("files/<int:pk>/preview/", talk.preview, name="talk-preview"),
    path("files/<int:pk>/remove/", talk.remove, name="talk-remove"),
    path("sheets/<slug:kind>/<int:pk>.pdf", sheets.sheet, name="sheet"),
    path("journal/", lists.view(own_lists.JOURNAL), name="journal-list"),
    path("journal/<int:pk>/", journal.detail, name="journal-detail"),
    path("people/", lists.view(own_lists.PEOPLE), name="person-list"),
    path("people/<int:pk>/unblock/", people.unblock, name="person-unblock"),
    path("panels/figures/", panels.figures, name="panel-figures"),
    path("panels/system/", panels.processes, name="panel-system"),
    path("design/", needs("master.edit")(design.gallery), name="design"),
]
