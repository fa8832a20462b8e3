//! Timed exams, from the calls that pages and server functions make down to the rows.

mod begin;
mod deadline;
mod finish;
mod instances;
mod others;
mod pages;
mod pause;
mod races;
mod result;
mod save;
mod simulations;
mod sitting;

use app::error::{AppError, Conflict};
use domain::exams::{Length, Mode};
use sqlx::PgPool;

use crate::support::bank::Bank;
use crate::support::learner::Learner;
use crate::support::site::Site;
use crate::support::taker::{Taker, exam_request};

const FINISHED: AppError = AppError::Conflict(Conflict::ExamFinished);
const RUNNING: AppError = AppError::Conflict(Conflict::ExamRunning);
const ELSEWHERE: AppError = AppError::Conflict(Conflict::ExamElsewhere);
const CHANGED: AppError = AppError::Conflict(Conflict::ChangedElsewhere);
const TIME_IS_UP: AppError = AppError::Conflict(Conflict::ExamTimeIsUp);
const PAUSED: AppError = AppError::Conflict(Conflict::ExamPaused);

async fn site(db: PgPool) -> Site {
    Site::new(db).with_bank(&Bank::large()).await
}

/// Ada, at a site with 104 items.
async fn ada(db: PgPool) -> Learner {
    Learner::at(&site(db).await, "ada").await
}

/// Ada in a form of 20 questions and 20 minutes, with a clock that can be stopped.
async fn ada_sits(db: PgPool) -> Taker {
    Taker::at(&site(db).await, "ada", exam_request(Length::Short, Mode::Practice)).await
}
