"""`check`: all rules over a scenario, findings in scene order."""

from datetime import date

from scenario_engine.checks.catalogue import RULES
from scenario_engine.checks.rule import Problem, Rule, Subject
from scenario_engine.document import Scenario
from scenario_engine.findings import Finding, has_errors
from scenario_engine.proof import DEFAULT_BOUND, Proof, prove_space

# Enough for every scenario of a few hundred scenes, and answered while the author types.
EDITING_BOUND = 20_000


def check(scenario: Scenario, *, bound: int = EDITING_BOUND, today: date | None = None) -> list[Finding]:
    """Return every finding about a scenario, in scene order; what concerns the whole comes first.

    `bound` limits the search of all plays, `today` is needed to know which reviews have expired. A search that meets a
    bound below the default of `proof` finds nothing, good or bad: publishing searches further.
    """
    return _check(Subject(scenario, bound, today))


def check_to_publish(
    scenario: Scenario, *, bound: int = DEFAULT_BOUND, today: date | None = None
) -> tuple[list[Finding], Proof | None]:
    """Return the findings that decide about publishing, and the proof whose `maximum` a version freezes.

    No proof where there are errors, or where the story cannot be searched and its grade does not need it.
    """
    subject = Subject(scenario, bound, today)
    findings = _check(subject)
    if has_errors(findings) or subject.space is None:
        return findings, None
    return findings, prove_space(subject.space)


def _check(subject: Subject) -> list[Finding]:
    findings: list[Finding] = []
    for rule in RULES:
        if not rule.needs_proof:
            findings += _run(rule, subject)
    if not any(finding.level == "error" and finding.code.startswith("structure.") for finding in findings):
        for rule in RULES:
            if rule.needs_proof:
                findings += _run(rule, subject)
    order = {rule.code: position for position, rule in enumerate(RULES)}
    return sorted(findings, key=lambda each: (subject.index.get(each.scene, -1), order[each.code]))


def _run(rule: Rule, subject: Subject) -> list[Finding]:
    return [_finding(rule, problem) for problem in rule.find(subject)]


def _finding(rule: Rule, problem: Problem) -> Finding:
    return Finding(
        code=rule.code,
        level=problem.level or rule.level,
        message=problem.message,
        hint=problem.hint,
        scene=problem.scene,
        part=problem.part,
        path=problem.path,
    )
