"""Headers of every answer: strict by default, looser for the admin, framed only where a view says so."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from foundation.api import framed_by, set_csp
from foundation.middleware import RequestIdMiddleware, SecurityHeadersMiddleware

STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def through(response: HttpResponse, path: str = "/play/x/") -> HttpResponse:
    middleware = SecurityHeadersMiddleware(lambda request: response)
    answer = middleware(RequestFactory().get(path))
    assert isinstance(answer, HttpResponse)
    return answer


def test_pages_are_strict() -> None:
    response = through(HttpResponse())
    assert response["Content-Security-Policy"] == STRICT
    assert response["X-Frame-Options"] == "DENY"
    assert "camera=()" in response["Permissions-Policy"]


def test_the_admin_may_run_its_inline_scripts_and_frame_itself() -> None:
    policy = through(HttpResponse(), "/admin/login/")["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-inline'" in policy
    assert "frame-ancestors 'self'" in policy


def test_a_path_that_only_looks_like_the_admin_is_strict() -> None:
    assert through(HttpResponse(), "/administration/")["Content-Security-Policy"] == STRICT


def test_a_view_may_be_framed_by_an_lms() -> None:
    response = HttpResponse(headers={"Cross-Origin-Opener-Policy": "same-origin"})
    set_csp(response, frame_ancestors=["https://lms.example"])
    answer = through(response)
    assert "frame-ancestors https://lms.example" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer
    assert "Cross-Origin-Opener-Policy" not in answer


def test_the_decorator_frames_a_view_and_the_view_has_the_last_word() -> None:
    @framed_by("https://one.example", "https://two.example")
    def plain(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    @framed_by("https://one.example")
    def particular(request: HttpRequest) -> HttpResponse:
        response = HttpResponse()
        set_csp(response, frame_ancestors=["https://three.example"])
        return response

    request = RequestFactory().get("/")
    assert "frame-ancestors https://one.example https://two.example" in _policy(plain(request))
    assert "frame-ancestors https://three.example" in _policy(particular(request))


def test_no_source_at_all_is_none() -> None:
    response = HttpResponse()
    set_csp(response, frame_ancestors=[], img_src=["'self'", "https://media.example"])
    policy = _policy(response)
    assert "frame-ancestors 'none'" in policy
    assert "img-src 'self' https://media.example" in policy


@pytest.mark.parametrize(
    "source", ["", "https://a; script-src *", "https://a https://b", "https://a,b", "https://ä", "x\r\ny"]
)
def test_a_source_that_could_end_its_directive_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match="cannot stand in a Content-Security-Policy"):
        set_csp(HttpResponse(), frame_ancestors=[source])


@pytest.mark.parametrize(("given", "kept"), [("abc-12345678", True), ("x", False), ("a b c d e f g h", False)])
def test_a_request_id_is_taken_over_when_it_is_harmless(given: str, kept: bool) -> None:
    middleware = RequestIdMiddleware(lambda request: HttpResponse())
    response = middleware(RequestFactory().get("/", headers={"X-Request-ID": given}))
    assert (response["X-Request-ID"] == given) is kept
    assert response["X-Request-ID"]


@pytest.mark.django_db
def test_a_page_of_the_site_carries_them_all(client: Client) -> None:
    response = client.get("/healthz")
    assert response["Content-Security-Policy"] == STRICT
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Request-ID"]


def _policy(response: HttpResponse) -> str:
    return str(through(response)["Content-Security-Policy"])
