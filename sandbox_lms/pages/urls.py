"""The addresses of the pages."""

from django.urls import path

from sandbox_lms.pages import courses, grading, home, opening, tools

LMS = "<slug:lms_key>"
COURSE = f"{LMS}/course/<int:course_pk>"
CELL = f"{COURSE}/gradebook/<int:item_pk>/<int:person_pk>"

urlpatterns = [
    path("", home.home, name="home"),
    path(f"{LMS}/", home.front, name="front"),
    path(f"{LMS}/sign-in/", home.enter, name="sign_in"),
    path(f"{LMS}/sign-out/", home.leave, name="sign_out"),
    path(f"{LMS}/admin/tools/", tools.tools, name="tools"),
    path(f"{LMS}/admin/tools/register/", tools.start_registration, name="start_registration"),
    path(f"{LMS}/admin/tools/by-hand/", tools.register_by_hand, name="register_by_hand"),
    path(f"{LMS}/admin/tools/<int:pk>/", tools.tool, name="tool"),
    path(
        f"{LMS}/admin/tools/<int:pk>/activate/",
        tools.change_tool,
        {"change": "activate"},
        name="activate_tool",
    ),
    path(f"{LMS}/admin/tools/<int:pk>/remove/", tools.change_tool, {"change": "remove"}, name="remove_tool"),
    path(f"{LMS}/admin/scores/", tools.score_log, name="score_log"),
    path(f"{COURSE}/", courses.course, name="course"),
    path(f"{COURSE}/add/", courses.add_activity, name="add_activity"),
    path(f"{COURSE}/copy/", courses.copy_course, name="copy_course"),
    path(f"{COURSE}/roster/", courses.roster, name="roster"),
    path(f"{COURSE}/grades/", courses.own_grades, name="own_grades"),
    path(f"{COURSE}/gradebook/", grading.table, name="gradebook"),
    path(f"{CELL}/", grading.grade, name="grade"),
    path(f"{CELL}/review/", opening.review, name="review"),
    path(f"{CELL}/review/open/", opening.open_review, name="open_review"),
    path(f"{LMS}/activity/<int:link_pk>/", opening.activity, name="activity"),
    path(f"{LMS}/activity/<int:link_pk>/open/", opening.open_link, name="open_link"),
    path(f"{LMS}/activity/<int:link_pk>/change/", courses.change_link, name="change_link"),
    path(f"{LMS}/deep_links/<str:token>/open/", opening.open_deep_link, name="open_deep_link"),
    path(f"{LMS}/post_message_forwarding/", opening.storage_frame, name="storage_frame"),
]
