"""Addresses of accounts, roles and tablets; part of the ground's own."""

from django.urls import path

from plant.web import account, api_keys, devices, outside, roles, second_step

urlpatterns = [
    path("login/code/", second_step.step, name="second-step"),
    path("login/oidc/", outside.begin, name="outside"),
    path("login/oidc/answer/", outside.answer, name="outside-answer"),
    path("account/", account.account, name="account"),
    path("account/sign-out-everywhere/", account.sign_out_everywhere, name="sign-out-everywhere"),
    path("account/second-factor/", account.second_factor, name="second-factor"),
    path("account/recovery-codes/", account.recovery_codes, name="recovery-codes"),
    path("roles/", roles.listed, name="role-list"),
    path("keys/", api_keys.listed, name="api-key-list"),
    path("keys/<int:pk>/rotate/", api_keys.rotate, name="api-key-rotate"),
    path("keys/<int:pk>/revoke/", api_keys.revoke, name="api-key-revoke"),
    path("tablets/", devices.listed, name="device-list"),
    path("tablets/<int:pk>/revoke/", devices.revoke, name="device-revoke"),
    path("tablets/enrol/<slug:code>/", devices.enrol, name="enrol"),
]
