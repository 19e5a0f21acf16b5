"""Addresses of the protocol. They are registered with platforms, so they never change."""

from django.urls import path

from lti.views import deep_link, keys, launch, login, register

app_name = "lti"
urlpatterns = [
    path("login/", login.login, name="login"),
    path("cookies/", login.cookies, name="cookies"),
    path("window/<str:state>/", login.window, name="window"),
    path("launch/", launch.launch, name="launch"),
    path("jwks/", keys.jwks, name="jwks"),
    path("canvas.json", keys.canvas, name="canvas"),
    path("register/", register.register, name="register"),
    path("deep-link/", deep_link.search, name="deep-link"),
    path("deep-link/details/", deep_link.details, name="deep-link-details"),
    path("deep-link/answer/", deep_link.answer, name="deep-link-answer"),
]
