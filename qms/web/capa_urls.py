"""Addresses of CAPAs and of the stages of an 8D."""

from django.urls import path

from plant.web import lists as door
from qms.web import capa_acts, capa_stage_acts, capas, lists

ONE = "capas/<str:number>/"
patterns = [
    path("nonconformances/<str:number>/capa/", capas.begin, name="capa-open"),
    path("capas/", door.view(lists.CAPAS), name="capa-list"),
    path("capas/new/", capas.begin, name="capa-new"),
    path(ONE, capas.detail, name="capa-detail"),
    path(f"{ONE}root-cause/", capa_acts.root_cause, name="capa-root-cause"),
    path(f"{ONE}add-cases/", capa_acts.add_cases, name="capa-add-cases"),
    path(f"{ONE}eight-d/", capa_acts.begin_eight_d, name="capa-eight-d"),
    path(f"{ONE}actions/", capa_acts.add_action, name="capa-add-action"),
    path(f"{ONE}actions/done-<int:pk>/", capa_acts.finish_action, name="capa-finish-action"),
    path(f"{ONE}actions/verify-<int:pk>/", capa_acts.verify_action, name="capa-verify-action"),
    path(f"{ONE}actions/put-off-<int:pk>/", capa_acts.put_off_action, name="capa-put-off-action"),
    path(f"{ONE}stop/", capa_acts.stop, name="capa-stop"),
    path(f"{ONE}quarantine/", capa_acts.quarantine, name="capa-quarantine"),
    path(f"{ONE}holds/let-go-<int:pk>/", capa_acts.let_go, name="capa-let-go"),
    path(f"{ONE}revise/", capa_acts.revise, name="capa-revise"),
    path(f"{ONE}start-check/", capa_acts.start_check, name="capa-start-check"),
    path(f"{ONE}check/", capa_acts.check, name="capa-check"),
    path(f"{ONE}close/", capa_acts.close, name="capa-close"),
    path(f"{ONE}stages/write-<str:code>/", capa_stage_acts.write, name="capa-stage-write"),
    path(f"{ONE}stages/finish-<str:code>/", capa_stage_acts.finish, name="capa-stage-finish"),
    path(f"{ONE}stages/reopen-<str:code>/", capa_stage_acts.reopen, name="capa-stage-reopen"),
    path(f"{ONE}member/", capa_stage_acts.member, name="capa-member"),
    path(f"{ONE}members/<int:pk>/drop/", capa_stage_acts.drop_member, name="capa-drop-member"),
    path(f"{ONE}compare/", capa_stage_acts.compare, name="capa-compare"),
    path(f"{ONE}why/", capa_stage_acts.why, name="capa-why"),
    path(f"{ONE}whys/<int:pk>/root/", capa_stage_acts.mark_root, name="capa-mark-root"),
    path(f"{ONE}whys/<int:pk>/drop/", capa_stage_acts.drop_why, name="capa-drop-why"),
    path(f"{ONE}cause/", capa_stage_acts.cause, name="capa-cause"),
    path(f"{ONE}causes/judge-<int:pk>/", capa_stage_acts.judge, name="capa-judge"),
    path(f"{ONE}causes/<int:pk>/drop/", capa_stage_acts.drop_cause, name="capa-drop-cause"),
]
