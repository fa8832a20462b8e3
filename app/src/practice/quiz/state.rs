//! What the quiz holds, and what it asks the server for.

use std::pin::Pin;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::replace_address;
use crate::error::AppError;
use crate::practice::api::{Answer, Given, QuestionView, answer_question, mark_question, question};

/// One quiz on the page. Copied into every part of it.
#[derive(Clone, Copy)]
pub struct QuizState {
    pub question: RwSignal<QuestionView>,
    /// The page was drawn with one, and keeps it.
    has_exhibit: bool,
    /// Apart from the question, so that marking does not redraw what is chosen.
    pub marked: RwSignal<bool>,
    /// A request is on its way.
    pub pending: RwSignal<bool>,
    pub error: RwSignal<Option<AppError>>,
    pub heading: NodeRef<html::H1>,
    pub verdict: NodeRef<html::H2>,
    pub form: NodeRef<html::Form>,
    /// The link to what comes next.
    pub next: NodeRef<html::A>,
    pub mark: NodeRef<html::Button>,
    pub explanation: NodeRef<html::Details>,
    pub shortcuts: NodeRef<html::Details>,
}

impl QuizState {
    pub fn new(question: QuestionView, error: Option<AppError>, has_exhibit: bool) -> Self {
        Self {
            has_exhibit,
            marked: RwSignal::new(question.marked),
            question: RwSignal::new(question),
            pending: RwSignal::new(false),
            error: RwSignal::new(error),
            heading: NodeRef::new(),
            verdict: NodeRef::new(),
            form: NodeRef::new(),
            next: NodeRef::new(),
            mark: NodeRef::new(),
            explanation: NodeRef::new(),
            shortcuts: NodeRef::new(),
        }
    }

    /// The question waits for its answer.
    pub fn is_open(self) -> bool {
        self.question.with_untracked(|question| question.verdict.is_none())
    }

    /// Sends the answer. It may be sent again after a failure: its key makes it count once.
    pub fn answer(self, given: Given) {
        let answer = self.question.with_untracked(|question| Answer {
            attempt: question.attempt,
            position: question.position,
            choices: given.choices,
            text: given.text,
            key: question.key,
            sequence: question.sequence,
        });
        let done = move |question| {
            self.show(question);
            focus_soon(move || self.verdict.get_untracked().map(Into::into));
        };
        self.ask(Box::pin(answer_question(answer)), Box::new(done));
    }

    /// Goes to another question without loading a page, unless this one or that one has an exhibit.
    pub fn go_to(self, position: u16) {
        let attempt = self.question.with_untracked(|question| question.attempt);
        let path = format!("/practice/{attempt}/{position}");
        let done = move |question: QuestionView| {
            if self.has_exhibit || question.prompt.has_exhibit {
                let _ = window().location().set_href(&path);
                return;
            }
            replace_address(&path);
            self.show(question);
            focus_soon(move || self.heading.get_untracked().map(Into::into));
        };
        self.ask(Box::pin(question(attempt, Some(position))), Box::new(done));
    }

    pub fn toggle_mark(self) {
        let (attempt, position) = self.question.with_untracked(|question| (question.attempt, question.position));
        let marked = !self.marked.get_untracked();
        let done = move |question: QuestionView| self.marked.set(question.marked);
        self.ask(Box::pin(mark_question(attempt, position, marked)), Box::new(done));
    }

    fn show(self, question: QuestionView) {
        self.marked.set(question.marked);
        self.question.set(question);
    }

    /// One request at a time; what went wrong is shown and the same step can be tried again. Boxed, so that the bundle holds it once.
    fn ask(self, request: Pin<Box<dyn Future<Output = Result<QuestionView, AppError>>>>, done: Box<dyn FnOnce(QuestionView)>) {
        if self.pending.get_untracked() {
            return;
        }
        self.pending.set(true);
        spawn_local(async move {
            let answer = request.await;
            self.pending.set(false);
            self.error.set(answer.as_ref().err().cloned());
            if let Ok(question) = answer {
                done(question);
            }
        });
    }
}

/// After the view has changed.
pub fn focus_soon(element: impl Fn() -> Option<web_sys::HtmlElement> + 'static) {
    request_animation_frame(move || {
        if let Some(element) = element() {
            // Focus fails only on an element that has left the page.
            let _ = element.focus();
        }
    });
}
