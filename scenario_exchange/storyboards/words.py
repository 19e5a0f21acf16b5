"""The words that heads of columns, kinds and parts go by in the storyboards of several languages."""

from __future__ import annotations

from scenario_exchange.storyboards.naming import fold

_COLUMN_WORDS = {
    "scene": "scene, scene id, scene name, screen, step, slide, node, passage, szene, bildschirm, schritt, scène, "
    "écran, étape, escena, pantalla, paso, scena, scherm, cena, المشهد, مشهد",
    "kind": "kind, type, scene type, art, typ, szenentyp, genre, tipo, soort, النوع, نوع",
    "part": "part, row, row type, teil, zeile, partie, parte, fila, onderdeel, الجزء",
    "id": "id, choice id, kennung, identifiant, identificador, المعرف",
    "title": "title, heading, titel, überschrift, titre, título, titolo, العنوان",
    "who": "who, speaker, character, says, speaks, role, wer, sprecher, sprecherin, figur, rolle, qui, personnage, "
    "interlocuteur, quién, personaje, habla, chi, personaggio, wie, spreker, quem, personagem, المتحدث, من",
    "mood": "mood, emotion, stimmung, gefühl, humeur, émotion, ánimo, emoción, umore, stemming, humor, المزاج",
    "text": "text, line, words, dialogue, dialog, script, content, description, situation, narration, prompt, "
    "question, was gesagt wird, inhalt, beschreibung, texte, réplique, contenu, texto, contenido, situación, testo, "
    "tekst, النص",
    "choice": "choice, choices, option, options, answer, response, learner says, wahl, auswahl, antwort, entscheidung, "
    "choix, réponse, opción, opciones, respuesta, elección, scelta, risposta, keuze, antwoord, escolha, resposta, "
    "الخيار, الاختيار, خيار",
    "goto": "goto, go to, goes to, target, next, next scene, leads to, jump, ziel, weiter, weiter zu, führt zu, "
    "nächste szene, cible, suite, mène à, scène suivante, destino, siguiente, lleva a, va a, prossima, volgende, "
    "próxima, يؤدي إلى, التالي",
    "points": "points, score, scores, pts, punkte, wertung, barème, note, puntos, puntuación, punti, punten, pontos, "
    "النقاط, نقاط",
    "changes": "changes, effects, effect, sets, consequences for variables, wirkung, wirkungen, änderungen, effets, "
    "effet, changements, efectos, cambios, effetti, effecten, efeitos, التغييرات, الآثار",
    "when": "when, condition, only if, if, shown when, wenn, bedingung, nur wenn, quand, si, cuándo, condición, "
    "se, quando, als, voorwaarde, condição, متى, الشرط",
    "then": "reaction, consequence, then, what happens, reaktion, folge, dann, réaction, conséquence, alors, reacción, "
    "consecuencia, entonces, reazione, reactie, reação, رد الفعل",
    "feedback": "feedback, coaching, comment, rationale, rückmeldung, kommentar, rétroaction, commentaire, "
    "retroalimentación, comentario, riscontro, terugkoppeling, الملاحظات, التغذية الراجعة",
    "better": "better, better phrasing, better wording, suggested wording, besser, bessere formulierung, mieux, "
    "meilleure formulation, mejor, mejor formulación, meglio, beter, melhor, صياغة أفضل",
    "more": "more, details, mehr, détails, más, المزيد",
}
_KIND_WORDS = {
    "page": "page, text, lesson, information, seite, lektion, página, pagina, leçon, صفحة",
    "line": "line, dialogue, dialog, conversation, gespräch, réplique, diálogo, حوار",
    "decision": "decision, choice, choices, branch, entscheidung, wahl, décision, choix, decisión, elección, قرار",
    "question": "question, quiz, frage, pregunta, domanda, vraag, سؤال",
    "reply": "reply, free text, open answer, writes, antwort, freitext, réponse libre, respuesta, رد",
    "roleplay": "roleplay, role play, rollenspiel, jeu de rôle, juego de rol, لعب الأدوار",
    "reflection": "reflection, journal, reflexion, nachdenken, réflexion, reflexión, تأمل",
    "route": "route, routing, weiche, aiguillage, ruta, مسار",
    "ending": "ending, end, the end, outcome, ende, schluss, fin, final, desenlace, fine, einde, fim, نهاية, النهاية",
}
_PART_WORDS = {
    "scenario": "scenario, story, course, szenario, scénario, escenario",
    "setting": "setting, settings, einstellung, réglage, ajuste",
    "scene": "scene, szene, scène, escena, scena",
    "beat": "beat, line, says, narration, replik, réplique, línea",
    "then": "then, reaction, reaktion, réaction, reacción",
    "choice": "choice, wahl, auswahl, choix, opción, elección",
    "option": "option, answer, antwort, réponse, respuesta",
    "rule": "rule, regel, règle, regla",
    "sample": "sample, beispiel, exemple, ejemplo",
}
_OUTCOME_WORDS = {
    "good": "good, success, positive, gut, erfolg, bon, réussite, bueno, éxito, جيد",
    "mixed": "mixed, neutral, fair, gemischt, mitigé, mixto, neutro, مختلط",
    "poor": "poor, bad, failure, negative, schlecht, misserfolg, mauvais, échec, malo, fracaso, سيئ",
    "stopped": "stopped, abgebrochen, arrêté, detenido",
    "read": "read, gelesen, lu, leído",
}
_RIGHT = "right, correct, true, yes, x, richtig, ja, juste, oui, vrai, correcto, sí, صحيح"
_WRONG = "wrong, incorrect, false, no, falsch, nein, faux, non, incorrecto, خطأ"


def _table(words: dict[str, str]) -> dict[str, str]:
    table: dict[str, str] = {}
    for name, listed in words.items():
        table.setdefault(fold(name), name)
        for word in listed.split(","):
            table.setdefault(fold(word), name)
    return table


_COLUMNS = _table(_COLUMN_WORDS)
_KINDS = _table(_KIND_WORDS)
_PARTS = _table(_PART_WORDS)
_OUTCOMES = _table(_OUTCOME_WORDS)
_CREDITS = _table({"right": _RIGHT, "wrong": _WRONG})


def column_of(head: str) -> str:
    """Return the column that a head names in any of our languages, or ""."""
    return _COLUMNS.get(fold(head), "")


def kind_of(word: str) -> str:
    """Return the kind of scene that a word names, or ""."""
    return _KINDS.get(fold(word), "")


def part_of(word: str) -> str:
    """Return the part of a scene that a word names, or ""."""
    return _PARTS.get(fold(word), "")


def outcome_of(word: str) -> str:
    """Return the outcome that a word names, or ""."""
    return _OUTCOMES.get(fold(word), "")


def is_right(word: str) -> bool | None:
    """Return whether a word says right or wrong, or None when it says neither."""
    return {"right": True, "wrong": False}.get(_CREDITS.get(fold(word), ""))
