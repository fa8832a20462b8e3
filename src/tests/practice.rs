//! Practice, from the calls that pages and server functions make down to the rows.

mod answer;
mod begin;
mod day;
mod exhibits;
mod finish;
mod others;
mod pages;
mod parts;
mod pinned;
mod pools;
mod presets;
mod result;
mod timed;

use app::error::{AppError, Conflict};
use sqlx::PgPool;

use crate::support::bank::Bank;
use crate::support::learner::Learner;
use crate::support::site::Site;

const FINISHED: AppError = AppError::Conflict(Conflict::AttemptFinished);
const OPEN: AppError = AppError::Conflict(Conflict::AttemptOpen);
const NOTHING: AppError = AppError::Conflict(Conflict::NothingToAsk);

/// Ada, at a site with 24 items.
async fn ada(db: PgPool) -> Learner {
    Learner::at(&site(db).await, "ada").await
}

async fn site(db: PgPool) -> Site {
    Site::new(db).with_bank(&Bank::small()).await
}
