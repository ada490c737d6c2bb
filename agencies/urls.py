"""Accounts and the directory."""

from django.urls import path

from .views import accounts, directory, registers, renewing, tables

app_name = "agencies"

urlpatterns = [
    path("login/", accounts.login, name="login"),
    path("login/again/", renewing.sign_in_again, name="sign_in_again"),
    path("logout/", accounts.logout, name="logout"),
    path("welcome/<str:token>/", accounts.welcome, name="welcome"),
    path("profile/", accounts.profile, name="profile"),
    path("password/", accounts.password_change, name="password_change"),
    path("password/done/", accounts.password_change_done, name="password_change_done"),
    path("password/reset/", accounts.password_reset, name="password_reset"),
    path("password/reset/sent/", accounts.password_reset_done, name="password_reset_done"),
    path("password/reset/<uidb64>/<token>/", accounts.password_reset_confirm, name="password_reset_confirm"),
    path("password/reset/done/", accounts.password_reset_complete, name="password_reset_complete"),
    path("agencies/", directory.directory, name="directory"),
    path("agencies/export/", tables.directory_export, name="export"),
    path("agencies/import/", tables.directory_import, name="import"),
    path("agencies/<int:pk>/", directory.agency_detail, name="agency"),
    path("agencies/<int:pk>/edit/", directory.agency_edit, name="edit"),
    path("registers/", registers.own_registers, name="own_registers"),
    path("registers/<int:pk>/", registers.registers, name="registers"),
    path("registers/<int:pk>/<str:register>/", registers.register, name="register"),
    path("registers/<int:pk>/<str:register>/confirm/", registers.register_confirm, name="register_confirm"),
    path("registers/<int:pk>/<str:register>/export/", tables.register_export, name="register_export"),
    path("registers/<int:pk>/<str:register>/import/", tables.register_import, name="register_import"),
    path("register-rows/<str:register>/<int:pk>/", registers.register_row, name="register_row"),
    path("register-rows/<str:register>/<int:pk>/remove/", registers.register_remove, name="register_remove"),
]
