//! Practice exams: a form drawn to the blueprint, a clock, and nothing said before the end.

use leptos::prelude::server;
use serde::{Deserialize, Serialize};

use domain::accounts::TimeAllowance;
use domain::content::exhibit::Exhibit;
use domain::exams::{Confidence, Estimate, Length, Mode, TooSmall};
use domain::ids::{AttemptId, ExamId, IdempotencyKey, ObjectiveId, TicketId, WriterId};
use domain::scoring::{Credit, Mark, Score};

use crate::error::AppError;
use crate::practice::api::{DomainMark, ExamChoice, Given, Prompt, QuestionView};

/// What can be taken, and what was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LobbyView {
    pub exams: Vec<ExamChoice>,
    /// The exam whose forms are shown.
    pub exam: ExamId,
    pub forms: Vec<FormOffer>,
    /// On the exam's scale.
    pub pass_mark: u16,
    pub scale: (u16, u16),
    pub allowance: TimeAllowance,
    /// Its forms have simulations, for browsers with scripts.
    pub simulations: bool,
    /// Exams that are not finished, of whatever blueprint.
    pub open: Vec<OpenExam>,
    /// Finished ones of this exam, the latest first.
    pub earlier: Vec<EarlierExam>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormOffer {
    pub length: Length,
    pub questions: u16,
    /// With the learner's allowance.
    pub seconds: u32,
    /// Why it cannot be taken: the name of the domain that lacks questions.
    pub missing: Option<(TooSmall, String)>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenExam {
    pub attempt: AttemptId,
    pub exam: ExamId,
    pub exam_name: String,
    pub length: Length,
    pub mode: Mode,
    pub clock: Clock,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierExam {
    pub attempt: AttemptId,
    /// RFC 3339, UTC.
    pub finished_at: String,
    pub length: Length,
    pub mode: Mode,
    pub estimate: Estimate,
    pub passed: bool,
    /// Right answers to items that the learner had not met before the form was drawn, and to the others.
    pub new: Mark,
    pub repeats: Mark,
}

/// Server time, so that no clock of the client matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    pub limit_seconds: u32,
    /// Zero when the time is up.
    pub milliseconds_left: u64,
    /// It stands still.
    pub paused: bool,
}

/// A running exam with all of its questions, so that a page can go on while the network is away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SittingView {
    pub attempt: AttemptId,
    pub exam_name: String,
    pub length: Length,
    pub mode: Mode,
    pub clock: Clock,
    pub questions: Vec<SittingQuestion>,
    /// The next number for [`Change::sequence`].
    pub sequence: u32,
    /// Ids for the plain form of this page, which cannot make its own.
    pub key: IdempotencyKey,
    pub writer: WriterId,
    pub shortcuts: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SittingQuestion {
    /// From 1.
    pub position: u16,
    pub prompt: Prompt,
    pub exhibit: Option<Exhibit>,
    pub given: Given,
    pub marked: bool,
    pub confidence: Option<Confidence>,
    /// Places of options, from 1, that the learner has ruled out.
    pub struck: Vec<u8>,
    pub progress: Answered,
    /// Where a simulation is worked on.
    pub simulation: Option<SimulationView>,
}

/// The ticket of a simulation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SimulationView {
    pub ticket: TicketId,
    /// How much was done and not taken back.
    pub actions: u32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answered {
    #[default]
    No,
    /// Something is chosen, but not all that is asked for, or what was typed cannot be read.
    Partly,
    Whole,
}

/// Everything about one question on its way to the server: never a score, never a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub attempt: AttemptId,
    pub position: u16,
    /// As in [`crate::practice::api::Answer`]; nothing chosen and nothing typed clears the answer.
    #[serde(default)]
    pub choices: Vec<u8>,
    #[serde(default)]
    pub text: String,
    #[serde(default)]
    pub marked: bool,
    #[serde(default)]
    pub confidence: Option<Confidence>,
    #[serde(default)]
    pub struck: Vec<u8>,
    pub key: IdempotencyKey,
    /// The client's count of its changes in this attempt. Of two changes to a question the higher one stays, whatever order
    /// they arrive in.
    pub sequence: u32,
    pub writer: WriterId,
}

/// A change is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    pub position: u16,
    pub progress: Answered,
    pub clock: Clock,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExamRequest {
    pub exam: ExamId,
    pub length: Length,
    #[serde(default)]
    pub mode: Mode,
    /// The browser runs scripts, which simulations need; a script says so.
    #[serde(default)]
    pub simulations: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExamResultView {
    pub attempt: AttemptId,
    pub exam: ExamId,
    pub exam_name: String,
    pub length: Length,
    pub mode: Mode,
    /// RFC 3339, UTC.
    pub finished_at: String,
    /// Ended by the clock, not by the learner.
    pub time_was_up: bool,
    pub seconds_used: u32,
    pub limit_seconds: u32,
    pub estimate: Estimate,
    pub pass_mark: u16,
    pub scale: (u16, u16),
    pub passed: bool,
    /// Of all questions, answered or not.
    pub total: Mark,
    pub credit: Credit,
    pub domains: Vec<DomainMark>,
    /// In the order of the form.
    pub questions: Vec<ExamResultRow>,
    /// The exam's pace.
    pub seconds_per_question: u32,
    /// Where study gains most, the best first.
    pub next: Vec<StudyNext>,
    pub new: Mark,
    pub repeats: Mark,
    /// Other finished attempts of this exam, the latest first.
    pub earlier: Vec<EarlierExam>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExamResultRow {
    pub position: u16,
    /// The stem's first words as plain text.
    pub title: String,
    pub objective: ObjectiveId,
    /// `None`: not answered.
    pub score: Option<Score>,
    pub marked: bool,
    pub confidence: Option<Confidence>,
    /// From the change stored before the first one here to the last one here, as far as it went to this question.
    pub seconds: u32,
    pub repeat: bool,
    /// Of a simulation: its debrief.
    pub ticket: Option<TicketId>,
}

/// An objective to study, and what it may bring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudyNext {
    pub objective: ObjectiveId,
    pub title: String,
    pub mark: Mark,
    /// Questions of a full form that this objective is expected to lose, in hundredths.
    pub gain_hundredths: u32,
}

#[async_trait::async_trait]
pub trait Exams {
    /// `exam`: the one to show; `None` or unknown: the one taken or practised last, else the first.
    async fn lobby(&self, exam: Option<ExamId>) -> Result<LobbyView, AppError>;
    /// The open attempt of this exam, if there is one; else a new one.
    async fn begin_exam(&self, request: ExamRequest) -> Result<AttemptId, AppError>;
    async fn sitting(&self, attempt: AttemptId) -> Result<SittingView, AppError>;
    /// The page that asks writes from now on; others are told.
    async fn sit_here(&self, attempt: AttemptId, writer: WriterId) -> Result<SittingView, AppError>;
    /// Stored before it returns.
    async fn save(&self, change: Change) -> Result<Saved, AppError>;
    async fn pause(&self, attempt: AttemptId) -> Result<Clock, AppError>;
    async fn resume(&self, attempt: AttemptId) -> Result<Clock, AppError>;
    /// Finishing twice is harmless.
    async fn finish_exam(&self, attempt: AttemptId) -> Result<(), AppError>;
    async fn exam_result(&self, attempt: AttemptId) -> Result<ExamResultView, AppError>;
    /// A question of a finished attempt with its verdict.
    async fn exam_question(&self, attempt: AttemptId, position: u16) -> Result<QuestionView, AppError>;
}

#[server(endpoint = "exams/begin")]
pub async fn begin_exam(request: ExamRequest) -> Result<AttemptId, AppError> {
    let attempt = crate::backend::backend()?.begin_exam(request).await?;
    crate::backend::go_to(&format!("/exams/{attempt}"));
    Ok(attempt)
}

#[server(endpoint = "exams/sit-here")]
pub async fn sit_here(attempt: AttemptId, writer: WriterId) -> Result<SittingView, AppError> {
    crate::backend::backend()?.sit_here(attempt, writer).await
}

#[server(endpoint = "exams/save")]
pub async fn save(change: Change) -> Result<Saved, AppError> {
    crate::backend::backend()?.save(change).await
}

/// The plain form: the page that sends it writes, and then goes on to a question or to `review`. Its fields bear the names of
/// those of a quiz.
#[server(endpoint = "exams/save-and-go")]
pub async fn save_and_go(answer: Change, to: String) -> Result<(), AppError> {
    let backend = crate::backend::backend()?;
    let attempt = answer.attempt;
    backend.sit_here(attempt, answer.writer).await?;
    backend.save(answer).await?;
    let place = if to.parse::<u16>().is_ok() { to } else { "review".to_owned() };
    crate::backend::go_to(&format!("/exams/{attempt}/{place}"));
    Ok(())
}

#[server(endpoint = "exams/pause")]
pub async fn pause(attempt: AttemptId) -> Result<Clock, AppError> {
    let clock = crate::backend::backend()?.pause(attempt).await?;
    crate::backend::go_to(&format!("/exams/{attempt}"));
    Ok(clock)
}

#[server(endpoint = "exams/resume")]
pub async fn resume(attempt: AttemptId) -> Result<Clock, AppError> {
    let clock = crate::backend::backend()?.resume(attempt).await?;
    crate::backend::go_to(&format!("/exams/{attempt}"));
    Ok(clock)
}

#[server(endpoint = "exams/finish")]
pub async fn finish_exam(attempt: AttemptId) -> Result<(), AppError> {
    crate::backend::backend()?.finish_exam(attempt).await?;
    crate::backend::go_to(&format!("/exams/{attempt}/result"));
    Ok(())
}
