"""Addresses of learning. No address carries a token, a name or a row's number."""

from django.urls import path

from learning.views import coach, pages, play_api

app_name = "learning"
urlpatterns = [
    path("play/<uuid:participation>/", pages.play, name="play"),
    path("play/<uuid:participation>/own/words/", pages.own_words, name="own-words"),
    path("play/<uuid:participation>/<slug:module>/", pages.play_module, name="play-module"),
    path("play/api/<uuid:participation>/", play_api.overview, name="api-overview"),
    path("play/api/<uuid:participation>/<slug:module>/", play_api.module, name="api-module"),
    path("play/api/<uuid:participation>/<slug:module>/act/", play_api.act, name="api-act"),
    path("play/api/<uuid:participation>/<slug:module>/restart/", play_api.restart, name="api-restart"),
    path("coach/<uuid:placement>/", coach.placement, name="coach"),
    path("coach/<uuid:placement>/choices/", coach.choices, name="coach-choices"),
    path("coach/<uuid:placement>/preview/", coach.preview, name="coach-preview"),
    path("coach/<uuid:placement>/learners/<uuid:participation>/", coach.learner, name="coach-learner"),
    path("coach/<uuid:placement>/attempts/<uuid:attempt>/", coach.attempt, name="coach-attempt"),
]
