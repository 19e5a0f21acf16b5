"""An admin's pages: tools registered, registering one by its address or by hand, the log of scores."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from sandbox_lms import personalities, registration
from sandbox_lms.models import Lms, Registration
from sandbox_lms.pages.guard import page
from sandbox_lms.pages.people import need_admin
from sandbox_lms.registration_tokens import invite


class HandForm(forms.Form):
    """The addresses of a tool; the defaults are those of Branchwise."""

    name = forms.CharField(initial="Branchwise", max_length=255)
    target_link_uri = forms.URLField(label="Launch address (target link URI)", assume_scheme="https")
    initiate_login_uri = forms.URLField(label="Login initiation address", assume_scheme="https")
    redirect_uris = forms.CharField(label="Redirect addresses, one a line", widget=forms.Textarea(attrs={"rows": 3}))
    jwks_uri = forms.URLField(label="Key set address (JWKS)", assume_scheme="https")
    deep_link_uri = forms.URLField(
        label="Deep linking address, if it is another one", required=False, assume_scheme="https"
    )

    def values(self) -> dict[str, object]:
        return {**self.cleaned_data, "redirect_uris": self.cleaned_data["redirect_uris"].split()}


@page
def tools(request: HttpRequest, lms: Lms) -> HttpResponse:
    """List the tools of the LMS."""
    need_admin(request, lms)
    personality = personalities.of(lms)
    return render(
        request, "sandbox_lms/tools.html",
        {"registrations": lms.registrations.all(), "personality": personality,
         "registration_url": f"{settings.SANDBOX_TOOL_URL}/lti/register/"},
    )  # fmt: skip


@require_POST
@page
def start_registration(request: HttpRequest, lms: Lms) -> HttpResponse:
    """Open the tool's registration page in a frame, with a fresh token."""
    need_admin(request, lms)
    if not personalities.of(lms).has_dynamic_registration:
        messages.error(request, "This LMS has no dynamic registration. Register the tool by hand.")
        return redirect("register_by_hand", lms_key=lms.key)
    tool_url = request.POST.get("tool_url", "").strip()
    if not tool_url.startswith(("http://", "https://")):
        messages.error(request, "Paste the whole registration address, with http:// or https://.")
        return redirect("tools", lms_key=lms.key)
    url, _ = invite(lms, tool_url)
    return render(request, "sandbox_lms/register_frame.html", {"url": url})


@page
def register_by_hand(request: HttpRequest, lms: Lms) -> HttpResponse:
    """Ask for a tool's addresses and store it, active at once."""
    need_admin(request, lms)
    tool = settings.SANDBOX_TOOL_URL
    initial = {
        "target_link_uri": f"{tool}/lti/launch/",
        "initiate_login_uri": f"{tool}/lti/login/",
        "redirect_uris": f"{tool}/lti/launch/",
        "jwks_uri": f"{tool}/lti/jwks/",
    }
    form = HandForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = registration.register_by_hand(lms, form.values())
        messages.success(request, f"{made.name} is registered. Give the tool the values below.")
        return redirect("tool", lms_key=lms.key, pk=made.pk)
    return render(request, "sandbox_lms/register_by_hand.html", {"form": form})


@page
def tool(request: HttpRequest, lms: Lms, pk: int) -> HttpResponse:
    """Show one tool, and the values that the tool needs of this LMS."""
    need_admin(request, lms)
    found = get_object_or_404(Registration, lms=lms, pk=pk)
    return render(request, "sandbox_lms/tool.html", {"registration": found})


@require_POST
@page
def change_tool(request: HttpRequest, lms: Lms, pk: int, change: str) -> HttpResponse:
    """Activate or remove a tool."""
    need_admin(request, lms)
    found = get_object_or_404(Registration, lms=lms, pk=pk)
    if change == "activate":
        registration.activate(found)
        messages.success(request, f"{found.name} is active. Teachers can add its activities now.")
    else:
        found.delete()
        messages.success(request, f"{found.name} and its activities were removed.")
    return redirect("tools", lms_key=lms.key)


@page
def score_log(request: HttpRequest, lms: Lms) -> HttpResponse:
    """Show the last scores that tools posted, with the answers."""
    need_admin(request, lms)
    posts = lms.score_posts.select_related("line_item").order_by("-pk")[:100]
    return render(request, "sandbox_lms/score_log.html", {"posts": posts})
