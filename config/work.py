"""The one list of work kinds: every durable job of the site, whose rows its app keeps."""

from collections.abc import Sequence

from foundation.work import WorkKind
from lti.work import KINDS as LTI_KINDS

# WorkKind(name, rows, run, pool, lease_s): rows and run are dotted paths; see foundation.work.
KINDS: Sequence[WorkKind] = (
    *LTI_KINDS,
    WorkKind("learning.judgements", "learning.models.PendingJudgement", "learning.judgement_work.run", lease_s=120),
    WorkKind("learning.due", "learning.models.DueDate", "learning.due_work.run", pool=1),
    WorkKind(
        "authoring.generation",
        "authoring.generation.stages.pending_stages",
        "authoring.generation.stages.run_stage",
        pool=3,
        lease_s=300,
    ),
)
