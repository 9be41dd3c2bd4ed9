"""Addresses of what follows from a nonconformance, and of concessions."""

from django.urls import path

from plant.web import lists as door
from qms.web import case_acts, concessions, whereabouts

CASE, ONE = "nonconformances/<str:number>/", "concessions/<str:number>/"
patterns = [
    path(f"{CASE}where/", whereabouts.where, name="nonconformance-where"),
    path(f"{CASE}classify/", case_acts.classify, name="nonconformance-classify"),
    path(f"{CASE}responsible/", case_acts.responsible, name="nonconformance-responsible"),
    path(f"{CASE}cost/", case_acts.cost, name="nonconformance-cost"),
    path(f"{CASE}costs/drop-<int:pk>/", case_acts.drop_cost, name="nonconformance-drop-cost"),
    path(f"{CASE}sort/", case_acts.sort, name="nonconformance-sort"),
    path(f"{CASE}sortings/found-<int:pk>/", case_acts.sorted_out, name="nonconformance-found"),
    path(f"{CASE}decisions/recheck-<int:pk>/", case_acts.recheck, name="nonconformance-recheck"),
    path(f"{CASE}ask-board/", case_acts.ask_board, name="nonconformance-ask-board"),
    path(f"{CASE}vote/", case_acts.vote, name="nonconformance-vote"),
    path(f"{CASE}returns/send-<int:pk>/", case_acts.send_return, name="nonconformance-send-return"),
    path("concessions/", door.view(concessions.CONCESSIONS), name="concession-list"),
    path("concessions/ask/", concessions.ask, name="concession-ask"),
    path(ONE, concessions.detail, name="concession-detail"),
    path(f"{ONE}customer/", concessions.customer, name="concession-customer"),
    path(f"{ONE}approve/", concessions.approve, name="concession-approve"),
    path(f"{ONE}refuse/", concessions.refuse, name="concession-refuse"),
    path(f"{ONE}end/", concessions.end, name="concession-end"),
    path(f"{ONE}use/", concessions.use, name="concession-use"),
]
