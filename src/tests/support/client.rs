//! A learner with a browser of their own, as the server sees one: forms, a cookie, and the same answer again after a failure.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use app::exams::api::{Saved, SittingView};
use app::practice::api::{DrawnQuestion, Task};
use app::tickets::api::{Asked, BenchView, EntryView, StepReply, StepRequest};
use domain::ids::{AttemptId, IdempotencyKey, TicketId, WriterId};
use domain::typed::TypedForm;
use rand::{RngExt, SeedableRng, rngs::StdRng};
use reqwest::header::{COOKIE, SET_COOKIE};
use uuid::Uuid;

/// An answer that the server has acknowledged.
#[derive(Clone, Debug)]
pub struct Sent {
    pub attempt: String,
    pub position: i16,
    pub key: String,
}

#[derive(Clone)]
pub struct Learner {
    http: reqwest::Client,
    cookie: String,
}

type Fields = Vec<(&'static str, String)>;

/// As a server function takes it.
enum Body {
    Form(Fields),
    Json(serde_json::Value),
}

/// What a person at the bench has seen.
#[derive(Clone, Debug)]
pub struct Shown {
    pub ticket: TicketId,
    pub key: IdempotencyKey,
    pub entry: EntryView,
}

/// Someone in a timed exam that runs for the whole test, round after round.
pub struct Sitter {
    learner: Learner,
    pub attempt: AttemptId,
    sitting: SittingView,
    writer: WriterId,
    /// Of the last change, acknowledged or not.
    sequence: u32,
}

/// A change to a question of an exam that the server has acknowledged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub attempt: AttemptId,
    pub position: i16,
    pub key: IdempotencyKey,
    pub sequence: i32,
    pub choices: Vec<i16>,
}

/// In milliseconds. The security reference, T1, has 2 to 5 s; more often, so that a kill meets more of them.
const BETWEEN_CHANGES: std::ops::Range<u64> = 500..1500;

/// What people at the bench do; some of it changes the company, all of it takes its time.
const LINES: [&str; 6] = [
    "sh {device} cmd ipconfig /all",
    "sh {device} cmd ping news.example",
    "do unplug {device}/Ethernet",
    "panel {device} adapter set-automatic Ethernet",
    "open {device} adapter",
    "wait 1m",
];

impl Learner {
    pub async fn sign_up(url: &str, name: &str) -> Self {
        let http = reqwest::Client::builder().timeout(Duration::from_secs(5)).build().unwrap();
        let fields = [("name", name), ("password", "seven grey herons on the quay")];
        let answer = http
            .post(format!("{url}/api/accounts/sign-up"))
            .header("Sec-Fetch-Site", "same-origin")
            .form(&fields)
            .send()
            .await
            .unwrap();
        assert!(answer.status().is_success(), "sign-up failed: {}", answer.status());
        let cookie = answer.headers()[SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
        Self { http, cookie }
    }

    /// The status that a question gets now; `Err`: no answer at all.
    pub async fn try_question(&self, url: &str) -> Result<u16, String> {
        let fields = vec![("request[exam]", "network-plus".to_owned()), ("request[count]", "5".to_owned())];
        self.post(url, "practice/begin", &Body::Form(fields))
            .await
            .map(|answer| answer.status().as_u16())
            .map_err(|e| e.to_string())
    }

    /// Answers one quiz after the other. What was not acknowledged is sent again with the same key until it is.
    pub async fn answer_until(self, stop: Arc<AtomicBool>, url: String, seed: u64) -> Vec<Sent> {
        let mut chance = StdRng::seed_from_u64(seed);
        let mut sent = Vec::new();
        'quizzes: while !stop.load(Ordering::SeqCst) {
            let begin = vec![("request[exam]", "network-plus".to_owned()), ("request[count]", "10".to_owned())];
            let begun = self.insist::<AttemptId>(&url, "practice/begin", &Body::Form(begin), &stop).await;
            let Some(attempt) = begun else { break };
            for position in 1..=10_u16 {
                if stop.load(Ordering::SeqCst) {
                    break 'quizzes;
                }
                let ask = vec![("attempt", attempt.to_string()), ("position", position.to_string())];
                let Some(question) = self.insist::<DrawnQuestion>(&url, "practice/question", &Body::Form(ask), &stop).await
                else {
                    break 'quizzes;
                };
                let answer = answer_fields(&question, &mut chance);
                let Some(_) = self.insist::<DrawnQuestion>(&url, "practice/answer", &Body::Form(answer), &stop).await else {
                    break 'quizzes;
                };
                sent.push(Sent {
                    attempt: attempt.to_string(),
                    position: i16::try_from(position).unwrap(),
                    key: question.key.to_string(),
                });
            }
        }
        sent
    }

    /// Works on one ticket. What was not acknowledged is sent again with the same key until it is.
    pub async fn work_until(self, stop: Arc<AtomicBool>, url: String, seed: u64) -> Vec<Shown> {
        let mut chance = StdRng::seed_from_u64(seed);
        let mut shown = Vec::new();
        let take = vec![("request[scenario]", "clinic-no-internet".to_owned())];
        let Some(ticket) = self.insist::<TicketId>(&url, "tickets/take", &Body::Form(take), &stop).await else { return shown };
        let writer = WriterId(Uuid::new_v4());
        let over = vec![("ticket", ticket.to_string()), ("writer", writer.to_string())];
        let Some(_) = self.insist::<BenchView>(&url, "tickets/take-over", &Body::Form(over), &stop).await else { return shown };
        while !stop.load(Ordering::SeqCst) {
            let line = LINES[chance.random_range(0..LINES.len())];
            let (key, step) = (IdempotencyKey(Uuid::new_v4()), Asked::Line(line.to_owned()));
            let body = serde_json::json!({ "request": StepRequest { ticket, writer, key, step } });
            let Some(reply) = self.insist::<StepReply>(&url, "tickets/step", &Body::Json(body), &stop).await else { break };
            shown.push(Shown { ticket, key, entry: reply.entry.expect("an action has an entry") });
        }
        shown
    }

    /// Everything that a ticket shows now.
    pub async fn entries(&self, url: &str, ticket: TicketId) -> Vec<EntryView> {
        let over = vec![("ticket", ticket.to_string()), ("writer", Uuid::new_v4().to_string())];
        let answer = self.post(url, "tickets/take-over", &Body::Form(over)).await.unwrap();
        answer.json::<BenchView>().await.unwrap().entries
    }

    /// Begins an exam and sits down to it.
    pub async fn sit(self, url: &str) -> Sitter {
        let request = [("request[exam]", "network-plus"), ("request[length]", "short"), ("request[mode]", "exam")];
        let begin = request.map(|(name, value)| (name, value.to_owned())).to_vec();
        let begun = self.post(url, "exams/begin", &Body::Form(begin)).await.unwrap();
        let (attempt, writer) = (begun.json::<AttemptId>().await.unwrap(), WriterId(Uuid::new_v4()));
        let seat = vec![("attempt", attempt.to_string()), ("writer", writer.to_string())];
        let sitting = self.post(url, "exams/sit-here", &Body::Form(seat)).await.unwrap().json().await.unwrap();
        Sitter { learner: self, attempt, sitting, writer, sequence: 0 }
    }

    /// Until the server acknowledges; `None`: the round is over.
    async fn insist<T: serde::de::DeserializeOwned>(
        &self,
        url: &str,
        function: &str,
        body: &Body,
        stop: &AtomicBool,
    ) -> Option<T> {
        loop {
            match self.post(url, function, body).await {
                Ok(answer) if answer.status().is_success() => {
                    // A body cut short by the kill was not an acknowledgement.
                    if let Ok(value) = answer.json().await {
                        return Some(value);
                    }
                }
                Ok(answer) => assert_eq!(answer.status().as_u16(), 503, "{function} was refused"),
                Err(_) => {}
            }
            if stop.load(Ordering::SeqCst) {
                return None;
            }
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    async fn post(&self, url: &str, function: &str, body: &Body) -> reqwest::Result<reqwest::Response> {
        let request = self.http.post(format!("{url}/api/{function}")).header("Sec-Fetch-Site", "same-origin");
        let request = request.header(COOKIE, &self.cookie);
        match body {
            Body::Form(fields) => request.form(fields).send().await,
            Body::Json(content) => request.json(content).send().await,
        }
    }
}

impl Sitter {
    /// Changes one answer after the other. What was not acknowledged is sent again with the same key until it is.
    pub async fn save_until(mut self, stop: Arc<AtomicBool>, url: String, seed: u64) -> (Self, Vec<Kept>) {
        let mut chance = StdRng::seed_from_u64(seed);
        let mut kept = Vec::new();
        while !stop.load(Ordering::SeqCst) {
            self.sequence += 1;
            let question = &self.sitting.questions[chance.random_range(0..self.sitting.questions.len())];
            let (choices, text) = some_answer(&question.prompt.task, &mut chance);
            let key = IdempotencyKey(Uuid::new_v4());
            let mut fields = vec![
                ("change[attempt]", self.attempt.to_string()),
                ("change[position]", question.position.to_string()),
                ("change[text]", text),
                ("change[key]", key.to_string()),
                ("change[sequence]", self.sequence.to_string()),
                ("change[writer]", self.writer.to_string()),
            ];
            fields.extend(choices.iter().map(|choice| ("change[choices][]", choice.to_string())));
            let saved = self.learner.insist::<Saved>(&url, "exams/save", &Body::Form(fields), &stop).await;
            if saved.is_none() {
                break;
            }
            kept.push(Kept {
                attempt: self.attempt,
                position: i16::try_from(question.position).unwrap(),
                key,
                sequence: i32::try_from(self.sequence).unwrap(),
                choices: choices.into_iter().map(i16::from).collect(),
            });
            tokio::time::sleep(Duration::from_millis(chance.random_range(BETWEEN_CHANGES))).await;
        }
        (self, kept)
    }

    pub async fn finish(&self, url: &str) {
        let finish = vec![("attempt", self.attempt.to_string())];
        let answer = self.learner.post(url, "exams/finish", &Body::Form(finish)).await.unwrap();
        assert!(answer.status().is_success(), "an exam was not finished: {}", answer.status());
    }
}

fn answer_fields(question: &DrawnQuestion, chance: &mut StdRng) -> Fields {
    let mut fields = vec![
        ("answer[attempt]", question.attempt.to_string()),
        ("answer[position]", question.position.to_string()),
        ("answer[key]", question.key.to_string()),
        ("answer[sequence]", question.sequence.to_string()),
    ];
    let (choices, text) = some_answer(&question.prompt.task, chance);
    fields.push(("answer[text]", text));
    fields.extend(choices.into_iter().map(|choice| ("answer[choices][]", choice.to_string())));
    fields
}

/// What is chosen, and what is typed.
fn some_answer(task: &Task, chance: &mut StdRng) -> (Vec<u8>, String) {
    let small = |count: usize| u8::try_from(count).unwrap();
    let choices = match task {
        Task::Choice { options, choose } => {
            let (first, options) = (chance.random_range(0..small(options.len())), small(options.len()));
            (0..*choose).map(|n| (first + n) % options + 1).collect()
        }
        Task::Ordering { steps } => (1..=small(steps.len())).collect(),
        Task::Matching { terms, matches } => terms.iter().map(|_| chance.random_range(1..=small(matches.len()))).collect(),
        Task::Typed(form) => return (Vec::new(), readable(form).to_owned()),
        Task::Simulation => Vec::new(),
    };
    (choices, String::new())
}

/// Some answer of the form.
fn readable(form: &TypedForm) -> &'static str {
    match form {
        TypedForm::Ipv4 => "192.0.2.1",
        TypedForm::Prefix => "/9",
        TypedForm::Number { .. } => "1",
        TypedForm::Path(_) | TypedForm::Command(_) | TypedForm::Word => "something",
    }
}
