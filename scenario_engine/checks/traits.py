"""A rule about people: a protected trait that only the difficult person of a story has may teach a prejudice.

It reads words, knows no context, and never says that a text is wrong: it asks the author to look. English only so far;
a list for another language is one entry here.
"""

import re
from collections.abc import Iterator

from scenario_engine.checks.rule import Problem, Problems, Subject
from scenario_engine.document import CastMember, Roleplay

# Words in a description that name a trait protected by equality law; what is protected differs by country.
TRAITS = {
    "en": {
        "religion or belief": "muslim|islam|christian|jewish|hindu|sikh|buddhist|catholic|hijab|turban|religious",
        "origin or skin colour": "black|asian|african|arab|roma|latin[oa]|(?:im)?migrant|refugee|foreigner|accent",
        "disability or health": "disab|wheelchair|autis|adhd|depress|bipolar|deaf|blind|dyslexi|chronic(?:ally)? ill",
        "pregnancy or parental leave": "pregnan|maternity|paternity|parental leave",
        "age": "elderly|old (?:lady|man|woman)|pensioner|senile|(?:near|close to) retirement|boomer",
        "sexual orientation or gender identity": "gay|lesbian|bisexual|transgender|queer|non-binary",
    }
}
_DIFFICULT = re.compile(r"angr|furious|rage|hostil|aggress|rude|shout|threat|upset|enraged|wütend|en colère|enfadad")


def find_tied_traits(subject: Subject) -> Problems:
    """Yield a note for each person shown as difficult who alone is described by a protected trait."""
    language = subject.scenario.language.partition("-")[0].lower()
    if language not in TRAITS:
        return
    difficult = set(_difficult(subject))
    for trait, pattern in TRAITS[language].items():
        words = re.compile(rf"\b(?:{pattern})", re.IGNORECASE)
        described = {who: found for who, m in subject.scenario.cast.items() if (found := words.search(_description(m)))}
        if described and set(described) <= difficult:
            for who, found in described.items():
                message = (
                    f"“{found.group()}” in the description of {who} may name a protected trait ({trait}), and among"
                    " the cast only somebody shown as upset or hostile has it."
                )
                hint = "Where the story needs it, have somebody with that experience read it; else drop or share it."
                yield Problem(message, hint, part=who, path=f"$.cast.{who}")


def _difficult(subject: Subject) -> Iterator[str]:
    scenario = subject.scenario
    for who, member in scenario.cast.items():
        if who != "you" and any(_DIFFICULT.search(mood.casefold()) for mood in member.moods):
            yield who
    for scene in scenario.scenes:
        if isinstance(scene, Roleplay) and any(_DIFFICULT.search(mood.casefold()) for mood in scene.lines):
            yield scene.plays.character


def _description(member: CastMember) -> str:
    return " ".join([member.role, member.background, member.manner, *member.goals, *member.limits])
