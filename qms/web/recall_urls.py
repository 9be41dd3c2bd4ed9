"""Addresses of recalls and drills."""

from django.urls import path

from plant.web import lists as door
from qms.web import recall_acts, recall_lists, recalls

patterns = [
    path("recalls/", door.view(recall_lists.RECALLS), name="recall-list"),
    path("recalls/new/", recalls.new, name="recall-new"),
    path("recalls/drill/", recalls.drill, name="recall-drill"),
    path("recalls/tasks/<int:pk>/finish/", recall_acts.finish, name="recall-task-finish"),
    path("recalls/<str:number>/", recalls.detail, name="recall-detail"),
    path("recalls/<str:number>/scope/", recalls.find_scope, name="recall-scope"),
    path("recalls/<str:number>/declare/", recalls.declare, name="recall-declare"),
    path("recalls/<str:number>/look-again/", recalls.look_again, name="recall-look-again"),
    path("recalls/<str:number>/cancel/", recalls.cancel, name="recall-cancel"),
    path("recalls/<str:number>/close/", recalls.close, name="recall-close"),
    path("recalls/<str:number>/add-task/", recall_acts.add_task, name="recall-add-task"),
    path("recalls/<str:number>/tell/", recall_acts.tell, name="recall-tell"),
    path("recalls/<str:number>/write/", recall_acts.write, name="recall-write"),
    path("recalls/<str:number>/answer/", recall_acts.answer, name="recall-answer"),
    path("recalls/<str:number>/letters/<int:pk>/again/", recall_acts.send_again, name="recall-letter-again"),
    path("recalls/<str:number>/letters/<str:customer>/letter.pdf", recall_acts.letter, name="recall-letter-file"),
]
