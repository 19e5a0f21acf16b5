// Generated from scenario_engine by `python -m scenario_engine.contract`. Do not edit.

/** Answer a question: option ids (single: one), a number or how it was typed, a text, ids in order; pairs as lists. */
export interface Answer {
  "type": "answer";
  "value": unknown[] | number | string;
  "confidence"?: number | null;
}

/** Take a choice of a decision, a way on from a page, or a sample nearest to the own words. */
export interface Choose {
  "type": "choose";
  "choice": string;
}

/** Switch the time limits of this attempt off, or on again, where the author lets the learner. */
export interface Clock {
  "type": "clock";
  "on"?: boolean;
}

/** Go on from a page, line, reaction, reflection or ending. */
export interface Continue {
  "type": "continue";
}

/** Show the next hint, at its price. */
export interface Hint {
  "type": "hint";
}

/** End a role-play as the learner's own decision. */
export interface Leave {
  "type": "leave";
}

/** Write at a prompt of a reflection (an empty text takes the words back), and share item by item. */
export interface Reflect {
  "type": "reflect";
  "prompt": string;
  "text"?: string;
  "shares"?: string[];
}

/** A turn of a role-play. */
export interface Say {
  "type": "say";
  "text": string;
}

/** Stop here: no grade, no attempt used, nobody told. */
export interface Stop {
  "type": "stop";
}

/** Say that a goal of the role-play is met, where its author leaves that to the learner. */
export interface Tick {
  "type": "tick";
  "goal": string;
}

/** Reply in own words. */
export interface Write {
  "type": "write";
  "text": string;
}

export type Action = Continue | Choose | Answer | Write | Say | Tick | Reflect | Hint | Clock | Leave | Stop;

/** The briefing before the first scene: what it is, how long, what may be hard, and what it is not for. */
export interface AboutView {
  "summary"?: Record<string, unknown>[];
  "minutes"?: number | null;
  "content_note"?: Record<string, unknown>[];
  "objectives"?: Record<string, unknown>[][];
  "not_for"?: string[];
  "support"?: Record<string, unknown>[];
}

/** One line: `who` is a cast id (absent: narration). `by_model`: a model made it up, and the learner is told. */
export interface BeatView {
  "id": string;
  "text": Record<string, unknown>[];
  "who"?: string;
  "name"?: string;
  "role"?: string;
  "is_learner"?: boolean;
  "portrait"?: PortraitView | null;
  "media"?: MediaView | null;
  "by_model"?: boolean;
}

/** How sure the learner was and how right, over the answers that asked for it; sure means 3 or 4 of 4. */
export interface CalibrationView {
  "answers": number;
  "sure_and_right"?: number;
  "sure_and_wrong"?: number;
  "unsure_and_right"?: number;
  "unsure_and_wrong"?: number;
}

/** A card the learner can press. */
export interface ChoiceView {
  "id": string;
  "text": Record<string, unknown>[];
}

/** What a coach changed, and why: old and new in the terms of `kind` (a level 0-4, or a share 0..1). */
export interface CorrectionView {
  "kind": "credit" | "excuse" | "grade" | "level" | "void";
  "about"?: string;
  "old"?: number | null;
  "new"?: number | null;
  "reason"?: string;
  "at"?: string;
}

/** What a reply will be read for, unless the author hides it. */
export interface CriterionView {
  "id": string;
  "title": string;
  "anchors"?: Record<string, unknown>[][];
}

/** The page after an ending. */
export interface Debrief {
  "ending": EndingView;
  "led_here"?: Record<string, unknown>[][];
  "script"?: DebriefEntry[];
  "profile"?: ProfileBar[];
  "grade"?: GradeView;
  "corrections"?: CorrectionView[];
  "try_next"?: Record<string, unknown>[];
  "path"?: string[];
  "calibration"?: CalibrationView | null;
}

/** One visit replayed: what was said to and by the learner, and what it did. `mark` goes in the margin. */
export interface DebriefEntry {
  "scene": string;
  "heading"?: string;
  "beats"?: BeatView[];
  "prompt"?: Record<string, unknown>[];
  "said"?: Record<string, unknown>[][];
  "reaction"?: BeatView[];
  "feedback"?: Record<string, unknown>[][];
  "better"?: Record<string, unknown>[];
  "mark"?: "" | "missed" | "mixed" | "strong";
  "points"?: Record<string, number>;
  "credit"?: number | null;
  "confidence"?: number | null;
  "note"?: "" | "bonus" | "excused" | "pending" | "practice" | "repeat";
}

/** Where the grade is on its way to the LMS, in words the learner understands. */
export interface Delivery {
  "status": "confirmed" | "delayed" | "held" | "none" | "saved" | "sent";
  "at"?: string;
}

/** An ending as the learner meets it. */
export interface EndingView {
  "id": string;
  "outcome": "good" | "mixed" | "poor" | "read" | "stopped";
  "title": string;
}

/** An entry of the notebook. */
export interface FactView {
  "id": string;
  "text": Record<string, unknown>[];
  "is_new"?: boolean;
}

/** What a choice or answer did, in words; `points` by competency title only where the author shows them at once. */
export interface FeedbackView {
  "said"?: Record<string, unknown>[];
  "beats"?: BeatView[];
  "notes"?: Record<string, unknown>[][];
  "better"?: Record<string, unknown>[];
  "credit"?: number | null;
  "points"?: Record<string, number>;
  "can_try_again"?: boolean;
  "awaits_coach"?: boolean;
}

/** An aim of the role-play; `can_tick` where the learner says whether it is met. */
export interface GoalView {
  "id": string;
  "text": Record<string, unknown>[];
  "met"?: boolean;
  "can_tick"?: boolean;
}

/** The grade of an attempt: `ratio` 0..1 rounded to 4 places, or none and why. */
export interface GradeView {
  "ratio"?: number | null;
  "reason"?: "" | "excused" | "no_maximum" | "not_graded" | "nothing_counts" | "pending" | "stopped" | "unfinished" | "voided";
  "provisional"?: number | null;
}

/** A hint already taken. */
export interface HintView {
  "id": string;
  "text": Record<string, unknown>[];
}

/** The authored samples to match the own words to. */
export interface MatchView {
  "ask": Record<string, unknown>[];
  "samples": ChoiceView[];
  "text": string;
}

/** A picture, sound or film by media key. */
export interface MediaView {
  "key": string;
  "alt"?: string;
  "decorative"?: boolean;
  "caption"?: Record<string, unknown>[];
  "long_description"?: Record<string, unknown>[];
  "transcript"?: Record<string, unknown>[];
  "captions"?: string;
}

/** A shown variable: a bar with a word, or the word alone (`value` absent). */
export interface MeterView {
  "id": string;
  "label": string;
  "word"?: string;
  "value"?: number | null;
  "low"?: number;
  "high"?: number;
}

/** An option of a question; after a try at-once feedback may stand on it. */
export interface OptionView {
  "id": string;
  "text": Record<string, unknown>[];
}

/** Somebody of the cast. */
export interface PersonView {
  "id": string;
  "name": string;
  "role"?: string;
  "portrait"?: PortraitView | null;
}

/** A picture by media key, with the words that say what it shows. */
export interface PortraitView {
  "key": string;
  "alt"?: string;
}

/** One competency of the practice profile: never a grade. `share` is 0..1, or absent under three moments. */
export interface ProfileBar {
  "competency": string;
  "title": string;
  "uses"?: string;
  "share"?: number | null;
  "word"?: "emerging" | "growing" | "not_enough" | "steady" | "strong";
  "moments_shown"?: number;
  "moments"?: number;
}

/** A private prompt. `text` are the learner's own words where the host keeps them; `wrote`: there are some. */
export interface PromptView {
  "id": string;
  "type": "ask_coach" | "goal" | "journal";
  "prompt": Record<string, unknown>[];
  "wrote"?: boolean;
  "text"?: string;
  "remind_after_days"?: number[];
  "shares"?: ShareView[];
}

/** A question as asked: never its key. `hint_cost` is the price of the next hint (0..1). */
export interface QuestionView {
  "type": "matching" | "multiple" | "numeric" | "ordering" | "short_text" | "single";
  "options"?: OptionView[];
  "right_side"?: OptionView[];
  "tries"?: number;
  "tries_left"?: number;
  "hints"?: HintView[];
  "hints_left"?: number;
  "hint_cost"?: number;
  "asks_confidence"?: boolean;
  "unit"?: string;
  "last_answer"?: string[];
}

/** A reply to write; `text` is what was written, once it was. */
export interface ReplyView {
  "max_characters": number;
  "criteria"?: CriterionView[];
  "text"?: string;
}

/** A role-play as it stands: everything said so far (the opening included), and how it may go on. */
export interface RoleplayView {
  "plays": PersonView;
  "character": PersonView;
  "said": BeatView[];
  "max_characters": number;
  "is_reversed"?: boolean;
  "present"?: PersonView[];
  "goals"?: GoalView[];
  "goals_needed"?: number | null;
  "criteria"?: CriterionView[];
  "turns"?: number;
  "turns_left"?: number;
  "can_leave"?: boolean;
  "voiced"?: boolean;
  "inside"?: boolean;
  "ended"?: "" | "goals" | "learner" | "left" | "turns";
}

/** What a host answers to every play request. `media` maps the keys of this view to URLs. */
export interface Served {
  "view": View;
  "media"?: Record<string, string>;
  "debrief"?: Debrief | null;
  "delivery"?: Delivery | null;
  "attempt"?: number;
  "attempts_left"?: number | null;
  "can_start_again"?: boolean;
  "is_preview"?: boolean;
  "poll_after_s"?: number | null;
  "error"?: string;
  "error_code"?: string;
}

/** Something the learner can let a coach see: another prompt's words, or the conversation (id `transcript`). */
export interface ShareView {
  "id": string;
  "text"?: Record<string, unknown>[];
  "shared"?: boolean;
}

/** The time limit of a decision, in seconds (those this learner has). `is_off`: the learner takes their time. */
export interface TimerView {
  "seconds": number;
  "may_switch_off": boolean;
  "is_off"?: boolean;
}

/** Everything a learner may see at one point of an attempt. */
export interface View {
  "seq": number;
  "title": string;
  "language": string;
  "direction": "ltr" | "rtl";
  "scene": string;
  "kind": "decision" | "ending" | "line" | "page" | "question" | "reflection" | "reply" | "roleplay";
  "stage": "match" | "reaction" | "scene" | "stopped";
  "awaits": "character" | "judgement" | "learner" | "nothing";
  "heading"?: string;
  "about"?: AboutView | null;
  "beats"?: BeatView[];
  "text"?: Record<string, unknown>[];
  "media"?: MediaView[];
  "audio"?: MediaView | null;
  "prompt"?: Record<string, unknown>[];
  "choices"?: ChoiceView[];
  "question"?: QuestionView | null;
  "reply"?: ReplyView | null;
  "match"?: MatchView | null;
  "roleplay"?: RoleplayView | null;
  "prompts"?: PromptView[];
  "reaction"?: FeedbackView | null;
  "meters"?: MeterView[];
  "notebook"?: FactView[];
  "glossary"?: Record<string, Record<string, unknown>[]>;
  "timer"?: TimerView | null;
  "ending"?: EndingView | null;
  "can_continue"?: boolean;
  "can_stop"?: boolean;
  "over"?: boolean;
  "graded"?: boolean;
}
