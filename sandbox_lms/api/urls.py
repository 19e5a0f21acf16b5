"""The addresses of the admin API."""

from django.urls import path

from sandbox_lms.api import platforms, teaching

LMS = "lms/<slug:key>"
COURSE = f"{LMS}/courses/<int:pk>"

urlpatterns = [
    path("health", platforms.health),
    path("lms", platforms.lms_list),
    path(LMS, platforms.lms_one),
    path(f"{LMS}/reset", platforms.reset),
    path(f"{LMS}/rotate-key", platforms.rotate_key),
    path(f"{LMS}/faults", platforms.fault_profile),
    path(f"{LMS}/people", platforms.people),
    path(f"{LMS}/registrations", platforms.registrations),
    path(f"{LMS}/registrations/<int:pk>", platforms.registration_one),
    path(f"{LMS}/invitations", platforms.invitation),
    path(f"{LMS}/courses", platforms.courses),
    path(f"{COURSE}/copy", platforms.copy),
    path(f"{COURSE}/roster", platforms.roster),
    path(f"{COURSE}/links", teaching.links),
    path(f"{COURSE}/gradebook", teaching.grade_table),
    path(f"{LMS}/links/<int:pk>", teaching.link_one),
    path(f"{LMS}/line-items/<int:pk>", teaching.column),
    path(f"{LMS}/line-items/<int:pk>/grades/<str:username>", teaching.grade),
    path(f"{LMS}/launches", teaching.launch),
    path(f"{LMS}/deep-links", teaching.start_deep_link),
    path(f"{LMS}/deep-links/<int:pk>", teaching.deep_link),
    path(f"{LMS}/score-posts", teaching.score_posts),
]
