"""docs/lms/troubleshooting.md, written from the problems and products: `python manage.py lti_troubleshooting FILE`."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import translation

from lti.problems import EXPLAINED
from lti.products import PRODUCTS

GROUPS = {
    "login": "When the LMS begins a launch",
    "platform": "When a connection is not ready",
    "launch": "When a launch comes in",
    "deep_link": "When a teacher chooses content",
    "register": "When an LMS registers",
}
HEAD = """# Troubleshooting

<!-- Generated from the code: python manage.py lti_troubleshooting docs/lms/troubleshooting.md -->

A page that says that something did not work shows a **code** and a **number**. Find the code below. The number finds
the launch under **LMS > Launches**, with what was expected and what came; *Check it against today's settings* says
there whether what you changed has helped. For grades see
[the LMS admins' page](../lms-admins.md#when-a-grade-does-not-arrive).

The page speaks the language of the launch; what to press in the LMS stays in the words of its English menus.

![A launch that failed: what happened, what to do, code and number](../images/lms/problem.png)
"""


def page() -> str:
    """Return the whole page."""
    with translation.override("en"):
        return "\n".join([HEAD, *_groups()])


def _groups() -> Iterator[str]:
    for prefix, title in GROUPS.items():
        yield f"## {title}\n"
        for code, (what, fix) in EXPLAINED.items():
            if code.partition(".")[0] == prefix:
                yield f"### `{code}`\n\n{what}\n\n{fix}\n"
                yield from _in_products(code)


def _in_products(code: str) -> Iterator[str]:
    found = [(product.name, product.fixes[code]) for product in PRODUCTS if code in product.fixes]
    if found:
        yield "\n".join(f"- **{name}**: {fix}" for name, fix in found) + "\n"
