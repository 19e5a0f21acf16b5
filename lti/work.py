"""The durable work of this app, for config's list of work kinds."""

from foundation.api import WorkKind

# The longest run is four calls of at most 20 s each.
GRADES = WorkKind("lti.grades", rows="lti.grades.outbox.due_rows", run="lti.grades.delivery.run", pool=4, lease_s=180)
