"""Where the tool's deep linking answer arrives, and where the teacher confirms it.

The answer comes in a frame, from another site, without cookies: the token in the address stands for the
teacher's session.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.signing import Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from sandbox_lms import deep_linking
from sandbox_lms.lookup import find_lms
from sandbox_lms.models import DeepLink
from sandbox_lms.pages.people import need_teacher

_signer = Signer(salt="sandbox_lms.deep_link.save")

#: What a refused answer gets: Canvas 400 with JSON, Open edX a page with 403, the others a page.
REFUSED_STATUS = {"openedx": 403}


@csrf_exempt
@require_POST
def receive(request: HttpRequest, lms_key: str, name: str, **_: int) -> HttpResponse:
    """Take the tool's answer and show, in the same frame, what becomes of it."""
    lms = find_lms(lms_key)
    deep_link = get_object_or_404(DeepLink, token=request.GET.get(name, ""), course__lms=lms)
    try:
        deep_linking.receive(deep_link, request.POST.get("JWT", ""))
    except deep_linking.AnswerRefused as refused:
        context = {"lms": lms, "deep_link": deep_link, "message": str(refused)}
        status = REFUSED_STATUS.get(lms.personality, 400)
        return render(request, "sandbox_lms/deep_link_refused.html", context, status=status)
    context = {
        "lms": lms, "deep_link": deep_link, "course": deep_link.course, "saved": DeepLink.SAVED,
        "proof": _signer.sign(deep_link.token),
    }  # fmt: skip
    return render(request, "sandbox_lms/deep_link_summary.html", context)


@csrf_exempt
@require_POST
def save(request: HttpRequest, lms_key: str, token: str) -> HttpResponse:
    """Make the activities that the teacher confirmed, and go back to the course."""
    deep_link = get_object_or_404(DeepLink, token=token, course__lms=find_lms(lms_key))
    # The browser sent no cookies with the tool's answer and would keep none, so the summary cannot carry the
    # usual CSRF token: it carries this proof, which the tool, knowing only the return address, does not have.
    if not constant_time_compare(request.POST.get("proof", ""), _signer.sign(token)):
        raise PermissionDenied("This did not come from the summary. Begin again from the course.")
    course = deep_link.course
    need_teacher(request, course)
    made = deep_linking.save(deep_link)
    messages.success(request, f"{len(made)} activities were added." if len(made) != 1 else "1 activity was added.")
    return redirect("course", lms_key=lms_key, course_pk=course.pk)
