"""The file course.yaml, as the packs of this app know it; its shape lives with the other formats."""

from scenario_exchange.course_file import (
    CourseFile,
    PackCompetency,
    PackModule,
    PackObjective,
    PackRefused,
    in_file,
    is_inside,
    read_course_file,
    weight_of,
    write_course_file,
)

__all__ = [
    "CourseFile",
    "PackCompetency",
    "PackModule",
    "PackObjective",
    "PackRefused",
    "in_file",
    "is_inside",
    "read_course_file",
    "weight_of",
    "write_course_file",
]
