"""What can go wrong with a login, launch or registration: stable codes, and what to tell people about each.

A code never changes its meaning. `expected` and `received` are shown and kept, so they never hold a token, a name
or an address of a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _
from pylti1p3.exception import LtiException

EXPLAINED: dict[str, tuple[Any, Any]] = {
    # code: (what happened, the likely fix)
    "login.platform_unknown": (
        _("This LMS is not registered here."),
        _("Register the tool again, and compare the issuer letter by letter: a trailing slash makes another issuer."),
    ),
    "login.client_ambiguous": (
        _("This LMS did not say which of its registrations is meant."),
        _("Let the LMS send client_id with the login, or keep only one registration of this issuer."),
    ),
    "login.parameter": (
        _("The LMS began the launch with a parameter missing or unusable."),
        _("Check that the login URL in the LMS is the tool's login URL, and not its launch URL."),
    ),
    "platform.pending": (
        _("This LMS is registered, but nobody here has approved it yet."),
        _("Ask an LMS admin of your organisation to approve it under LMS connections."),
    ),
    "platform.suspended": (
        _("This LMS is suspended here."),
        _("Ask an LMS admin of your organisation why, and to activate it again under LMS connections."),
    ),
    "launch.method": (
        _("This address only answers launches from an LMS."),
        _("Open the activity from your course."),
    ),
    "launch.lms_refused": (
        _("The LMS itself ended the launch."),
        _("Sign in to the LMS again, then open the activity from the course."),
    ),
    "launch.state_missing": (
        _("The launch does not say which login it belongs to."),
        _("Open the activity from your course again."),
    ),
    "launch.state_unknown": (
        _("This launch has been used already, or took too long."),
        _("Go back to your course and open the activity again; reloading this page cannot work."),
    ),
    "launch.other_browser": (
        _("Your browser did not give back what the login stored in it."),
        _("Open the activity in a new tab, or allow this site to store data inside your LMS."),
    ),
    "launch.token_missing": (
        _("The launch came without an id_token."),
        _("Check in the LMS that the tool is set up as LTI 1.3, with this address as its redirect URI."),
    ),
    "launch.token_malformed": (
        _("The id_token cannot be read."),
        _("Nothing can be done here: the LMS has to send a signed JSON Web Token."),
    ),
    "launch.issuer": (
        _("The launch comes from another issuer than the login."),
        _("Compare the issuer of the registration with what the LMS calls itself."),
    ),
    "launch.audience": (
        _("The launch is meant for another client id."),
        _("Compare the client id of the registration with the one in the LMS."),
    ),
    "launch.authorised_party": (
        _("The launch was issued to another party."),
        _("azp must be this tool's client id; check the tool's registration in the LMS."),
    ),
    "launch.key_missing": (
        _("The id_token does not say which key signed it."),
        _("The LMS has to put the key's kid into the header."),
    ),
    "launch.algorithm": (
        _("The id_token is signed in a way that is not accepted."),
        _("The LMS has to sign with RS256."),
    ),
    "launch.key_unknown": (
        _("The LMS signed with a key that it does not publish."),
        _("Check the key set URL of the registration. If the LMS changed its keys just now, try again in a minute."),
    ),
    "launch.key_weak": (
        _("The LMS signs with a key that is too short to be safe."),
        _("The LMS needs an RSA key of 2048 bits or more."),
    ),
    "launch.keys_unreachable": (
        _("The public keys of the LMS could not be fetched."),
        _("Open the key set URL of the registration from this server: it must answer JSON, without redirect."),
    ),
    "launch.signature": (
        _("The signature of the launch is not right."),
        _("Check that the key set URL belongs to the same LMS as the login."),
    ),
    "launch.time_missing": (
        _("The launch does not say when it was made or until when it counts."),
        _("The LMS has to send iat and exp."),
    ),
    "launch.expired": (
        _("The launch is too old."),
        _("Open the activity again. If it happens each time, the clock of the LMS or of this server is wrong."),
    ),
    "launch.from_future": (
        _("The launch is dated in the future."),
        _("The clock of the LMS or of this server is wrong."),
    ),
    "launch.nonce": (
        _("The launch does not answer the login that was begun."),
        _("Open the activity from your course again. If you had it open twice, close one of them."),
    ),
    "launch.version": (
        _("The launch speaks another version of LTI."),
        _("Set up the tool as LTI 1.3 in the LMS."),
    ),
    "launch.message_type": (
        _("The launch does not say what kind of message it is."),
        _("The LMS has to send the message_type claim."),
    ),
    "launch.message_unsupported": (
        _("The LMS asks for something that this tool does not do."),
        _("It opens activities, lets teachers choose content and look at attempts: use the link of the activity."),
    ),
    "launch.review_not_teacher": (
        _("Only teachers look at other people's attempts."),
        _("Open the activity itself to see your own."),
    ),
    "launch.claim": (
        _("A claim of the launch is missing or unusable."),
        _("Report the claim named below to the people who run the LMS."),
    ),
    "launch.user_missing": (
        _("The launch does not say who you are."),
        _("Sign in to the LMS. An LMS admin may allow launches without a person for this LMS."),
    ),
    "launch.deployment_missing": (
        _("The launch does not name its deployment."),
        _("The LMS has to send the deployment_id claim."),
    ),
    "launch.deployment_unknown": (
        _("This installation of the tool is not known here."),
        _("Ask an LMS admin of your organisation to add the deployment under LMS connections."),
    ),
    "launch.target": (
        _("The launch asks for an address that is not this tool's."),
        _("Correct the tool URL of the activity: it must begin with this site's address."),
    ),
    "launch.content_missing": (
        _("This activity has no content yet."),
        _("A teacher has to choose a scenario or course for it: edit the activity and use “Select content”."),
    ),
    "launch.content_gone": (
        _("What this activity shows is not published any more."),
        _("A teacher has to choose other content for it, or a designer has to publish it again."),
    ),
    "launch.unexpected": (
        _("The launch could not be read."),
        _("Report the number below to the people who run this site."),
    ),
    "deep_link.expired": (
        _("The choice took too long, or this page is a copy."),
        _("Close it and choose the content again from the LMS."),
    ),
    "deep_link.not_teacher": (
        _("Only teachers choose content for an activity."),
        _("Open the activity as somebody who teaches the course."),
    ),
    "register.parameter": (
        _("The registration does not say where the LMS keeps its configuration."),
        _("Paste the registration URL into the LMS, instead of opening it yourself."),
    ),
    "register.configuration": (
        _("The configuration of the LMS cannot be used."),
        _("Try again; if it fails again, add the LMS by hand under LMS connections."),
    ),
    "register.issuer_host": (
        _("The LMS names an issuer on another host than its configuration."),
        _("The address of the configuration must be on the issuer's host."),
    ),
    "register.refused": (
        _("The LMS refused the registration."),
        _("Start the registration again from the LMS: its link works once, and for an hour at most."),
    ),
    "register.organisation": (
        _("The registration URL names an organisation that is not here."),
        _("Copy the registration URL again from LMS connections."),
    ),
}


class Product(Protocol):
    """What an LMS calls things, as lti.products says; a protocol, because products stand above problems."""

    @property
    def name(self) -> str: ...

    @property
    def fixes(self) -> Mapping[str, str]: ...


@dataclass(frozen=True)
class Problem:
    """A problem in words, for one page. `fix_there` is where to press in that LMS."""

    code: str
    what: str
    fix: str
    expected: str = ""
    received: str = ""
    fix_there: str = ""
    lms: str = ""


class LaunchProblem(LtiException):
    """A login, launch or registration cannot go on."""

    def __init__(self, code: str, expected: object = "", received: object = "") -> None:
        super().__init__(f"{code}: expected {expected!r}, received {received!r}")
        if code not in EXPLAINED:
            raise ValueError(f"{code!r} is explained nowhere: add it to lti.problems.")
        self.code = code
        self.expected = shown(expected)
        self.received = shown(received)

    def in_words(self, product: Product | None = None) -> Problem:
        """Say it to people; with a product, the fix in that LMS's own words."""
        return in_words(self.code, self.expected, self.received, product)


def in_words(code: str, expected: str = "", received: str = "", product: Product | None = None) -> Problem:
    """Return a problem in words; a code of an earlier version says at least itself."""
    what, fix = EXPLAINED.get(code, (code, ""))
    there = product.fixes.get(code, "") if product else ""
    return Problem(code, str(what), str(fix), expected, received, there, product.name if there and product else "")


def shown(value: object, length: int = 200) -> str:
    """Return a foreign value as short printable text."""
    text = value if isinstance(value, str) else repr(value)
    text = "".join(letter if letter.isprintable() else "\ufffd" for letter in text[: length + 1])
    return text[:length] + "…" if len(text) > length else text
