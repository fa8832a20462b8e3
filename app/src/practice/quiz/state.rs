//! What the quiz holds, and what it asks the server for.

use std::pin::Pin;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

use super::told::HEADING;
use crate::browser::replace_address;
use crate::error::AppError;
use crate::practice::api::{Answer, DrawnQuestion, Given, answer_question, mark_question, question};

/// One quiz on the page. Copied into every part of it.
#[derive(Clone, Copy)]
pub struct QuizState {
    pub question: RwSignal<DrawnQuestion>,
    /// Apart from the question, so that marking does not redraw what is chosen.
    pub marked: RwSignal<bool>,
    /// A request is on its way.
    pub pending: RwSignal<bool>,
    pub error: RwSignal<Option<AppError>>,
    pub heading: NodeRef<html::H1>,
    pub form: NodeRef<html::Form>,
    pub mark: NodeRef<html::Button>,
}

impl QuizState {
    pub fn new(question: DrawnQuestion, error: Option<AppError>) -> Self {
        Self {
            marked: RwSignal::new(question.marked),
            question: RwSignal::new(question),
            pending: RwSignal::new(false),
            error: RwSignal::new(error),
            heading: NodeRef::new(),
            form: NodeRef::new(),
            mark: NodeRef::new(),
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
            focus_soon(|| element(HEADING));
        };
        self.ask(Box::pin(answer_question(answer)), Box::new(done));
    }

    /// Goes to another question without loading a page.
    pub fn go_to(self, position: u16) {
        let attempt = self.question.with_untracked(|question| question.attempt);
        let path = format!("/practice/{attempt}/{position}");
        let done = move |question| {
            replace_address(&path);
            self.show(question);
            focus_soon(move || self.heading.get_untracked().map(Into::into));
        };
        self.ask(Box::pin(question(attempt, Some(position))), Box::new(done));
    }

    pub fn toggle_mark(self) {
        let (attempt, position) = self.question.with_untracked(|question| (question.attempt, question.position));
        let marked = !self.marked.get_untracked();
        let done = move |question: DrawnQuestion| self.marked.set(question.marked);
        self.ask(Box::pin(mark_question(attempt, position, marked)), Box::new(done));
    }

    fn show(self, question: DrawnQuestion) {
        self.marked.set(question.marked);
        self.question.set(question);
    }

    /// One request at a time; what went wrong is shown and the same step can be tried again. Boxed, so that the bundle holds it once.
    fn ask(self, request: Pin<Box<dyn Future<Output = Result<DrawnQuestion, AppError>>>>, done: Box<dyn FnOnce(DrawnQuestion)>) {
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

/// Of what the server has drawn; `None` while it is not on the page.
pub fn element<E: JsCast>(id: &str) -> Option<E> {
    document().get_element_by_id(id)?.dyn_into().ok()
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
