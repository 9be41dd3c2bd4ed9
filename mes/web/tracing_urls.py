"""The addresses of what watches over trace data: how complete it is, and spot checks of chains."""

from django.urls import path

from mes.web import completeness, completeness_rules, entries, spot_checks, spot_lists, spot_plans
from plant.web import lists as door

patterns = [
    path("entries/", entries.share, name="entry-share"),
    path("entries/records/", entries.records, name="entry-records"),
    path("panels/capture-figures/", entries.panel, name="panel-capture-figures"),
    path("completeness/", completeness.overview, name="completeness"),
    path("completeness/lots/", door.view(completeness.LOTS), name="completeness-list"),
    path("completeness/rules/", completeness_rules.rules, name="completeness-rules"),
    path("completeness/rules/<str:kind>/", completeness_rules.propose, name="completeness-rule-propose"),
    path("completeness/changes/<int:pk>/", completeness_rules.detail, name="completeness-change-detail"),
    path("completeness/changes/<int:pk>/approve/", completeness_rules.approve, name="completeness-change-approve"),
    path("completeness/changes/<int:pk>/refuse/", completeness_rules.refuse, name="completeness-change-refuse"),
    path("completeness/changes/<int:pk>/withdraw/", completeness_rules.withdraw, name="completeness-change-withdraw"),
    path("spot-checks/", door.view(spot_lists.CHECKS), name="spot-check-list"),
    path("spot-checks/<int:pk>/", spot_checks.detail, name="spot-check-detail"),
    path("spot-checks/<int:pk>/<int:position>/graph.json", spot_checks.graph, name="spot-check-data"),
    path("spot-plans/", door.view(spot_lists.PLANS), name="spot-plan-list"),
    path("spot-plans/new/", spot_plans.create, name="spot-plan-create"),
    path("spot-plans/<int:pk>/", spot_plans.detail, name="spot-plan-detail"),
    path("spot-plans/<int:pk>/change/", spot_plans.change, name="spot-plan-change"),
    path("spot-findings/", door.view(spot_lists.FINDINGS), name="spot-finding-list"),
    path("spot-findings/<int:pk>/", spot_checks.finding, name="spot-finding-detail"),
    path("spot-findings/<int:pk>/give/", spot_checks.give, name="spot-finding-give"),
    path("spot-findings/<int:pk>/answer/", spot_checks.answer, name="spot-finding-answer"),
    path("spot-findings/<int:pk>/close/", spot_checks.close, name="spot-finding-close"),
    path("spot-findings/<int:pk>/send-back/", spot_checks.send_back, name="spot-finding-send-back"),
]
