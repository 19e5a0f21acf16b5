// Generated from scenario_engine by `python -m scenario_engine.contract`. Do not edit.

/** The briefing before the first scene: what it is, how long, what may be hard, and what it is not for. */
export interface AboutView {
  "summary"?: Record<string, unknown>[];
  "minutes"?: number | null;
  "content_note"?: Record<string, unknown>[];
  "objectives"?: Record<string, unknown>[][];
  "not_for"?: string[];
  "support"?: Record<string, unknown>[];
}

/** An accepted answer of a numeric (`value`, `tolerance`) or short-text (`any`) question. */
export interface Answer {
  "id"?: string;
  "value"?: number | null;
  "tolerance"?: number;
  "any"?: string[];
  "credit"?: number;
  "feedback"?: string;
}

/** One arm of a random route; `chance` is a weight, not a percentage. */
export interface Arm {
  "goto"?: string;
  "chance"?: number;
}

/** One line of a scene: somebody speaks (`who`, with a `mood`), or narration; kept back unless `when` holds. */
export interface Beat {
  "text"?: string;
  "id"?: string;
  "who"?: string | null;
  "mood"?: string | null;
  "when"?: Condition | null;
  "media"?: MediaUse | null;
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

/** Another scenario is played here; the outcome of its ending decides the way on (`linking` puts it in place). */
export interface Call {
  "scenario": string;
  "ways"?: Record<string, string>;
  "otherwise"?: string;
  "variables"?: Record<string, string>;
  "facts"?: Record<string, string>;
  "set"?: Record<string, boolean | number | string>;
}

/** A person of the story. The learner is one too (id `you` by convention). */
export interface CastMember {
  "name": string | Slot;
  "role"?: string;
  "pronouns"?: string;
  "address"?: "formal" | "informal" | null;
  "background"?: string;
  "goals"?: string[];
  "manner"?: string;
  "limits"?: string[];
  "moods"?: Record<string, Mood>;
}

/** One thing the learner can say or do. `points` are per competency and signed. */
export interface Choice {
  "id": string;
  "text": string;
  "goto"?: string;
  "when"?: Condition | null;
  "once"?: boolean;
  "pin"?: "first" | "last" | null;
  "points"?: Record<string, number>;
  "add"?: Record<string, number>;
  "set"?: Record<string, boolean | number | string>;
  "learn"?: string[];
  "then"?: Beat[];
  "feedback"?: string;
  "better"?: string;
}

/** One of the named values in `of`; starts at the first unless `start` says otherwise. */
export interface ChoiceVariable {
  "type": "choice";
  "of": string[];
  "start"?: string | null;
  "label"?: string;
  "show"?: "hidden" | "meter" | "words";
}

/** A card the learner can press. */
export interface ChoiceView {
  "id": string;
  "text": Record<string, unknown>[];
}

/** A competency of this scenario; `uses` is the id shared across scenarios and courses. */
export interface Competency {
  "title": string;
  "uses"?: string | null;
  "description"?: string;
}

/** A claim about the attempt. Exactly one subject is set (`codec` checks it). */
export interface Condition {
  "var"?: string | null;
  "visits"?: string | null;
  "fact"?: string | null;
  "chosen"?: string | null;
  "level"?: string | null;
  "goal"?: string | null;
  "attempt"?: "number" | null;
  "all"?: Condition[] | null;
  "any"?: Condition[] | null;
  "not"?: Condition | null;
  "is"?: boolean | number | string | null;
  "at_least"?: number | null;
  "at_most"?: number | null;
}

/** Patterns that are looked for only when the condition holds (the learner has been told). */
export interface ConditionalCue {
  "any": string[];
  "when"?: Condition | null;
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

/** A reusable criterion: five observable anchors for the levels 0-4, worth `points` at level 4. */
export interface CriterionDefinition {
  "competency": string;
  "points": number;
  "anchors": [string, string, string, string, string];
  "title"?: string;
  "pairs"?: StrongWeak[];
  "forbidden"?: string[];
  "forbidden_cap"?: number | null;
  "forbidden_reason"?: string;
  "values"?: [number, number, number, number, number];
}

/** A criterion of the scenario used here, with this scene's own cues by family. */
export interface CriterionUse {
  "use": string;
  "cues"?: Record<string, string[] | ConditionalCue>;
  "points"?: number | null;
}

/** What a reply will be read for, unless the author hides it. */
export interface CriterionView {
  "id": string;
  "title": string;
  "anchors"?: Record<string, unknown>[][];
}

/** A named cue family: one of the role-play's own cues, or of the scenario's. */
export interface CueMatch {
  "cue": string;
}

/** A fact that is learned when a cue is seen. */
export interface CueRelease {
  "fact": string;
  "on": CueMatch;
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

/** Choices. `counting: collect` makes a hub: each different choice counts once, positive sum up to `cap`. */
export interface Decision {
  "kind": "decision";
  "id": string;
  "title"?: string;
  "beats"?: Beat[];
  "media"?: MediaUse[];
  "audio"?: Spoken | null;
  "moment"?: string | null;
  "bonus"?: boolean;
  "retry_credit"?: number | null;
  "inside"?: string | null;
  "note"?: string;
  "choices"?: Choice[];
  "prompt"?: string;
  "shuffle"?: boolean;
  "counting"?: "collect" | "first";
  "cap"?: number | null;
  "feedback"?: "at_once" | "debrief" | null;
  "counts"?: "confirmed" | "practice" | "yes";
  "timed"?: Timed | null;
}

/** Where the grade is on its way to the LMS, in words the learner understands. */
export interface Delivery {
  "status": "confirmed" | "delayed" | "held" | "none" | "saved" | "sent";
  "at"?: string;
}

/** `count` different scenes out of `from`, in seeded order; each ends with goto next_drawn; then `then`. */
export interface Draw {
  "from": string[];
  "count": number;
  "then"?: string;
}

/** Fixes the grade. `because` lists choices shown in the debrief if made; unscored scenes may follow. */
export interface Ending {
  "kind": "ending";
  "id": string;
  "title"?: string;
  "beats"?: Beat[];
  "media"?: MediaUse[];
  "audio"?: Spoken | null;
  "moment"?: string | null;
  "bonus"?: boolean;
  "retry_credit"?: number | null;
  "inside"?: string | null;
  "note"?: string;
  "outcome": "good" | "mixed" | "poor" | "read" | "stopped";
  "text"?: string;
  "because"?: string[];
  "grade"?: number | "none" | null;
  "completes"?: boolean;
  "points"?: Record<string, number>;
  "afterwards"?: string;
}

/** An ending as the learner meets it. */
export interface EndingView {
  "id": string;
  "outcome": "good" | "mixed" | "poor" | "read" | "stopped";
  "title": string;
}

/** When an event happens: once the learner has taken this many turns, in this mood; both where both are given. */
export interface EventAt {
  "turn"?: number | null;
  "mood"?: string | null;
}

/** The named ways out: all goals met, turns used up, the learner ended it, the learner stopped. */
export interface Exits {
  "turns"?: string;
  "learner"?: string;
  "stopped"?: string;
  "goals"?: string;
}

/** Something learned during play: an entry of the notebook. */
export interface Fact {
  "text": string;
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

/** One problem with its place. */
export interface Finding {
  "code": string;
  "level": "error" | "note" | "warning";
  "message": string;
  "hint"?: string;
  "scene"?: string;
  "part"?: string;
  "path"?: string;
}

/** True or false. */
export interface FlagVariable {
  "type": "flag";
  "start"?: boolean;
  "label"?: string;
  "show"?: "hidden" | "meter" | "words";
}

/** An observable aim of the role-play. */
export interface Goal {
  "id": string;
  "text": string;
  "met_by": GoalMet;
}

/** What meets a goal: facts released, a cue, or the learner's own tick. */
export interface GoalMet {
  "released"?: string[];
  "cue"?: string | null;
  "learner"?: boolean;
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

/** A hint and its price: `cost` is the share of the credit that using it takes away. */
export interface Hint {
  "text": string;
  "id"?: string;
  "cost"?: number;
}

/** A hint already taken. */
export interface HintView {
  "id": string;
  "text": Record<string, unknown>[];
}

/** The question and the samples shown when nothing assessed the words. */
export interface IfNotAssessed {
  "samples": Sample[];
  "ask"?: string;
}

/** The way on when no rule over levels fits. */
export interface LevelDefault {
  "add"?: Record<string, number>;
  "set"?: Record<string, boolean | number | string>;
  "learn"?: string[];
  "goto"?: string;
}

/** When the levels reached say so, change the story and go on. */
export interface LevelRule {
  "add"?: Record<string, number>;
  "set"?: Record<string, boolean | number | string>;
  "learn"?: string[];
  "when": Condition;
  "goto"?: string;
}

/** Beats only. */
export interface Line {
  "kind": "line";
  "id": string;
  "title"?: string;
  "beats"?: Beat[];
  "media"?: MediaUse[];
  "audio"?: Spoken | null;
  "moment"?: string | null;
  "bonus"?: boolean;
  "retry_credit"?: number | null;
  "inside"?: string | null;
  "note"?: string;
  "goto"?: string;
}

/** The authored samples to match the own words to. */
export interface MatchView {
  "ask": Record<string, unknown>[];
  "samples": ChoiceView[];
  "text": string;
}

/** A picture, sound or film by key. `alt` is needed unless `decorative`. */
export interface MediaUse {
  "use": string;
  "id"?: string;
  "alt"?: string;
  "decorative"?: boolean;
  "caption"?: string;
  "long_description"?: string;
  "captions"?: string | null;
  "transcript"?: string;
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

/** A picture of a cast member in one mood; `alt` says what the picture shows. */
export interface Mood {
  "image": string;
  "alt"?: string;
}

/** Authored, deterministic moods of the character. */
export interface MoodMachine {
  "start": string;
  "moves"?: MoodMove[];
}

/** A step of the mood machine. */
export interface MoodMove {
  "from": string;
  "on": CueMatch;
  "to": string;
}

/** What an unknown answer is worth, and whether a coach may accept it later. */
export interface NoMatch {
  "credit"?: number;
  "send_to_coach"?: boolean;
  "feedback"?: string;
}

/** A whole or decimal number inside `range`; `words` name the stretch from each threshold upward. */
export interface NumberVariable {
  "type": "number";
  "range": [number, number];
  "start"?: number;
  "label"?: string;
  "show"?: "hidden" | "meter" | "words";
  "words"?: [number, string][];
}

/** What a learner should be able to do afterwards. */
export interface Objective {
  "id": string;
  "text": string;
  "competency"?: string | null;
}

/** An option of a single (`credit` 0..1) or multiple (`right`) question. */
export interface Option {
  "text": string;
  "id"?: string;
  "credit"?: number | null;
  "right"?: boolean | null;
  "feedback"?: string;
}

/** An option of a question; after a try at-once feedback may stand on it. */
export interface OptionView {
  "id": string;
  "text": Record<string, unknown>[];
}

/** One item of an ordering question, in its right place. */
export interface OrderedItem {
  "text": string;
  "id"?: string;
}

/** Text and media, with one way on (`goto`), several (`choose`), or none (`done`). */
export interface Page {
  "kind": "page";
  "id": string;
  "title"?: string;
  "beats"?: Beat[];
  "media"?: MediaUse[];
  "audio"?: Spoken | null;
  "moment"?: string | null;
  "bonus"?: boolean;
  "retry_credit"?: number | null;
  "inside"?: string | null;
  "note"?: string;
  "text"?: string;
  "goto"?: string;
  "choose"?: PageChoice[];
  "done"?: boolean;
}

/** A way on from a page; no points, no feedback. */
export interface PageChoice {
  "text": string;
  "goto"?: string;
  "id"?: string;
}

/** Two sides that belong together. */
export interface Pair {
  "left": string;
  "right": string;
  "id"?: string;
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

/** A quiz question worth `points` on one competency. */
export interface Question {
  "kind": "question";
  "id": string;
  "title"?: string;
  "beats"?: Beat[];
  "media"?: MediaUse[];
  "audio"?: Spoken | null;
  "moment"?: string | null;
  "bonus"?: boolean;
  "retry_credit"?: number | null;
  "inside"?: string | null;
  "note"?: string;
  "type": "matching" | "multiple" | "numeric" | "ordering" | "short_text" | "single";
  "goto"?: string;
  "prompt"?: string;
  "competency"?: string | null;
  "points"?: number;
  "partial"?: boolean;
  "tries"?: number;
  "shuffle"?: boolean;
  "hints"?: Hint[];
  "confidence"?: "ask" | null;
  "feedback"?: "at_once" | "debrief" | null;
  "counts"?: "confirmed" | "practice" | "yes";
  "options"?: Option[];
  "answers"?: Answer[];
  "no_match"?: NoMatch | null;
  "unit"?: Unit | null;
  "pairs"?: Pair[];
  "extra_right"?: string[];
  "items"?: (OrderedItem | string)[];
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

/** Private writing: never shown to a coach without consent, never scored. */
export interface Reflection {
  "kind": "reflection";
  "id": string;
  "title"?: string;
  "beats"?: Beat[];
  "media"?: MediaUse[];
  "audio"?: Spoken | null;
  "moment"?: string | null;
  "bonus"?: boolean;
  "retry_credit"?: number | null;
  "inside"?: string | null;
  "note"?: string;
  "prompts": ReflectionPrompt[];
  "goto"?: string;
  "done"?: boolean;
}

/** A prompt of the private journal, a goal, or a request to a coach (which shares item by item). */
export interface ReflectionPrompt {
  "id": string;
  "type": "ask_coach" | "goal" | "journal";
  "text": string;
  "remind_after_days"?: number[];
  "shares"?: string[];
}

/** The learner writes. Ordered rules over levels decide the branch; not assessed, the learner matches a sample. */
export interface Reply {
  "kind": "reply";
  "id": string;
  "title"?: string;
  "beats"?: Beat[];
  "media"?: MediaUse[];
  "audio"?: Spoken | null;
  "moment"?: string | null;
  "bonus"?: boolean;
  "retry_credit"?: number | null;
  "inside"?: string | null;
  "note"?: string;
  "otherwise"?: LevelDefault;
  "prompt"?: string;
  "criteria"?: CriterionUse[];
  "counts"?: "confirmed" | "practice" | "yes";
  "branch"?: LevelRule[];
  "if_not_assessed"?: IfNotAssessed | null;
  "hide_criteria"?: boolean;
  "max_characters"?: number;
}

/** A reply to write; `text` is what was written, once it was. */
export interface ReplyView {
  "max_characters": number;
  "criteria"?: CriterionView[];
  "text"?: string;
}

/** Who checked the content, in which role, for which places, until when. */
export interface Review {
  "by": string;
  "role": string;
  "on": string;
  "places"?: string[];
  "until"?: string | null;
}

/** Several turns with a cast member, on authored lines and moods, with a way out for each of the four ends. */
export interface Roleplay {
  "kind": "roleplay";
  "id": string;
  "title"?: string;
  "beats"?: Beat[];
  "media"?: MediaUse[];
  "audio"?: Spoken | null;
  "moment"?: string | null;
  "bonus"?: boolean;
  "retry_credit"?: number | null;
  "inside"?: string | null;
  "note"?: string;
  "plays": RoleplayRoles;
  "ends": RoleplayEnds;
  "exits": Exits;
  "prompt"?: string;
  "opening"?: Beat[];
  "goals"?: Goal[];
  "cues"?: Record<string, string[] | ConditionalCue>;
  "releases"?: CueRelease[];
  "moods"?: MoodMachine | null;
  "events"?: RoleplayEvent[];
  "lines"?: Record<string, (SpokenLine | string)[]>;
  "criteria"?: CriterionUse[];
  "counts"?: "confirmed" | "practice" | "yes";
  "if_not_assessed"?: IfNotAssessed | null;
  "hide_criteria"?: boolean;
  "max_characters"?: number;
}

/** How long a role-play may go on. */
export interface RoleplayEnds {
  "turns": number;
  "goals"?: number | null;
  "learner_may_end_after"?: number;
}

/** An authored beat inside the role-play, with a decision if wanted. */
export interface RoleplayEvent {
  "at": EventAt;
  "id"?: string;
  "beats"?: Beat[];
  "then"?: "continue" | "decide";
  "decision"?: string;
}

/** Who plays whom (a reversal: the learner is somebody else); `present` are others in the room. */
export interface RoleplayRoles {
  "learner": string;
  "character": string;
  "present"?: string[];
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

/** No screen: rules with a default, a random arm, a draw, or a call of another scenario choose the next scene. */
export interface Route {
  "kind": "route";
  "id": string;
  "title"?: string;
  "beats"?: Beat[];
  "media"?: MediaUse[];
  "audio"?: Spoken | null;
  "moment"?: string | null;
  "bonus"?: boolean;
  "retry_credit"?: number | null;
  "inside"?: string | null;
  "note"?: string;
  "rules"?: RouteRule[];
  "otherwise"?: string;
  "random"?: Arm[];
  "draw"?: Draw | null;
  "call"?: Call | null;
}

/** A branch of a route; the first whose condition holds is taken. */
export interface RouteRule {
  "add"?: Record<string, number>;
  "set"?: Record<string, boolean | number | string>;
  "learn"?: string[];
  "when": Condition;
  "goto"?: string;
}

/** Briefing, stop and support. */
export interface Safety {
  "content_note"?: string;
  "can_stop"?: boolean;
  "if_stopped"?: StoppedOffer | null;
  "support"?: string | Slot;
}

/** An authored sample that a learner can match the own words to: a branch, never points. */
export interface Sample {
  "text": string;
  "goto"?: string;
  "id"?: string;
  "add"?: Record<string, number>;
  "set"?: Record<string, boolean | number | string>;
  "learn"?: string[];
}

/** A whole document. Scene order is the author's reading order; play order follows `goto`. */
export interface Scenario {
  "format": 1;
  "id": string;
  "title": string;
  "start"?: string;
  "scenes"?: (Page | Line | Decision | Question | Reply | Roleplay | Reflection | Route | Ending)[];
  "language"?: string;
  "purpose"?: "assessment" | "coached" | "practice";
  "summary"?: string;
  "minutes"?: number | null;
  "audience"?: string;
  "not_for"?: string[];
  "review"?: Review[];
  "safety"?: Safety;
  "objectives"?: Objective[];
  "competencies"?: Record<string, Competency>;
  "scoring"?: Scoring;
  "cast"?: Record<string, CastMember>;
  "variables"?: Record<string, NumberVariable | FlagVariable | ChoiceVariable>;
  "facts"?: Record<string, Fact>;
  "criteria"?: Record<string, CriterionDefinition>;
  "cues"?: Record<string, string[] | ConditionalCue>;
  "glossary"?: Record<string, string>;
  "credits"?: string;
  "drafted_by"?: "ai" | null;
}

/** The one scoring block; its meaning is docs/scoring.md. */
export interface Scoring {
  "grade"?: "best_path" | "completion" | "declared_max" | "ending";
  "max"?: number | null;
  "weights"?: Record<string, number>;
  "retry_credit"?: number;
  "attempt"?: "best" | "first" | "last" | "mean";
  "attempts"?: number | null;
  "feedback"?: "at_once" | "debrief";
  "show_points"?: "at_once" | "debrief" | "never";
  "while_pending"?: "hold" | "send_rest";
  "when_unfinished"?: "none" | "score_so_far";
  "pass"?: number | null;
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

/** A text that the host fills in, such as the learner's first name, with a fallback when it is not given. */
export interface Slot {
  "slot": "learner.first_name" | "organisation.name" | "organisation.support_contacts";
  "fallback"?: string;
}

/** The recorded form of a scene's text; `transcript: inline` means the text on screen is the transcript. */
export interface Spoken {
  "file": string;
  "transcript"?: "inline" | string;
}

/** One authored line of the character, said in a mood when no model speaks. */
export interface SpokenLine {
  "text": string;
  "id"?: string;
}

/** What a learner who stops is told and offered; stopping never costs anything. */
export interface StoppedOffer {
  "text"?: string;
  "offer"?: string;
  "grade"?: "none";
}

/** A weak and a strong wording of the same intent. */
export interface StrongWeak {
  "weak": string;
  "strong": string;
  "id"?: string;
}

/** What the editor's test-play answers: the unsaved document's own findings when it cannot be played. */
export interface TestPlayed {
  "served"?: Served | null;
  "state"?: Record<string, unknown>;
  "findings"?: Finding[];
}

/** A time limit whose expiry is a named choice; a learner who needs it may switch the clock off. */
export interface Timed {
  "seconds": number;
  "on_timeout": string;
  "learner_may_switch_off"?: boolean;
}

/** The time limit of a decision, in seconds (those this learner has). `is_off`: the learner takes their time. */
export interface TimerView {
  "seconds": number;
  "may_switch_off": boolean;
  "is_off"?: boolean;
}

/** The word after a number field, with plural forms. */
export interface Unit {
  "text": string;
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
