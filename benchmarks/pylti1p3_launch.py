"""Beside benchmarks.launches: stock pylti1p3 by its Django contrib and its cache storage, as its documentation has it.

It is configured in memory with the platform's keys, so that it fetches none. It keeps its nonce and its launch in the
cache (in the process here), and no rows: no person, context or participation.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from pylti1p3.contrib.django.launch_data_storage.cache import DjangoCacheDataStorage
from pylti1p3.contrib.django.message_launch import DjangoMessageLaunch
from pylti1p3.contrib.django.oidc_login import DjangoOIDCLogin
from pylti1p3.tool_config.dict import ToolConfDict

_known: list[ToolConfDict] = []
# They come without types.
_Login: Any = DjangoOIDCLogin
_Message: Any = DjangoMessageLaunch
_Storage: Any = DjangoCacheDataStorage


def answered_here(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: the addresses of this module instead of the site's."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.urlconf = "benchmarks.pylti1p3_launch"
        return get_response(request)

    return answer


def configure(issuer: str, client_id: str, jwk: dict[str, str]) -> None:
    """Register a platform with its only key."""
    registered: Any = {
        "default": True, "client_id": client_id, "auth_login_url": f"{issuer}/auth",
        "auth_token_url": f"{issuer}/token", "key_set": {"keys": [jwk]}, "deployment_ids": ["1"],
    }  # fmt: skip
    _known[:] = [ToolConfDict({issuer: [registered]})]


@csrf_exempt
@xframe_options_exempt
def login(request: HttpRequest) -> HttpResponse:
    entry = _Login(request, _known[0], launch_data_storage=_Storage())
    response: HttpResponse = entry.redirect(request.POST["target_link_uri"])
    return response


@csrf_exempt
@xframe_options_exempt
def launch(request: HttpRequest) -> HttpResponse:
    message = _Message(request, _known[0], launch_data_storage=_Storage())
    message.get_launch_data()
    return HttpResponseRedirect(f"/activity/{message.get_launch_id()}/", status=303)


urlpatterns = [path("stock/login/", login), path("stock/launch/", launch)]
