"""Addresses of documents."""

from django.urls import path

from plant.web import lists as door
from qms.web import document_acts as acts
from qms.web import document_files, document_lists, documents

urlpatterns = [
    path("documents/", door.view(document_lists.DOCUMENTS), name="document-list"),
    path("documents/new/", documents.begin, name="document-begin"),
    path("documents/<int:pk>/", documents.detail, name="document-detail"),
    path("documents/<int:pk>/view/", document_files.view, name="document-view"),
    path("documents/<int:pk>/file.pdf", document_files.media, name="document-media"),
    path("documents/<int:pk>/pages/<int:number>.png", document_files.page, name="document-page-media"),
    path("documents/<int:pk>/change/", acts.change, name="document-change"),
    path("documents/<int:pk>/attach/", acts.attach, name="document-attach"),
    path("documents/<int:pk>/share/", acts.share, name="document-share"),
    path("documents/<int:pk>/demand/", acts.demand, name="document-demand"),
    path("documents/<int:pk>/take-off/", acts.take_off, name="document-take-off"),
    path("documents/<int:pk>/hand-in/", acts.hand_in, name="document-hand-in"),
    path("documents/<int:pk>/send-back/", acts.send_back, name="document-send-back"),
    path("documents/<int:pk>/approve/", acts.approve, name="document-approve"),
    path("documents/<int:pk>/retire/", acts.retire, name="document-retire"),
    path("documents/<int:pk>/look-over/", acts.look_over, name="document-look-over"),
    path("documents/<int:pk>/read/", acts.read, name="document-read"),
    path("documents/<int:pk>/teach/", acts.teach, name="document-teach"),
    path("documents/<int:pk>/revise/", acts.revise, name="document-revise"),
    path("training/", document_lists.matrix, name="training-matrix"),
]
