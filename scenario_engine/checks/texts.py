"""Rules about texts: messages that can be filled in, and words for those who do not see the pictures."""

from scenario_engine.checks.rule import Problem, Problems, Subject
from scenario_engine.messages import check_message


def find_bad_messages(subject: Subject) -> Problems:
    """Yield each text whose braces say nothing that can be filled in."""
    for key, text in subject.texts:
        if "{" not in text and "}" not in text:
            continue
        error = check_message(text)
        if error is not None:
            message = f"{error} It is at character {error.at + 1}, near “{_excerpt(text, error.at)}”."
            hint = "Write {name}, {n, plural, one {…} other {…}}, or '{' for a brace that is meant."
            scene, part = _place(key)
            yield Problem(message, hint, scene, part, key)


def _excerpt(text: str, at: int) -> str:
    return text[max(0, at - 10) : at + 20].replace("\n", " ")


def _place(key: str) -> tuple[str, str]:
    """Return (scene, part) of a text key such as scenes.hello.choices.ask.text."""
    names = key.split(".")
    if names[0] != "scenes" or len(names) < 2:
        return "", names[1] if len(names) > 2 else ""
    return names[1], names[3] if len(names) > 4 else ""


def find_missing_descriptions(subject: Subject) -> Problems:
    """Yield each picture without words for those who do not see it."""
    hint = "Say in a few words what it shows, or mark it as decorative."
    for scene in subject.scenario.scenes:
        shown = [*scene.media, *(beat.media for beat in scene.beats if beat.media is not None)]
        for media in shown:
            if not media.alt and not media.decorative:
                message = f"“{media.use}” has no words for those who do not see it."
                yield Problem(message, hint, scene.id, media.id, subject.path(scene))
    for who, member in subject.scenario.cast.items():
        for name, mood in member.moods.items():
            if not mood.alt:
                message = f"The picture of {who} in the mood “{name}” has no words for those who do not see it."
                yield Problem(message, hint, part=f"{who}.{name}", path=f"$.cast.{who}.moods.{name}.alt")
