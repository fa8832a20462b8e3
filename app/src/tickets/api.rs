//! Tickets: simulated support requests, worked on at the bench and judged from how the company stands afterwards.

use engine::fault::Layer;
use engine::panel::PanelKind;
use engine::shell::ShellKind;
use engine::ticket::Action;
use engine::ticket::Verdict;
use engine::ticket::action::Level;
use engine::ticket::run::Shown;
use engine::world::device::Kind;
use engine::world::{DeviceId, PersonId};
use leptos::prelude::server;
use serde::{Deserialize, Serialize};

use domain::content::prose::Prose;
use domain::ids::{AttemptId, ExamId, IdempotencyKey, ObjectiveId, ScenarioId, TicketId, WriterId};
use domain::tickets::Mode;

use crate::error::AppError;

// ---- the queue

/// What the queue is narrowed to. Empty: everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueFilter {
    #[serde(default)]
    pub track: Option<String>,
    #[serde(default)]
    pub difficulty: Option<String>,
    /// `exam/objective`.
    #[serde(default)]
    pub objective: Option<String>,
    /// Those first whose objectives the learner answers worst.
    #[serde(default)]
    pub weakest_first: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueView {
    pub open: Vec<OpenTicket>,
    /// The short ticket of the day; `None` when there is none that is short.
    pub daily: Option<Offer>,
    pub offers: Vec<Offer>,
    pub filter: QueueFilter,
    pub tracks: Vec<String>,
    pub difficulties: Vec<String>,
    pub objectives: Vec<ObjectiveChoice>,
    /// The latest first.
    pub closed: Vec<ClosedTicket>,
}

/// A ticket that can be taken. It says what people say, never what is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    pub scenario: ScenarioId,
    pub title: String,
    pub company: String,
    pub track: String,
    pub difficulty: String,
    /// The jobs of the people it can come from.
    pub from: Vec<String>,
    pub priority: Level,
    /// Of the company's own time, for a good technician.
    pub minutes: u32,
    /// How often this learner has closed it, and whether one of the runs passed.
    pub closed: u32,
    pub passed: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectiveChoice {
    pub exam: ExamId,
    pub exam_name: String,
    pub objective: ObjectiveId,
    pub title: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenTicket {
    pub id: TicketId,
    pub title: String,
    pub company: String,
    /// Name and job of the person who asked.
    pub requester: String,
    pub priority: Level,
    pub mode: Mode,
    pub actions: u32,
    /// RFC 3339, UTC.
    pub started_at: String,
    /// Seconds of real time since then.
    pub age: u64,
    pub deadline_at: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosedTicket {
    pub id: TicketId,
    pub title: String,
    pub company: String,
    pub mode: Mode,
    pub closed_at: String,
    pub score: u16,
    pub max: u16,
    pub passed: bool,
}

/// What a learner asks for in the queue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketRequest {
    /// `None` or empty: a surprise.
    #[serde(default)]
    pub scenario: Option<ScenarioId>,
    #[serde(default)]
    pub mode: Mode,
    /// Practice only: the same numbers again, or those of a colleague. Left out: the server draws.
    #[serde(default)]
    pub seed: Option<u64>,
}

// ---- the bench

/// Everything the bench shows when it is opened. Nothing of it says what is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BenchView {
    pub ticket: TicketId,
    pub mode: Mode,
    pub title: String,
    pub company: String,
    pub subject: String,
    pub brief: String,
    pub requester: PersonId,
    pub people: Vec<PersonView>,
    pub places: Vec<PlaceView>,
    pub devices: Vec<DeviceView>,
    /// As the company has documented them.
    pub links: Vec<LinkView>,
    /// Causes that a technician may think of, by layer: the whole catalogue, not those of this ticket.
    pub causes: Vec<CauseView>,
    pub entries: Vec<EntryView>,
    pub progress: Progress,
    /// Of a simulation.
    pub exam: Option<ExamPlace>,
}

/// A place on the form of an exam.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExamPlace {
    pub attempt: AttemptId,
    /// From 1.
    pub position: u16,
    pub questions: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonView {
    pub id: PersonId,
    /// As the script language names them.
    pub handle: String,
    pub name: String,
    pub job: String,
    pub device: Option<DeviceId>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceView {
    pub name: String,
    /// Index into `places` of what it is inside of.
    pub inside: Option<u16>,
    /// Metres.
    pub x: i32,
    pub y: i32,
    pub floor: i32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceView {
    pub id: DeviceId,
    pub name: String,
    pub model: String,
    pub kind: Kind,
    /// Index into `places`.
    pub place: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkView {
    /// Device and port of each end.
    pub ends: [(DeviceId, String); 2],
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CauseView {
    pub layer: Layer,
    pub component: String,
    pub title: String,
}

/// What one can do at a device now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceToWork {
    pub device: DeviceId,
    pub panels: Vec<PanelKind>,
    pub shells: Vec<ShellView>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShellView {
    pub kind: ShellKind,
    /// Before the next line.
    pub prompt: String,
    pub elevated_prompt: String,
    /// For Tab, and for "what can I do here?".
    pub commands: Vec<String>,
}

/// One thing that was done, and what was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryView {
    /// From 1, as evidence and findings name it.
    pub number: u32,
    pub action: Action,
    /// The action as a line of the script language.
    pub line: String,
    /// The action as a person tells it.
    pub told: String,
    /// Of a terminal: the prompt it was typed at, and the one that stands there now.
    pub prompts: Option<(String, String)>,
    pub shown: Shown,
    /// Time of day at the company, `10:42`.
    pub at: String,
    /// Seconds of the company's time.
    pub took: u64,
    pub changed: bool,
}

/// Where the ticket stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// How many steps are stored.
    pub steps: u32,
    /// Time of day at the company, `10:42`, and minutes since the ticket was taken.
    pub clock: String,
    pub minutes: u64,
    /// Something was changed, and no theory was stated yet.
    pub theory_wanted: bool,
    pub closed: bool,
    /// Seconds of real time that are left in an assessment.
    pub seconds_left: Option<u32>,
    /// Hints may be asked for.
    pub hints: bool,
    /// What hints have told so far, and their cost.
    pub told: Vec<(String, u16)>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextHint {
    /// "The layer to look at".
    pub gives: String,
    /// Points.
    pub cost: u16,
}

/// What a learner does. Sent again with the same key it counts once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepRequest {
    pub ticket: TicketId,
    pub writer: WriterId,
    pub key: IdempotencyKey,
    pub step: Asked,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Asked {
    Act(Action),
    /// A line of the script language, from the text view.
    Line(String),
    /// Words typed to a person; the reply says how they were understood.
    Speak {
        to: PersonId,
        words: String,
    },
    /// Goes back to the moment when this many actions had been done.
    Rewind {
        to: u32,
    },
    Hint,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepReply {
    /// What came of an action.
    pub entry: Option<EntryView>,
    /// After a rewind: everything that is left.
    pub entries: Option<Vec<EntryView>>,
    /// How typed words were understood: "asks, friendly, about the cable".
    pub understood: Option<String>,
    pub progress: Progress,
}

// ---- afterwards

/// The verdict and all that was hidden until then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DebriefView {
    pub ticket: TicketId,
    pub scenario: ScenarioId,
    pub title: String,
    pub company: String,
    pub mode: Mode,
    pub seed: u64,
    pub closed_at: String,
    pub verdict: Verdict,
    /// What teaches: how the cause shows, why it was not another.
    pub debrief: Prose,
    pub entries: Vec<EntryView>,
    pub hints: Vec<(u32, String, u16)>,
    pub undone: u32,
    /// The reference path, one action an entry, as a person tells it.
    pub reference: Vec<String>,
    /// How the requester felt after each action, 0 to 1000.
    pub mood: Vec<u16>,
    pub objectives: Vec<ObjectiveChoice>,
}

/// What the engine in the browser needs to play the run again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordingView {
    /// The company as it was at the start, postcard in Base64.
    pub start: String,
    /// Each action, postcard in Base64.
    pub actions: Vec<String>,
    pub places: Vec<PlaceView>,
    pub devices: Vec<DeviceView>,
    pub lines: Vec<String>,
    /// The actions as a person tells them.
    pub told: Vec<String>,
    pub changed: Vec<bool>,
}

#[async_trait::async_trait]
pub trait Tickets {
    async fn queue(&self, filter: QueueFilter) -> Result<QueueView, AppError>;
    async fn take(&self, request: TicketRequest) -> Result<TicketId, AppError>;
    async fn bench(&self, ticket: TicketId) -> Result<BenchView, AppError>;
    /// This page works on the ticket from now on; any other is told so at its next step.
    async fn take_over(&self, ticket: TicketId, writer: WriterId) -> Result<BenchView, AppError>;
    async fn work_at(&self, ticket: TicketId, device: DeviceId) -> Result<PlaceToWork, AppError>;
    /// What the next hint gives away and costs, before it is taken; `None`: there is nothing left to tell.
    async fn hint_offer(&self, ticket: TicketId) -> Result<Option<NextHint>, AppError>;
    /// Stored before it returns.
    async fn step(&self, request: StepRequest) -> Result<StepReply, AppError>;
    async fn debrief(&self, ticket: TicketId) -> Result<DebriefView, AppError>;
    async fn recording(&self, ticket: TicketId) -> Result<RecordingView, AppError>;
    /// A new practice ticket with the same numbers, continued after this many actions of a closed one.
    async fn fork(&self, ticket: TicketId, actions: u32) -> Result<TicketId, AppError>;
}

#[server(endpoint = "tickets/take")]
pub async fn take(request: TicketRequest) -> Result<TicketId, AppError> {
    let ticket = crate::backend::backend()?.take(request).await?;
    crate::backend::go_to(&format!("/tickets/{ticket}"));
    Ok(ticket)
}

#[server(endpoint = "tickets/take-over")]
pub async fn take_over(ticket: TicketId, writer: WriterId) -> Result<BenchView, AppError> {
    crate::backend::backend()?.take_over(ticket, writer).await
}

#[server(endpoint = "tickets/work-at")]
pub async fn work_at(ticket: TicketId, device: DeviceId) -> Result<PlaceToWork, AppError> {
    crate::backend::backend()?.work_at(ticket, device).await
}

#[server(endpoint = "tickets/hint-offer")]
pub async fn hint_offer(ticket: TicketId) -> Result<Option<NextHint>, AppError> {
    crate::backend::backend()?.hint_offer(ticket).await
}

#[server(endpoint = "tickets/step", input = leptos::server_fn::codec::Json)]
pub async fn step(request: StepRequest) -> Result<StepReply, AppError> {
    crate::backend::backend()?.step(request).await
}

#[server(endpoint = "tickets/recording")]
pub async fn recording(ticket: TicketId) -> Result<RecordingView, AppError> {
    crate::backend::backend()?.recording(ticket).await
}

#[server(endpoint = "tickets/fork")]
pub async fn fork(ticket: TicketId, actions: u32) -> Result<TicketId, AppError> {
    let ticket = crate::backend::backend()?.fork(ticket, actions).await?;
    crate::backend::go_to(&format!("/tickets/{ticket}"));
    Ok(ticket)
}
