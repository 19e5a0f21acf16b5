"""Addresses of generation, below the admin."""

from django.urls import path

from authoring.generation import views

app_name = "authoring_generation"

urlpatterns = [
    path("", views.brief, name="brief"),
    path("settings/", views.settings, name="settings"),
    path("<uuid:uuid>/", views.run, name="run"),
    path("<uuid:uuid>/progress/", views.progress, name="progress"),
    path("<uuid:uuid>/cancel/", views.cancel, name="cancel"),
    path("<uuid:uuid>/again/", views.again, name="again"),
]
