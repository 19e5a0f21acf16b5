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
    # One at a time for each process: a read may take a gigabyte.
    WorkKind(
        "authoring.imports",
        "authoring.imports.models.ImportJob",
        "authoring.imports.jobs.run_import",
        pool=1,
        lease_s=300,
    ),
    WorkKind(
        "authoring.proofs", "authoring.models.ScenarioProof", "authoring.proofs.work.run_proof", pool=1, lease_s=600
    ),
    WorkKind("authoring.moving", "authoring.models.VersionMove", "authoring.moving.work.run_move", pool=1, lease_s=120),
)
