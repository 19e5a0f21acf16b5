"""Rules about the words of a scenario: how hard and how long they are to read, and what stands for sounds."""

from scenario_engine.checks.reading import count_words, measure
from scenario_engine.checks.rule import Problem, Problems, Subject
from scenario_engine.document import Decision, Page

# Beyond these a screen of a phone is left, and readers begin to skip.
MOST_WORDS_ON_A_PAGE, MOST_WORDS_OF_A_CHOICE, MOST_WORDS_OF_A_PROMPT = 250, 60, 90
# Enough to measure; a longer scenario is measured on its beginning.
MOST_CHARACTERS = 60_000
_FILMS = (".mp4", ".webm", ".ogv", ".mov", ".m4v")
_SOUNDS = (".mp3", ".ogg", ".oga", ".wav", ".m4a", ".opus", ".aac", ".flac")


def find_hard_reading(subject: Subject) -> Problems:
    """Yield a problem when the scenario as a whole, or one of its pages, is hard to read."""
    shown, left = [], MOST_CHARACTERS
    for key, text in subject.texts:
        if key.startswith(("scenes.", "facts.")) and not key.endswith(".note"):
            shown.append(text)
            left -= len(text)
            if left < 0:
                break
    language = subject.scenario.language
    whole = measure(shown, language)
    hint = "Shorten sentences, and use the words you would use aloud."
    if whole is not None and whole.is_hard:
        message = f"The texts are hard to read: {whole.scale} {whole.value:g} over {whole.words:,} words."
        yield Problem(message, hint, path="$.scenes")
        return
    for scene in subject.scenario.scenes:
        found = measure([scene.text], language) if isinstance(scene, Page) and len(scene.text) > 400 else None
        if found is not None and found.is_hard:
            message = f"This page is hard to read: {found.scale} {found.value:g} over {found.words} words."
            yield Problem(message, hint, scene.id, path=subject.path(scene, ".text"))


def find_long_texts(subject: Subject) -> Problems:
    """Yield each page, prompt and choice that is too long to be read on a phone without scrolling far."""
    for scene in subject.scenario.scenes:
        prompt = getattr(scene, "prompt", "")
        if isinstance(scene, Page) and _is_longer(scene.text, MOST_WORDS_ON_A_PAGE):
            message = f"This page has {count_words(scene.text)} words."
            yield Problem(message, "Split it into two pages.", scene.id, path=subject.path(scene, ".text"))
        if prompt and _is_longer(prompt, MOST_WORDS_OF_A_PROMPT):
            message = f"The question asked here has {count_words(prompt)} words."
            hint = "Tell the situation in beats or on a page before, and ask in one sentence."
            yield Problem(message, hint, scene.id, path=subject.path(scene, ".prompt"))
        if isinstance(scene, Decision):
            for i, choice in enumerate(scene.choices):
                if _is_longer(choice.text, MOST_WORDS_OF_A_CHOICE):
                    message = f"This choice has {count_words(choice.text)} words."
                    path = subject.path(scene, f".choices[{i}].text")
                    yield Problem(message, "Say what one would say in one breath.", scene.id, choice.id, path)


def _is_longer(text: str, words: int) -> bool:
    return len(text) > 2 * words and count_words(text) > words


def find_missing_transcripts(subject: Subject) -> Problems:
    """Yield each sound without a transcript and each film without captions or a transcript."""
    for scene in subject.scenario.scenes:
        if scene.audio is not None and not scene.audio.transcript:
            hint = "Write the transcript, or “inline” where the text on the screen says the same."
            message = f"“{scene.audio.file}” has no transcript for those who do not hear it."
            yield Problem(message, hint, scene.id, path=subject.path(scene, ".audio.transcript"))
        for media in [*scene.media, *(beat.media for beat in scene.beats if beat.media is not None)]:
            name = media.use.lower()
            if name.endswith((*_FILMS, *_SOUNDS)) and not media.transcript and not media.captions:
                message = f"“{media.use}” has neither captions nor a transcript."
                hint = "Add captions for a film, a transcript for a sound."
                yield Problem(message, hint, scene.id, media.id, subject.path(scene))
