"""The durable work of this app, for config's list of work kinds."""

from foundation.api import WorkKind

# The longest run is five calls of at most 20 s each. A lane is at most six wide (lti.grades.lanes): two threads are
# left for the others when one platform takes all the time it may.
GRADES = WorkKind(
    "lti.grades",
    rows="lti.grades.outbox.due_rows",
    run="lti.grades.batches.run",
    pool=8,
    lease_s=180,
    pick="lti.grades.lanes.pick",
    batch=50,
)
# Nine calls at most, of at most 20 s each, and a roster page by page.
PREFLIGHT = WorkKind(
    "lti.preflight",
    rows="lti.preflight.schedule.due_rows",
    run="lti.preflight.schedule.run",
    pool=1,
    lease_s=900,
    oldest_alert_s=86_400,
)
KEYS = WorkKind("lti.keys", rows="lti.models.KeyRotation", run="lti.key_rotation.run", pool=1, oldest_alert_s=86_400)

# A roster of 200 pages at most; asked for by a coach, so nothing waits for it.
ROSTERS = WorkKind("lti.rosters", rows="lti.models.Roster", run="lti.roster.run", pool=1, lease_s=900)

KINDS = (GRADES, PREFLIGHT, KEYS, ROSTERS)
