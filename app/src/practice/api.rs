//! Practice: study quizzes with a verdict after each answer.

use leptos::prelude::server;
use serde::{Deserialize, Serialize};

use domain::content::exhibit::Exhibit;
use domain::content::item::ItemKind;
use domain::content::picture::Point;
use domain::content::prose::Prose;
use domain::exams::Length;
use domain::ids::{AttemptId, ExamId, IdempotencyKey, ObjectiveId, PresetId, TicketId};
use domain::practice::{Pool, Timing, USUAL_LAST};
use domain::scoring::{Credit, Mark, Score};
use domain::typed::TypedForm;

use crate::error::AppError;

/// What the practice builder offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuilderView {
    pub exams: Vec<ExamChoice>,
    /// The exam whose domains are shown.
    pub exam: ExamId,
    pub domains: Vec<DomainChoice>,
    /// How many questions of the exam each pool has at present.
    pub pools: Vec<PoolChoice>,
    /// The one kept first stands first.
    pub presets: Vec<Preset>,
    /// A quiz that is still open.
    pub open: Option<OpenAttempt>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PoolChoice {
    pub pool: Pool,
    pub items: u32,
}

/// Settings of the builder that the learner keeps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preset {
    pub id: PresetId,
    pub name: String,
    /// `None`: kept by an earlier version that asked for something that there is no more.
    pub asks: Option<PresetAsks>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PresetAsks {
    pub exam_name: String,
    pub request: PracticeRequest,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExamChoice {
    pub id: ExamId,
    pub code: String,
    pub name: String,
    pub items: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DomainChoice {
    pub number: u8,
    pub name: String,
    /// Percent of the exam.
    pub weight: u8,
    pub items: u32,
    pub objectives: Vec<ObjectiveChoice>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectiveChoice {
    pub id: ObjectiveId,
    pub title: String,
    pub items: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenAttempt {
    pub id: AttemptId,
    pub exam_name: String,
    pub answered: u16,
    pub questions: u16,
}

/// Everything there is to show of one question of one attempt: before the answer without, after it with the verdict. It never
/// goes to a browser as data; see [`DrawnQuestion`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionView {
    pub attempt: AttemptId,
    pub exam_name: String,
    /// From 1.
    pub position: u16,
    pub questions: u16,
    pub answered: u16,
    /// While it is open and has a limit.
    pub time_left: Option<TimeLeft>,
    /// What it is asked about.
    pub exhibit: Option<Exhibit>,
    pub prompt: Prompt,
    pub marked: bool,
    /// What to send with the answer, so that the same answer sent twice counts once.
    pub key: IdempotencyKey,
    /// The client's count of its answers in this attempt.
    pub sequence: u32,
    /// Only once the answer is stored.
    pub verdict: Option<Verdict>,
    pub shortcuts: bool,
}

/// How long a drill with a time limit goes on, by the server's clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeLeft {
    /// RFC 3339, UTC.
    pub ends_at: String,
    /// 0 once the time is up.
    pub seconds: u32,
}

/// A question as the quiz holds it: as data what a learner can touch, as HTML of the server what is only looked at, so that the
/// bundle of study pages need not know how to draw it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawnQuestion {
    pub attempt: AttemptId,
    /// Stands above the title: the exam, and what is left of the time where there is a limit.
    pub overline: String,
    /// From 1.
    pub position: u16,
    pub questions: u16,
    pub answered: u16,
    /// HTML.
    pub exhibit: Option<String>,
    pub prompt: Prompt,
    pub marked: bool,
    pub key: IdempotencyKey,
    pub sequence: u32,
    pub verdict: Option<DrawnVerdict>,
    pub shortcuts: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawnVerdict {
    pub html: String,
    /// See [`Verdict`].
    pub next: Option<u16>,
}

/// A question as a learner may see it before answering: no key, no reasons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prompt {
    pub stem: Prose,
    pub picture: Option<Illustration>,
    pub task: Task,
    /// Its place in a case.
    pub part: Option<CasePart>,
}

/// Part `part` of `of` questions about one exhibit, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CasePart {
    pub part: u8,
    pub of: u8,
}

/// A picture with its numbered places, from 1: one for each option of a choice or each term of matches, in the order of the
/// prompt; none where it only shows something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Illustration {
    pub title: String,
    /// The same in words.
    pub description: Prose,
    /// Of the view box, which begins at 0 0.
    pub width: u16,
    pub height: u16,
    /// The inside of the `svg`, made of typed nodes: [`domain::content::picture::Drawing::markup`].
    pub markup: String,
    pub points: Vec<Point>,
}

/// What the learner is to do. What is shuffled stands in this learner's order, and is named by its place there, from 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Task {
    /// `choose`: how many options to choose.
    Choice {
        options: Vec<Prose>,
        choose: u8,
    },
    Ordering {
        steps: Vec<Prose>,
    },
    /// One of `matches` for each term, or for each place on the picture. Plain text, because it stands in menus.
    Matching {
        terms: Vec<Prose>,
        matches: Vec<String>,
    },
    Typed(TypedForm),
    /// In exams only.
    Simulation,
}

impl Prompt {
    /// Whether options or terms are numbered places on the picture.
    #[must_use]
    pub fn has_places(&self) -> bool {
        self.picture.as_ref().is_some_and(|picture| !picture.points.is_empty())
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// `None`: the attempt ended before this was answered.
    pub score: Option<Score>,
    pub reveal: Reveal,
    /// The place of the next open question; `None`: this was the last, the result is ready.
    pub next: Option<u16>,
}

/// What may be told once the answer is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reveal {
    pub told: Told,
    pub remember: Prose,
    pub objective: ObjectiveId,
    pub objective_title: String,
    pub source: String,
    /// ISO 8601 date.
    pub checked: String,
}

/// Every part with what was answered, what is right, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// `chosen`: places of options of the prompt, from 1; `options`: one for each of them, in the same order.
    Choice {
        chosen: Vec<u8>,
        options: Vec<RevealedOption>,
    },
    /// In their right order.
    Ordering(Vec<RevealedStep>),
    /// In the order of the prompt's terms.
    Matching {
        pairs: Vec<RevealedPair>,
        extras: Vec<RevealedExtra>,
    },
    Typed(RevealedTyped),
    Simulation(RevealedSimulation),
}

/// The state in which the company was left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevealedSimulation {
    /// `None`: its log could not be played.
    pub ended: Option<SimulationEnd>,
    pub reason: Prose,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SimulationEnd {
    pub ticket: TicketId,
    pub restored: bool,
    pub fixed: bool,
    pub damage: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevealedOption {
    pub key: bool,
    pub reason: Prose,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevealedStep {
    pub text: Prose,
    /// The position that the learner gave it, from 1.
    pub given: Option<u8>,
    pub reason: Prose,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevealedPair {
    pub term: Prose,
    /// The right match.
    pub fits: Prose,
    pub right: bool,
    /// The match that was chosen.
    pub given: Option<Prose>,
    pub reason: Prose,
}

/// A match that fits no term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevealedExtra {
    pub text: Prose,
    pub reason: Prose,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevealedTyped {
    pub given: Option<String>,
    pub right: bool,
    /// The first is the one to learn.
    pub accepted: Vec<String>,
    pub reason: Prose,
    /// Why exactly this answer is wrong, if its author foresaw it.
    pub made: Option<Prose>,
    /// Other mistakes, with their reasons.
    pub mistakes: Vec<(String, Prose)>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultView {
    pub attempt: AttemptId,
    pub exam: ExamId,
    pub exam_name: String,
    /// RFC 3339, UTC.
    pub finished_at: String,
    pub total: Mark,
    /// With the parts of questions that were right.
    pub credit: Credit,
    pub domains: Vec<DomainMark>,
    pub questions: Vec<ResultRow>,
    /// How many were missed and can be practised again.
    pub missed: u16,
    pub next: crate::progress::api::NextStepView,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DomainMark {
    pub number: u8,
    pub name: String,
    pub mark: Mark,
    pub objectives: Vec<ObjectiveMark>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectiveMark {
    pub id: ObjectiveId,
    pub title: String,
    pub mark: Mark,
}

/// One line of the result: leads to the question with its verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultRow {
    pub position: u16,
    /// The stem's first words as plain text.
    pub title: String,
    pub objective: ObjectiveId,
    /// `None`: not answered.
    pub score: Option<Score>,
    pub marked: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryView {
    pub attempts: Vec<HistoryRow>,
    /// From 1.
    pub page: u32,
    pub pages: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryRow {
    pub id: AttemptId,
    pub exam_name: String,
    /// Of an exam; `None`: a study quiz.
    pub length: Option<Length>,
    pub started_at: String,
    /// `None`: still open.
    pub finished_at: Option<String>,
    pub questions: u16,
    pub answered: u16,
    pub mark: Mark,
}

/// What a learner asks for in the builder. Empty lists mean "all of the exam".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PracticeRequest {
    pub exam: ExamId,
    #[serde(default)]
    pub domains: Vec<u8>,
    #[serde(default)]
    pub objectives: Vec<ObjectiveId>,
    pub count: u16,
    #[serde(default)]
    pub pool: Pool,
    /// How many finished attempts [`Pool::MissedLately`] looks back on.
    #[serde(default = "usual_last")]
    pub last: u16,
    #[serde(default)]
    pub kinds: Vec<ItemKind>,
    #[serde(default)]
    pub timing: Timing,
    /// For [`Timing::Minutes`].
    #[serde(default = "usual_minutes")]
    pub minutes: u16,
}

/// What the builder offers first.
pub const USUAL_MINUTES: u16 = 30;

fn usual_last() -> u16 {
    USUAL_LAST
}

fn usual_minutes() -> u16 {
    USUAL_MINUTES
}

#[async_trait::async_trait]
pub trait Practice {
    /// `exam`: the one to show; `None` or unknown: the one practised last, else the first.
    async fn builder(&self, exam: Option<ExamId>) -> Result<BuilderView, AppError>;
    async fn begin(&self, request: PracticeRequest) -> Result<AttemptId, AppError>;
    /// A new attempt over what was missed in a finished one.
    async fn begin_missed(&self, attempt: AttemptId) -> Result<AttemptId, AppError>;
    /// The question of the day of this exam; the attempt at it that was begun today, if there is one.
    async fn begin_day(&self, exam: ExamId) -> Result<AttemptId, AppError>;
    /// `position`: from 1; `None`: the first open question.
    async fn question(&self, attempt: AttemptId, position: Option<u16>) -> Result<QuestionView, AppError>;
    /// Stored before it returns. The first answer to a question counts; sent again it returns the stored verdict.
    async fn answer(&self, answer: Answer) -> Result<QuestionView, AppError>;
    async fn mark(&self, attempt: AttemptId, position: u16, marked: bool) -> Result<QuestionView, AppError>;
    /// Ends an open attempt early; finishing twice is harmless.
    async fn finish(&self, attempt: AttemptId) -> Result<(), AppError>;
    async fn result(&self, attempt: AttemptId) -> Result<ResultView, AppError>;
    async fn history(&self, page: u32) -> Result<HistoryView, AppError>;
    /// Keeps settings under a name that this learner has not used yet, whatever its case.
    async fn save_preset(&self, name: String, request: PracticeRequest) -> Result<(), AppError>;
    async fn begin_preset(&self, preset: PresetId) -> Result<AttemptId, AppError>;
    async fn delete_preset(&self, preset: PresetId) -> Result<(), AppError>;
}

/// What stands in the fields of a question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// See [`Answer`].
    pub choices: Vec<u8>,
    pub text: String,
}

/// One answer on its way to the server: never a score, never a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub attempt: AttemptId,
    pub position: u16,
    /// Choice: places of options of the prompt. Ordering: for each of its steps a position. Matching: for each of its terms the
    /// place of a match. From 1; 0 where nothing was chosen.
    #[serde(default)]
    pub choices: Vec<u8>,
    /// What was typed.
    #[serde(default)]
    pub text: String,
    pub key: IdempotencyKey,
    pub sequence: u32,
}

#[server(endpoint = "practice/begin")]
pub async fn begin(request: PracticeRequest) -> Result<AttemptId, AppError> {
    let attempt = crate::backend::backend()?.begin(request).await?;
    crate::backend::go_to(&format!("/practice/{attempt}"));
    Ok(attempt)
}

/// Sent by a button of the builder's own form, so its fields are those of [`begin`] and a name.
#[server(endpoint = "practice/save-preset")]
pub async fn save_preset(name: String, request: PracticeRequest) -> Result<(), AppError> {
    let back = format!("/practice?exam={}", request.exam);
    crate::backend::backend()?.save_preset(name, request).await?;
    crate::backend::go_to(&back);
    Ok(())
}

#[server(endpoint = "practice/begin-preset")]
pub async fn begin_preset(preset: PresetId) -> Result<AttemptId, AppError> {
    let attempt = crate::backend::backend()?.begin_preset(preset).await?;
    crate::backend::go_to(&format!("/practice/{attempt}"));
    Ok(attempt)
}

#[server(endpoint = "practice/delete-preset")]
pub async fn delete_preset(preset: PresetId) -> Result<(), AppError> {
    crate::backend::backend()?.delete_preset(preset).await?;
    crate::backend::go_to("/practice");
    Ok(())
}

#[server(endpoint = "practice/begin-missed")]
pub async fn begin_missed(attempt: AttemptId) -> Result<AttemptId, AppError> {
    let attempt = crate::backend::backend()?.begin_missed(attempt).await?;
    crate::backend::go_to(&format!("/practice/{attempt}"));
    Ok(attempt)
}

#[server(endpoint = "practice/begin-day")]
pub async fn begin_day(exam: ExamId) -> Result<AttemptId, AppError> {
    let attempt = crate::backend::backend()?.begin_day(exam).await?;
    crate::backend::go_to(&format!("/practice/{attempt}/1"));
    Ok(attempt)
}

#[server(endpoint = "practice/question")]
pub async fn question(attempt: AttemptId, position: Option<u16>) -> Result<DrawnQuestion, AppError> {
    crate::backend::backend()?.question(attempt, position).await.map(super::quiz::draw::draw)
}

#[server(endpoint = "practice/answer")]
pub async fn answer_question(answer: Answer) -> Result<DrawnQuestion, AppError> {
    crate::backend::backend()?.answer(answer).await.map(super::quiz::draw::draw)
}

#[server(endpoint = "practice/mark")]
pub async fn mark_question(attempt: AttemptId, position: u16, marked: bool) -> Result<DrawnQuestion, AppError> {
    crate::backend::backend()?.mark(attempt, position, marked).await.map(super::quiz::draw::draw)
}

#[server(endpoint = "practice/finish")]
pub async fn finish(attempt: AttemptId) -> Result<(), AppError> {
    crate::backend::backend()?.finish(attempt).await?;
    crate::backend::go_to(&format!("/practice/{attempt}/result"));
    Ok(())
}
