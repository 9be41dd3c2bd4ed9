"""Addresses of audits, of the cost of quality and its objectives, and of the quality desk."""

from django.urls import path

from plant.web import lists as door
from qms.web import audit_lists, audits, compliance, desk, management_review, quality_cost

ONE = "audits/<str:number>/"
patterns = [
    path("desk/", desk.desk, name="desk"),
    path("cost/", quality_cost.report, name="quality-cost"),
    path("objectives/", quality_cost.goals, name="objectives"),
    path("objectives/<str:code>/chart/", quality_cost.goal_chart, name="objective-chart"),
    path("audits/", door.view(audit_lists.AUDITS), name="audit-list"),
    path("audits/plan/", audits.plan, name="audit-plan"),
    path("audits/compliance/", compliance.matrix, name="compliance"),
    path("audits/management-review/", management_review.page, name="management-review"),
    path("audits/pack.zip", compliance.pack, name="audit-pack"),
    path("audits/checklists/", door.view(audit_lists.LISTS), name="audit-checklists"),
    path("audits/checklists/<int:pk>/approve/", audits.approve_checklist, name="audit-checklist-approve"),
    path("audits/checklists/<int:pk>/", audits.checklist, name="audit-checklist"),
    path(ONE, audits.detail, name="audit-detail"),
    path(f"{ONE}conduct/", audits.conduct, name="audit-conduct"),
    path(f"{ONE}conduct/<int:pk>/", audits.conduct, name="audit-question"),
    path(f"{ONE}report/", audits.report, name="audit-report"),
    path(f"{ONE}close/", audits.close, name="audit-close"),
    path(f"{ONE}cancel/", audits.cancel, name="audit-cancel"),
    path(f"{ONE}findings/<int:pk>/case/", audits.open_case, name="audit-open-case"),
    path(f"{ONE}findings/capa-<int:pk>/", audits.open_capa, name="audit-open-capa"),
]
