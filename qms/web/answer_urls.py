"""The addresses that suppliers open with a signed link, without a login."""

from django.urls import path

from qms.web import supplier_door

app_name = "answer"
urlpatterns = [
    path("<str:word>/", supplier_door.show, name="show"),
    path("<str:word>/files/<int:pk>/", supplier_door.file, name="file-media"),
]
