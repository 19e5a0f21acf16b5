"""Every address of the sandbox: admin API, pages, protocol endpoints, services."""

from django.urls import include, path

from sandbox_lms import deep_link_return, line_items, nrps, oidc, registration, results, scores, tokens
from sandbox_lms.pages import static_file

ITEM = "<int:item>"
MOODLE = "<slug:lms_key>/mod/lti/services.php"
CANVAS = "<slug:lms_key>/api/lti/courses/<int:course>"
OPENEDX = "<slug:lms_key>/api/lti_consumer/v1/lti/<int:block>"
BRIGHTSPACE = "<slug:lms_key>/d2l/api/lti/ags/2.0/deployment/<int:tool>/orgunits/<int:course>"
SAKAI = "<slug:lms_key>/imsblis/lti13"

protocol = [
    path("<slug:lms_key>/.well-known/openid-configuration", oidc.configuration),
    path("<slug:lms_key>/jwks", oidc.jwks),
    path("<slug:lms_key>/auth", oidc.authorise),
    path("<slug:lms_key>/token", tokens.token),
    path("<slug:lms_key>/register", registration.register),
    path("<slug:lms_key>/deep_links/return", deep_link_return.receive, {"name": "data"}),
    path("<slug:lms_key>/mod/lti/contentitem_return.php", deep_link_return.receive, {"name": "sesskey"}),
    path(f"{CANVAS}/deep_linking_response", deep_link_return.receive, {"name": "data"}),
    path(f"{OPENEDX}/lti-dl/response", deep_link_return.receive, {"name": "session"}),
    path("<slug:lms_key>/deep_links/<str:token>/save", deep_link_return.save, name="save_deep_link"),
]

services = [
    path(f"{MOODLE}/<int:course>/lineitems", line_items.collection),
    path(f"{MOODLE}/<int:course>/lineitems/{ITEM}/lineitem", line_items.single),
    path(f"{MOODLE}/<int:course>/lineitems/{ITEM}/lineitem/scores", scores.scores),
    path(f"{MOODLE}/<int:course>/lineitems/{ITEM}/lineitem/results", results.results),
    path(f"{MOODLE}/<int:course>/lineitems/{ITEM}/lineitem/results/<str:user>", results.results),
    path(f"{MOODLE}/CourseSection/<int:course>/bindings/<int:tool>/memberships", nrps.members),
    path(f"{MOODLE}/<path:rest>", line_items.not_a_service),
    path(f"{CANVAS}/line_items", line_items.collection),
    path(f"{CANVAS}/line_items/{ITEM}", line_items.single),
    path(f"{CANVAS}/line_items/{ITEM}/scores", scores.scores),
    path(f"{CANVAS}/line_items/{ITEM}/results", results.results),
    path(f"{CANVAS}/line_items/{ITEM}/results/<str:user>", results.results),
    path(f"{CANVAS}/names_and_roles", nrps.members),
    path(f"{OPENEDX}/lti-ags", line_items.collection),
    path(f"{OPENEDX}/lti-ags/{ITEM}", line_items.single),
    path(f"{OPENEDX}/lti-ags/{ITEM}/scores", scores.scores),
    path(f"{OPENEDX}/lti-ags/{ITEM}/results", results.results),
    path(f"{OPENEDX}/lti-ags/{ITEM}/results/<str:user>", results.results),
    path(f"{OPENEDX}/memberships", nrps.members),
    path(f"{BRIGHTSPACE}/lineitems", line_items.collection),
    path(f"{BRIGHTSPACE}/lineitems/{ITEM}", line_items.single),
    path(f"{BRIGHTSPACE}/lineitems/{ITEM}/scores", scores.scores),
    path(f"{BRIGHTSPACE}/lineitems/{ITEM}/results", results.results),
    path(f"{BRIGHTSPACE}/lineitems/{ITEM}/results/<str:user>", results.results),
    path(
        "<slug:lms_key>/d2l/api/lti/nrps/2.0/deployment/<int:tool>/orgunits/<int:course>/memberships",
        nrps.members,
    ),
    path(f"{SAKAI}/lineitems/<int:tool>/<int:course>", line_items.collection),
    path(f"{SAKAI}/lineitems/<int:tool>/<int:course>/{ITEM}", line_items.single),
    path(f"{SAKAI}/lineitems/<int:tool>/<int:course>/{ITEM}/scores", scores.scores),
    path(f"{SAKAI}/lineitems/<int:tool>/<int:course>/{ITEM}/results", results.results),
    path(f"{SAKAI}/lineitems/<int:tool>/<int:course>/{ITEM}/results/<str:user>", results.results),
    path(f"{SAKAI}/namesandroles/<int:tool>/<int:course>", nrps.members),
]

urlpatterns = [
    path("api/", include("sandbox_lms.api.urls")),
    path("healthz", static_file.health),
    path("static/<str:name>", static_file.serve, name="static_file"),
    *protocol,
    *services,
    path("", include("sandbox_lms.pages.urls")),
]
