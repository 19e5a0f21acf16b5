"""The rules of an LMS that follows the specifications, and the seams at which the real ones differ.

Sources: https://www.imsglobal.org/spec/lti-ags/v2p0 and https://www.imsglobal.org/spec/lti-dr/v1p0
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar

AGS_SCOPE = "https://purl.imsglobal.org/spec/lti-ags/scope/"
SCORE = AGS_SCOPE + "score"
RESULT = AGS_SCOPE + "result.readonly"
LINE_ITEM = AGS_SCOPE + "lineitem"
LINE_ITEM_READ = AGS_SCOPE + "lineitem.readonly"
MEMBERS = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"
GROUPS = "https://purl.imsglobal.org/spec/lti-gs/scope/contextgroup.readonly"
SCOPES = (LINE_ITEM, RESULT, SCORE, MEMBERS)

TOOL_CONFIGURATION = "https://purl.imsglobal.org/spec/lti-tool-configuration"
# Custom parameters in which an LMS writes when an activity ends (lti.launching.dates).
DUE, UNTIL = "branchwise_due", "branchwise_until"
END_DATES = {DUE: "$ResourceLink.submission.endDateTime", UNTIL: "$ResourceLink.available.endDateTime"}
# A coach needs a name; nothing here needs an address.
CLAIMS = ("iss", "sub", "name", "given_name", "family_name")


class Verdict(StrEnum):
    """What an answer to a score means."""

    STORED = "stored"
    STALE = "stale"  # the cell holds the same or a later timestamp
    REFUSED = "refused"  # this score will not be taken as it is
    NO_ATTEMPT = "no_attempt"  # it will not be taken as a submission, but may be as a change of the grade
    GONE = "gone"  # the column is not there
    UNAUTHORISED = "unauthorised"
    THROTTLED = "throttled"
    BROKEN = "broken"  # the platform is in trouble, and may have stored it nevertheless


@dataclass(frozen=True)
class Sending:
    """One score about to be sent. `resend` says that the platform may have seen this grade before.

    `comment` is empty where the platform has it already and would show it twice. `finished_at` is when the learner
    finished what counts, which may be long before the score goes out; None where nobody did.
    """

    sub: str
    ratio: Decimal
    maximum: Decimal
    stamp: datetime
    comment: str = ""
    resend: bool = False
    sent_before: bool = False
    finished_at: datetime | None = None

    @property
    def given(self) -> Decimal:
        return self.ratio * self.maximum


def number(value: Decimal) -> int | float:
    """Return a decimal as a JSON number without a tail of zeros."""
    return int(value) if value == value.to_integral_value() else float(value)


def written(stamp: datetime) -> str:
    """Return a timestamp in UTC with its fraction, as every platform takes it."""
    return stamp.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Product:
    """The plain rules. A subclass states what its LMS does otherwise."""

    family_codes: ClassVar[tuple[str, ...]] = ()
    name: ClassVar[str] = "LMS"
    # Hosts (with a leading dot) that belong to this product although no registration names them.
    host_suffixes: ClassVar[tuple[str, ...]] = ()
    # Ends of hosts by which an LMS is known that does not say what it is.
    known_hosts: ClassVar[tuple[str, ...]] = ()
    # Ends of hosts that may vouch for each other in a registration's configuration.
    configuration_suffixes: ClassVar[tuple[str, ...]] = ()
    deep_link_maximum: ClassVar[int] = 100
    # Whether every comment is shown beside the earlier ones; then each is sent once.
    comments_add_up: ClassVar[bool] = False
    # Whether a score without a comment takes away the one that is there, a teacher's too.
    omitted_comment_clears: ClassVar[bool] = False
    # Whether a result asked for by user has its comment in it.
    filtered_result_has_comment: ClassVar[bool] = True
    # Whether to make a gradebook column for a link that has none.
    makes_columns: ClassVar[bool] = False
    after_registration: ClassVar[str] = "Activate the tool in your LMS, if it asks for that."
    # Whom our client assertion is meant for, where every LMS of this product says the same and it is no token URL.
    token_audience: ClassVar[str] = ""
    # Where to press in this LMS, by the code of a problem (lti.problems); docs/lms/troubleshooting.md lists them.
    fixes: ClassVar[Mapping[str, str]] = {}
    # Custom parameters to ask for when an activity ends; none where this LMS has no such variables.
    end_dates: ClassVar[Mapping[str, str]] = END_DATES
    # Whether a gradebook of this LMS opens a learner's attempt (LtiSubmissionReviewRequest).
    reviews: ClassVar[bool] = False
    # The most a content item's column may be worth; None where nothing limits it.
    most_points: ClassVar[int | None] = None
    # Whether a score may say when the learner finished: False where that is not known to be taken.
    takes_submission: ClassVar[bool] = True
    # The longest title of a content item, and of a column.
    longest_title: ClassVar[int] = 255
    longest_label: ClassVar[int] = 100

    def score(self, sending: Sending) -> dict[str, Any]:
        """Return the body of the one score ever sent for a grade: final, with everything that counts."""
        body: dict[str, Any] = {
            "userId": sending.sub,
            "scoreGiven": number(sending.given),
            "scoreMaximum": number(sending.maximum),
            "activityProgress": "Completed",
            "gradingProgress": "FullyGraded",
            "timestamp": written(sending.stamp),
        }
        if sending.comment:
            body["comment"] = self.comment(sending.comment)
        if sending.finished_at is not None and self.takes_submission:
            body["submission"] = {"submittedAt": written(sending.finished_at)}
        return body

    def comment(self, text: str) -> str:
        """Return a comment as this gradebook shows plain text."""
        return text

    def latest_stamp(self, text: str) -> datetime | None:
        """Return the timestamp that a refusal for an older one names, None where it does not say."""
        return None

    def is_platform_trouble(self, status: int, text: str) -> bool:
        """Say whether a failure is the platform's and not this grade's: only those count towards leaving it alone."""
        return True

    def verdict(self, status: int, text: str) -> Verdict:
        """Say what an answer means; `text` is the beginning of its body."""
        if 200 <= status < 300:
            return Verdict.STORED
        if status == 409:
            return Verdict.STALE
        if status == 401:
            return Verdict.UNAUTHORISED
        if status == 429 or (status == 403 and "rate limit" in text.lower()):
            return Verdict.THROTTLED
        if status in (404, 410):
            return Verdict.GONE
        if 400 <= status < 500:
            return Verdict.REFUSED
        return Verdict.BROKEN

    def is_final(self, status: int, text: str, tries: int) -> bool:
        """Say whether trouble that looks like passing has turned out to stay. By default it never does."""
        return False

    def same_ratio(self, found: Decimal, wanted: Decimal) -> bool:
        """Compare what a gradebook holds with what it should hold; gradebooks keep 2 to 5 places of 100."""
        return abs(found - wanted) <= Decimal("0.00011")

    def trusts_claimed_line_item(self, scopes: Sequence[str]) -> bool:
        """Say whether the launch's `lineitem` is this link's own column."""
        return True

    def zero_may_be_absent(self) -> bool:
        """Say whether a result of 0 may be shown without its score."""
        return False

    def line_item(self, label: str, maximum: Decimal, item: str, tag: str, link_id: str) -> dict[str, Any]:
        """Return the body that makes a column. Both ids go along: Open edX drops scores of columns without."""
        body: dict[str, Any] = {"label": label[:100] or "Branchwise", "scoreMaximum": number(maximum), "tag": tag}
        if item:
            body["resourceId"] = item
        if link_id:
            body["resourceLinkId"] = link_id
        return body

    def registration(self, tool: Mapping[str, str], supported: Sequence[str]) -> dict[str, Any]:
        """Return the body of a dynamic registration.

        `tool` holds name, description, domain, login, launch, jwks and icon; `supported` are the scopes that the
        platform offers: asking for others makes some refuse the whole request.
        """
        return {
            "application_type": "web",
            "client_name": tool["name"],
            "grant_types": ["client_credentials", "implicit"],
            "response_types": ["id_token"],
            "initiate_login_uri": tool["login"],
            "redirect_uris": [tool["launch"]],
            "jwks_uri": tool["jwks"],
            "logo_uri": tool["icon"],
            "token_endpoint_auth_method": "private_key_jwt",
            "scope": " ".join(self.scopes(supported)),
            TOOL_CONFIGURATION: {
                "domain": tool["domain"],
                "description": tool["description"],
                "target_link_uri": tool["launch"],
                "custom_parameters": dict(self.end_dates),
                "claims": list(CLAIMS),
                "messages": self.messages(tool),
            },
        }

    def scopes(self, supported: Sequence[str]) -> list[str]:
        """Return the scopes to ask for: ours that the platform offers, all of ours where it does not say."""
        return [scope for scope in (*SCOPES, GROUPS) if scope in supported] if supported else list(SCOPES)

    def messages(self, tool: Mapping[str, str]) -> list[dict[str, Any]]:
        return [
            {"type": "LtiResourceLinkRequest", "target_link_uri": tool["launch"], "label": tool["name"]},
            {"type": "LtiDeepLinkingRequest", "target_link_uri": tool["launch"], "label": tool["name"]},
        ]
