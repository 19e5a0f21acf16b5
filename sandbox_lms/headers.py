"""Security headers of every answer. Views that need more say so on the response."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' http: https: data:; "
    "font-src 'self'; connect-src 'self'; frame-src http: https:; base-uri 'none'; frame-ancestors 'self'; "
)
#: Forms of ordinary pages stay here; those of a launch go to the tool, and their redirects anywhere it says.
POLICY = PAGE + "form-action 'self'"
LAUNCH_POLICY = PAGE + "form-action http: https:"


class SafeHeaders:
    """Adds the Content-Security-Policy unless the view set one; our pages are framed by ourselves only."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        return response


def allow_posts_to_tool(response: HttpResponse) -> HttpResponse:
    """Return `response` with a policy that lets its form post to a tool on any origin."""
    response.headers["Content-Security-Policy"] = LAUNCH_POLICY
    return response
