"""Addresses of connections, their messages, mappings and both books."""

from django.urls import path

from integrations.web.links import beginning, connections, dictionary, differences, exchanges, lists, mappings, shell
from plant.web import lists as door

SHELL = shell
urlpatterns = [
    path("connections/", door.view(lists.CONNECTIONS), name="connection-list"),
    path("connections/new/", connections.create, name="connection-create"),
    path("connections/from-template/", beginning.begin, name="connection-begin"),
    path("connections/messages/", door.view(lists.EXCHANGES), name="exchange-list"),
    path("connections/messages/dead/", door.view(lists.DEAD), name="dead-list"),
    path("connections/messages/<int:pk>/", exchanges.detail, name="exchange-detail"),
    path("connections/messages/<int:pk>/replay/", exchanges.replay, name="exchange-replay"),
    path("connections/messages/<int:pk>/propose/", exchanges.propose, name="exchange-propose"),
    path("connections/messages/<int:pk>/approve/", exchanges.approve, name="exchange-approve"),
    path("connections/messages/<int:pk>/decline/", exchanges.decline, name="exchange-decline"),
    path("connections/messages/<int:pk>/drop/", exchanges.drop, name="exchange-drop"),
    path("connections/mappings/", door.view(lists.MAPPINGS), name="mapping-list"),
    path("connections/mappings/new/", mappings.create, name="mapping-create"),
    path("connections/mappings/<int:number>/", mappings.detail, name="mapping-detail"),
    path("connections/mappings/<int:number>/rows/", mappings.rows, name="mapping-rows"),
    path("connections/mappings/<int:number>/preview/", mappings.preview, name="mapping-state"),
    path("connections/mappings/<int:number>/submit/", mappings.submit, name="mapping-submit"),
    path("connections/mappings/<int:number>/send-back/", mappings.send_back, name="mapping-send-back"),
    path("connections/mappings/<int:number>/approve/", mappings.approve, name="mapping-approve"),
    path("connections/mappings/<int:number>/revise/", mappings.revise, name="mapping-revise"),
    path("connections/dictionary/", dictionary.page, name="dictionary"),
    path("connections/reconciliation/", door.view(lists.DIFFERENCES), name="difference-list"),
    path("connections/reconciliation/<int:pk>/", differences.detail, name="difference-detail"),
    path("connections/reconciliation/<int:pk>/assign/", differences.assign, name="difference-assign"),
    path("connections/reconciliation/<int:pk>/settle/", differences.settle, name="difference-settle"),
    path("connections/<slug:code>/", connections.detail, name="connection-detail"),
    path("connections/<slug:code>/edit/", connections.edit, name="connection-edit"),
    path("connections/<slug:code>/secrets/", connections.secrets, name="connection-secrets"),
    path("connections/<slug:code>/test/", connections.test, name="connection-test"),
    path("connections/<slug:code>/switch-on/", connections.switch_on, name="connection-switch-on"),
    path("connections/<slug:code>/switch-off/", connections.switch_off, name="connection-switch-off"),
    path("connections/<slug:code>/seal-anew/", connections.seal_anew, name="connection-seal-anew"),
    path("connections/<slug:code>/door-key/", connections.door_key, name="connection-door-key"),
    path("connections/<slug:code>/door-key/<int:pk>/close/", connections.close_door_key,
         name="connection-door-key-close"),
    path("connections/<slug:code>/sample/", connections.sample, name="connection-sample"),
    path("connections/<slug:code>/compare/", connections.compare, name="connection-compare"),
    path("connections/<slug:code>/dry-run/<int:pk>/", connections.dry_run, name="connection-dry-run"),
]
