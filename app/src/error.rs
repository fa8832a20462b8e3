//! The one error that crosses the wire. Causes are logged on the server and never sent.

use leptos::prelude::FromServerFnError;
use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::ServerFnErrorErr;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What can go wrong, as far as a screen can act on it. `http/errors.rs` of the server gives each its status.
#[derive(Clone, Debug, Error, PartialEq, Eq, Serialize, Deserialize)]
pub enum AppError {
    #[error("Please sign in first.")]
    SignInNeeded,
    #[error("Your role does not allow this.")]
    Forbidden,
    /// Also said of what exists in another organisation.
    #[error("There is nothing at this address, or it is not yours.")]
    NotFound,
    #[error("Please check the marked fields.")]
    Invalid(Vec<FieldError>),
    #[error("{0}")]
    Conflict(Conflict),
    /// Too many failures on one account: the door opens again by itself.
    #[error("Too many attempts. Please wait {retry_after_seconds} seconds and try again.")]
    TooMany { retry_after_seconds: u32 },
    /// Overload or a database that is away; the same request may be sent again.
    #[error("The server is busy. Nothing is lost; please try again in a moment.")]
    Unavailable { retry_after_seconds: u32 },
    #[error("This request could not be read. Please reload the page and try again.")]
    BadRequest,
    #[error("Something went wrong on the server. It has been logged under {request_id}.")]
    Internal { request_id: String },
}

/// In the context of a page that stands in for one that could not be made at all.
#[derive(Clone, Debug)]
pub struct PageFailure(pub AppError);

/// A field of a form and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// The `name` of the input.
    pub field: String,
    /// One sentence that says what to do; never holds what was typed.
    pub message: String,
}

impl AppError {
    /// One field, one sentence.
    #[must_use]
    pub fn invalid(field: &str, message: &str) -> Self {
        Self::Invalid(vec![FieldError { field: field.to_owned(), message: message.to_owned() }])
    }
}

#[derive(Clone, Copy, Debug, Error, PartialEq, Eq, Serialize, Deserialize)]
pub enum Conflict {
    #[error("This quiz is finished.")]
    AttemptFinished,
    #[error("This quiz has open questions.")]
    AttemptOpen,
    #[error("Answer this question first. A fault in it can be reported once its answer is told.")]
    NotTold,
    #[error("This exam is finished.")]
    ExamFinished,
    #[error("This exam is still running.")]
    ExamRunning,
    #[error("This exam is being taken in another window.")]
    ExamElsewhere,
    #[error("The time is up. Everything that arrived before the deadline counts.")]
    ExamTimeIsUp,
    #[error("The clock of this exam stands still. Go on first.")]
    ExamPaused,
    #[error("In exam mode the clock cannot be stopped.")]
    NoPause,
    #[error("This question has been changed in another window since. Reload the page to see it.")]
    ChangedElsewhere,
    #[error("There are not enough questions for a form of this length yet. Choose a shorter one.")]
    FormTooLong,
    #[error("This ticket is closed.")]
    TicketClosed,
    #[error("This ticket is still open.")]
    TicketOpen,
    #[error("This ticket is being worked on in another window.")]
    TicketElsewhere,
    #[error("The time for this ticket is up. It was closed as it stood.")]
    TimeIsUp,
    #[error("This ticket has as many actions as it can hold. Resolve it, hand it over, or go back.")]
    TicketFull,
    #[error("In an assessment nothing can be taken back and no hints are given.")]
    NotInAssessment,
    #[error("In an exam the state in which you leave the company counts: there is nothing to hand in.")]
    NothingToHandIn,
    #[error("There is nothing left to hint at.")]
    NoHint,
    #[error("You have 20 tickets open. Please close one first.")]
    TooManyTickets,
    #[error("This ticket was worked on with an earlier version of the simulation, so it cannot be played again.")]
    OtherEngine,
    #[error("There are no tickets that fit. Please choose others.")]
    NoTicket,
    #[error("There are no questions that fit. Please choose more objectives.")]
    NothingToAsk,
    #[error("This link has been used or has expired. Please ask for a new one.")]
    LinkSpent,
    #[error("Sign-up is closed here. Please ask the person who runs this site for an account.")]
    SignUpClosed,
    #[error("Too many failed sign-ins. Please ask the person who runs this site for a link to reset the password.")]
    ResetNeeded,
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => Self::Unavailable { retry_after_seconds: 2 },
            _ => Self::BadRequest,
        }
    }
}
