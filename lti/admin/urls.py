"""Addresses of the LMS admin's pages, below Wagtail's admin."""

from django.urls import path

from lti.admin import connections, deliveries, launches

app_name = "lti_admin"
urlpatterns = [
    path("", connections.index, name="connections"),
    path("add/", connections.add, name="add"),
    path("launches/", launches.index, name="launches"),
    path("launches/<uuid:uuid>/", launches.launch, name="launch"),
    path("deliveries/", deliveries.index, name="deliveries"),
    path("deliveries/act/", deliveries.act, name="deliveries-act"),
    path("deliveries/export/", deliveries.export, name="deliveries-export"),
    path("deliveries/<int:pk>/", deliveries.delivery, name="delivery"),
    path("<uuid:uuid>/", connections.connection, name="connection"),
    path("<uuid:uuid>/approve/", connections.approve, name="approve"),
    path("<uuid:uuid>/suspend/", connections.suspend, name="suspend"),
    path("<uuid:uuid>/deployments/", connections.add_deployment, name="deployment"),
    path("<uuid:uuid>/test/", connections.test, name="test"),
]
