"""A platform on lti1p3platform (OpenLearning's library). Runs in the judges' environment; imports nothing of ours.

The library makes messages, checks signatures, tokens and scopes, and answers roster and gradebook calls; this file
only keeps what a platform keeps. `python openlearning_platform.py PORT FOLDER`.
"""
# mypy: ignore-errors

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlencode, urlsplit

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from lti1p3platform.exceptions import LineItemNotFoundException
from lti1p3platform.ltiplatform import LTI1P3PlatformConfAbstract
from lti1p3platform.membership import Context
from lti1p3platform.message_launch import LTIAdvantageMessageLaunchAbstract
from lti1p3platform.registration import Registration
from lti1p3platform.request import Request
from lti1p3platform.score import UpdateScoreStatus
from lti1p3platform.service_connector import AssignmentsGradesService, NamesRoleProvisioningService

PORT = int(sys.argv[1])
BASE = f"http://127.0.0.1:{PORT}"
LIS = "http://purl.imsglobal.org/vocab/lis/v2/membership#"
PEOPLE = {"ada": ("Learner", "Ada Learner"), "bo": ("Learner", "Bo Learner"), "tess": ("Instructor", "Tess Teacher")}
KEY = generate_private_key(65537, 2048)
PRIVATE = KEY.private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
).decode()
PUBLIC = (
    KEY.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()
)
KEPT = {"tool": {}, "items": [], "line_items": {}, "scores": {}}


class Platform(LTI1P3PlatformConfAbstract):
    def init_platform_config(self, **kwargs):
        self._registration = self.get_registration_by_params()

    def get_registration_by_params(self, **kwargs):
        tool = KEPT["tool"]
        found = Registration()
        found.set_iss(BASE).set_client_id("tool-1").set_deployment_id("school-1")
        found.set_launch_url(tool.get("launch")).set_deeplink_launch_url(tool.get("launch"))
        found.set_oidc_login_url(tool.get("login")).set_tool_key_set_url(tool.get("jwks"))
        found.set_platform_public_key(PUBLIC).set_platform_private_key(PRIVATE)
        return found


class HttpRequest(Request):
    def build_metadata(self, request):
        return request


class Launch(LTIAdvantageMessageLaunchAbstract):
    """The library's launch, with what this course and these people are."""

    def prepare_launch(self, preflight_response):
        user, _, what = preflight_response["lti_message_hint"].partition(":")
        role, name = PEOPLE[user]
        self.set_user_data(user, [LIS + role], full_name=name)
        self.set_launch_context_claim("course-1", ["CourseSection"], "Judging")
        self.set_nrps(f"{BASE}/members")
        if what == "choose":
            self.set_dl(f"{BASE}/chosen", accept_types={"ltiResourceLink"}, extra_data={"course": 1})
            return
        item = KEPT["items"][0]
        self.set_resource_link_claim("link-1", title=item.get("title"))
        self.set_custom_parameters_claim(item["custom"])
        [line_item] = list(KEPT["line_items"])[:1]
        self.set_ags(f"{BASE}/items", lineitem_url=f"{BASE}/items/{line_item}", allow_creating_lineitems=True)

    def render_launch_form(self, launch_data, **kwargs):
        return launch_data


class Grades(AssignmentsGradesService):
    def find_lineitems(self, **wanted):
        return {"content": list(KEPT["line_items"].values()), "has_next": False}

    def find_lineitem(self, line_item_id):
        return self._one(line_item_id)

    def create_lineitem(self, creation_data):
        return keep_line_item(creation_data)

    def update_lineitem(self, update_data):
        raise LineItemNotFoundException

    def delete_lineitem(self, line_item_id):
        self._one(line_item_id)
        del KEPT["line_items"][line_item_id]

    def update_score(self, line_item_id, score):
        self._one(line_item_id)
        KEPT["scores"].setdefault(line_item_id, {})[score["userId"]] = score
        return UpdateScoreStatus.SUCCESS

    def get_results(self, line_item_id, user_id=None, **wanted):
        self._one(line_item_id)
        rows = [
            {"userId": sub, "resultScore": score["scoreGiven"], "resultMaximum": score["scoreMaximum"]}
            for sub, score in KEPT["scores"].get(line_item_id, {}).items()
            if user_id in (None, sub)
        ]
        return {"content": rows, "has_next": False}

    def _one(self, line_item_id):
        if line_item_id not in KEPT["line_items"]:
            raise LineItemNotFoundException
        return KEPT["line_items"][line_item_id]


class Members(NamesRoleProvisioningService):
    def get_member_data_page(self, page=1, limit=None, **wanted):
        rows = [{"user_id": user, "name": name, "roles": [LIS + role]} for user, (role, name) in PEOPLE.items()]
        return {"content": rows, "has_next": False}

    def get_context_by_id(self):
        return Context(id="course-1", title="Judging", label="J")


def keep_line_item(said):
    number = str(len(KEPT["line_items"]) + 1)
    KEPT["line_items"][number] = {**said, "id": f"{BASE}/items/{number}"}
    return KEPT["line_items"][number]


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self._answer("GET")

    def do_POST(self):
        self._answer("POST")

    def do_DELETE(self):
        self._answer("DELETE")

    def log_message(self, *args):
        pass

    def _answer(self, method):
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        kind = self.headers.get("Content-Type") or ""
        asked = {
            "method": method,
            "form_data": dict(parse_qsl(body.decode())) if "form" in kind else {},
            "json": json.loads(body) if "json" in kind and body else None,
            "get_data": dict(parse_qsl(parts.query)),
            "headers": self.headers,
            "content_type": kind,
            "path": parts.path,
        }
        try:
            status, kind, text = self._route(parts.path, asked)
        except Exception as error:  # the judge says what it thinks
            status, kind, text = 400, "text/plain", f"{type(error).__name__}: {error}"
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _route(self, path, asked):
        if path.startswith("/control/"):
            return 200, "application/json", json.dumps(getattr(self, path.rpartition("/")[2])(asked))
        platform = Platform()
        if path == "/jwks":
            return 200, "application/json", json.dumps(platform.get_jwks())
        if path == "/auth":
            sent = Launch(HttpRequest(asked), platform).lti_launch()
            inputs = "".join(f'<input name="{name}" value="{sent[name]}">' for name in ("id_token", "state"))
            return 200, "text/html", f'<form method="post" action="{sent["launch_url"]}">{inputs}</form>'
        if path == "/token":
            return 200, "application/json", json.dumps(platform.get_access_token(asked["form_data"]))
        if path == "/chosen":
            KEPT["items"] = platform.validate_deeplinking_resp(asked["form_data"])
            for item in KEPT["items"]:
                keep_line_item(item["lineItem"])
            return 200, "text/html", f"<p>{len(KEPT['items'])} chosen</p>"
        return self._service(path, asked, platform)

    def _service(self, path, asked, platform):
        request = HttpRequest(asked)
        if path == "/members":
            service = Members(request, platform, f"{BASE}/members")
            response = service.handle_resp(service.handle_get_members)
        else:
            _, _, number, *more = [*path.split("/"), ""]
            service = Grades(request, platform, f"{BASE}/items", f"{BASE}/items/{number}")
            calls = {
                ("GET", ""): service.handle_get_lineitem,
                ("DELETE", ""): service.handle_delete_lineitem,
                ("POST", "scores"): service.handle_update_score,
                ("GET", "results"): service.handle_get_results,
            }
            if not number:
                wanted = service.handle_create_lineitem if asked["method"] == "POST" else service.handle_get_lineitems
                response = service.handle_resp(wanted)
            else:
                response = service.handle_resp(calls[asked["method"], more[0]], line_item_id=number)
        result = response.result
        content = result["content"] if isinstance(result, dict) and "content" in result else result
        failed = not 200 <= response.code < 300
        text = json.dumps({"error": response.message} if failed else content) if content is not None or failed else ""
        return response.code, response.media_type or "application/json", text

    # -- what a test asks
    def tool(self, asked):
        KEPT.update(tool=asked["json"], items=[], line_items={}, scores={})
        urls = {name: f"{BASE}/{path}" for name, path in (("auth_url", "auth"), ("token_url", "token"))}
        return {
            "issuer": BASE,
            "client_id": "tool-1",
            "deployment_id": "school-1",
            "jwks_url": f"{BASE}/jwks",
            **urls,
        }

    def start(self, asked):
        user, what = asked["get_data"]["user"], asked["get_data"]["what"]
        query = {
            "iss": BASE,
            "client_id": "tool-1",
            "login_hint": user,
            "lti_message_hint": f"{user}:{what}",
            "target_link_uri": KEPT["tool"]["launch"],
        }
        return {"url": f"{KEPT['tool']['login']}?{urlencode(query)}"}

    def items(self, asked):
        return {"items": KEPT["items"]}

    def grades(self, asked):
        found = [
            {
                "user": sub,
                "score": score["scoreGiven"],
                "maximum": score["scoreMaximum"],
                "comment": score.get("comment", ""),
            }
            for scores in KEPT["scores"].values()
            for sub, score in scores.items()
        ]
        return {"grades": found}


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", PORT), Handler)
    print("ready", flush=True)
    server.serve_forever()
