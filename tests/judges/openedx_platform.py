"""Open edX's own LTI consumer as a small platform. Runs in the judges' environment; imports nothing of ours.

What the LMS around it would do (courses, members, blocks, grades) is stood in for; launch, tokens, keys, deep
linking, roster and scores are the consumer's. `python openedx_platform.py PORT FOLDER`.
"""
# mypy: ignore-errors

import json
import sys
from types import SimpleNamespace

import django
from django.conf import settings


def as_author(get_response):
    """Somebody who may write in Studio is signed in; whose launch it is, the hint says."""

    def answer(request):
        request.user = SimpleNamespace(is_authenticated=True, is_active=True)
        return get_response(request)

    return answer


PORT, FOLDER = int(sys.argv[1]), sys.argv[2]
BASE = f"http://127.0.0.1:{PORT}"
settings.configure(
    DEBUG=False,
    SECRET_KEY="only-a-judge-" * 4,
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{FOLDER}/judge.sqlite3"}},
    CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "rest_framework",
        "django_filters",
        "config_models",
        "waffle",
        "lti_consumer",
    ],
    MIDDLEWARE=["edx_django_utils.cache.middleware.RequestCacheMiddleware", f"{__name__}.as_author"],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
    STATIC_URL="/static/",
    PLATFORM_NAME="Judge",
    LMS_ROOT_URL=BASE,
    LMS_BASE=f"127.0.0.1:{PORT}",
    LTI_BASE=BASE,
    LTI_API_BASE=BASE,
    FEATURES={},
    USAGE_ID_PATTERN=r"(?P<usage_id>[^/]+)",
    REST_FRAMEWORK={"UNAUTHENTICATED_USER": None},
)
django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.http import JsonResponse  # noqa: E402
from django.urls import include, path  # noqa: E402
from django.views.decorators.csrf import csrf_exempt  # noqa: E402
from lti_consumer import api, models  # noqa: E402
from lti_consumer.data import Lti1p3LaunchData  # noqa: E402
from lti_consumer.plugin import compat  # noqa: E402
from opaque_keys.edx.keys import UsageKey  # noqa: E402

LOCATION = UsageKey.from_string("block-v1:Judges+LTI101+2026+type@lti_consumer+block@one")
PEOPLE = {"ada": ("student", "Ada Learner"), "bo": ("student", "Bo Learner"), "tess": ("instructor", "Tess Teacher")}
GRADES = []


class Block:
    """A graded component of a course."""

    location = LOCATION
    scope_ids = SimpleNamespace(usage_id=LOCATION, user_id=None)
    context_id = str(LOCATION.course_key)
    display_name = "Refund"
    lti_1p3_passport_id = None
    weight = 5
    has_score = True
    accept_grades_past_due = True

    def is_past_due(self):
        return False

    def max_score(self):
        return self.weight

    def set_user_module_score(self, user, score, maximum, comment=""):
        GRADES.append({"user": user.username, "score": score * maximum, "maximum": maximum, "comment": comment or ""})


def external(user):
    return f"external-{user.username}"


def members(course_key):
    found = {}
    for user in User.objects.all():
        role, name = PEOPLE[user.username]
        found[user.pk] = {
            "id": user.pk,
            "username": user.username,
            "email": f"{user.username}@example.org",
            "name": name,
            "roles": [role],
        }
    return found


class Off:
    def is_enabled(self, *args):
        return False


compat.load_enough_xblock = compat.load_block_as_user = lambda location: Block()
compat.get_user_from_external_user_id = lambda sub: User.objects.get(username=sub.removeprefix("external-"))
compat.user_has_studio_write_access = lambda *args: True
compat.user_has_access = compat.user_course_access = lambda *args, **kwargs: True
compat.get_course_by_id = lambda key: SimpleNamespace(id=key)
compat.get_course_members = members
compat.merge_course_forum_roles = lambda course_id, found: found
compat.batch_get_or_create_externalids = lambda users: {
    user.pk: SimpleNamespace(external_user_id=external(user)) for user in User.objects.all()
}
for name in ("external_config", "database_config", "external_multiple_launch_urls", "external_user_id_1p1_launches"):
    setattr(compat, f"get_{name}_waffle_flag", Off)
compat.get_event_tracker = lambda: None


def configuration():
    return models.LtiConfiguration.objects.get(location=LOCATION)


@csrf_exempt
def tool(request):
    """What a course author enters in Studio."""
    said = json.loads(request.body)
    passport = models.Lti1p3Passport.objects.create(name="Branchwise", lti_1p3_tool_keyset_url=said["jwks"])
    models.LtiConfiguration.objects.all().delete()
    models.LtiConfiguration.objects.create(
        location=LOCATION,
        version="lti_1p3",
        config_store="CONFIG_ON_DB",
        lti_1p3_passport=passport,
        lti_1p3_oidc_url=said["login"],
        lti_1p3_launch_url=said["launch"],
        lti_1p3_redirect_uris=[said["launch"]],
        lti_advantage_enable_nrps=True,
        lti_advantage_deep_linking_enabled=True,
        lti_advantage_deep_linking_launch_url=said["launch"],
        lti_advantage_ags_mode=said.get("mode", "declarative"),
    )
    GRADES.clear()
    return JsonResponse(
        {
            "issuer": BASE,
            "client_id": passport.lti_1p3_client_id,
            "deployment_id": "1",
            "auth_url": f"{BASE}/api/lti_consumer/v1/launch/",
            "token_url": f"{BASE}/api/lti_consumer/v1/token/{passport.passport_id}",
            "jwks_url": f"{BASE}/api/lti_consumer/v1/public_keysets/{passport.passport_id}",
        }
    )


def start(request):
    """Where the browser goes first."""
    user = User.objects.get(username=request.GET["user"])
    role, name = PEOPLE[user.username]
    data = Lti1p3LaunchData(
        user_id=user.pk,
        user_role=role,
        config_id=configuration().config_id,
        resource_link_id=str(LOCATION),
        external_user_id=external(user),
        name=name,
        context_id=str(LOCATION.course_key),
        context_type=["course_offering"],
        context_title="Judging",
        launch_presentation_document_target="iframe",
    )
    if request.GET["what"] == "choose":
        return JsonResponse({"url": api.get_lti_1p3_launch_start_url(data, deep_link_launch=True)})
    return JsonResponse({"url": api.get_lti_1p3_content_url(data)})


def items(request):
    found = [item.attributes for item in configuration().ltidlcontentitem_set.all()]
    return JsonResponse({"items": found})


def grades(request):
    return JsonResponse({"grades": GRADES})


urlpatterns = [
    path("control/tool", tool),
    path("control/start", start),
    path("control/items", items),
    path("control/grades", grades),
    path("api/", include("lti_consumer.plugin.urls")),
]

if __name__ == "__main__":
    from socketserver import ThreadingMixIn
    from wsgiref.simple_server import WSGIServer, make_server

    sys.modules.setdefault("judge_urls", sys.modules[__name__])
    call_command("migrate", run_syncdb=True, verbosity=0)
    for username in PEOPLE:
        User.objects.create(username=username)
    models.CourseAllowPIISharingInLTIFlag.objects.create(course_id=LOCATION.course_key, enabled=True)

    class Server(ThreadingMixIn, WSGIServer):
        daemon_threads = True

    server = make_server("127.0.0.1", PORT, get_wsgi_application(), server_class=Server)
    print("ready", flush=True)
    server.serve_forever()
