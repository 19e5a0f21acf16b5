"""Rows of authoring. Everything that changes them lives in the services beside this package."""

from authoring.generation.models import GenerationRun, GenerationStage
from authoring.imports.models import ImportedDraft, ImportJob
from authoring.models.course import Course, CourseModule, CourseVersion
from authoring.models.review import ReviewTask
from authoring.models.scenario import Scenario, ScenarioMedia, ScenarioText
from authoring.models.sharing import SceneComment, ShareLink
from authoring.models.versions import NeverChanges, ScenarioVersion
from authoring.moving.models import VersionMove
from authoring.proofs.models import ScenarioProof

__all__ = [
    "Course",
    "CourseModule",
    "CourseVersion",
    "GenerationRun",
    "GenerationStage",
    "ImportJob",
    "ImportedDraft",
    "NeverChanges",
    "ReviewTask",
    "Scenario",
    "ScenarioMedia",
    "ScenarioProof",
    "ScenarioText",
    "ScenarioVersion",
    "SceneComment",
    "ShareLink",
    "VersionMove",
]
