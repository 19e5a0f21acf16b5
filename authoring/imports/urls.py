"""Addresses of imports, below the admin."""

from django.urls import path

from authoring.imports import views

app_name = "authoring_imports"

urlpatterns = [
    path("", views.upload, name="upload"),
    path("<uuid:uuid>/", views.job, name="job"),
    path("<uuid:uuid>/progress/", views.progress, name="progress"),
    path("<uuid:uuid>/report.<str:kind>", views.download, name="report"),
]
