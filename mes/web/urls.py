"""The addresses of production."""

from django.urls import path

from mes.web import boards, job_orders, labels, lists, orders, panels, partners, shell, walls
from plant.web import lists as door

app_name = "mes"
SHELL = shell

urlpatterns = [
    path("orders/", door.view(lists.ORDERS), name="work-request-list"),
    path("own-orders/", partners.own_orders, name="own-orders"),
    path("orders/new/", orders.create, name="work-request-create"),
    path("orders/<str:number>/", orders.detail, name="work-request-detail"),
    path("orders/<str:number>/release/", orders.release, name="work-request-release"),
    path("orders/<str:number>/explode/", orders.explode, name="work-request-explode"),
    path("orders/<str:number>/cancel/", orders.cancel, name="work-request-cancel"),
    path("jobs/", door.view(lists.JOBS), name="job-order-list"),
    path("jobs/<str:number>/", job_orders.detail, name="job-order-detail"),
    path("jobs/<str:number>/release/", job_orders.release, name="job-order-release"),
    path("jobs/<str:number>/dispatch/", job_orders.dispatch, name="job-order-dispatch"),
    path("jobs/<str:number>/pause/", job_orders.pause, name="job-order-pause"),
    path("jobs/<str:number>/resume/", job_orders.resume, name="job-order-resume"),
    path("jobs/<str:number>/complete/", job_orders.complete, name="job-order-complete"),
    path("jobs/<str:number>/cancel/", job_orders.cancel, name="job-order-cancel"),
    path("jobs/<str:number>/sheet/", labels.sheet, name="job-order-sheet"),
    path("jobs/<str:number>/code.svg", labels.job_code, name="job-order-code"),
    path("stations/<str:code>/code.svg", labels.station_code, name="station-code"),
    path("dispatch/", boards.dispatch, name="dispatch"),
    path("wip/", boards.in_process, name="wip"),
    path("walls/", walls.listed, name="wall-list"),
    path("walls/screens/new/", walls.create, name="wall-screen-create"),
    path("walls/screens/<int:pk>/renew/", walls.renew, name="wall-screen-renew"),
    path("walls/screens/<int:pk>/revoke/", walls.revoke, name="wall-screen-revoke"),
    path("walls/boards/<str:key>/", walls.board, name="wall-board"),
    path("walls/<str:code>/", walls.of_line, name="wall"),
    path("panels/jobs/", panels.jobs, name="panel-jobs"),
    path("panels/order-figures/", panels.order_figures, name="panel-order-figures"),
    path("panels/output-figures/", panels.output_figures, name="panel-output-figures"),
    path("panels/late/", panels.late, name="panel-late"),
    path("panels/load/", panels.load, name="panel-load"),
    path("panels/shortages/", panels.shortages, name="panel-shortages"),
    path("panels/lines/", panels.lines, name="panel-lines"),
    path("panels/people/", panels.people, name="panel-people"),
    path("panels/mine/", panels.mine, name="panel-mine"),
    path("panels/queue/", panels.queue, name="panel-queue"),
]
