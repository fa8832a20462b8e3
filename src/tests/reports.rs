//! Reports of faults in items: who may say what, what is stored once, who sees it.

mod administrators;
mod learners;
mod pages;

use app::reports::api::NewReport;
use domain::ids::AttemptId;
use domain::reports::Kind;
use sqlx::PgPool;

use crate::support::bank::Bank;
use crate::support::learner::Learner;
use crate::support::site::{PASSWORD, Site, Visitor};

/// Enough items for a short exam.
fn bank() -> Bank {
    Bank::default().exam("alpha", &[(50, &[10, 10]), (30, &[8, 8]), (20, &[6, 6])])
}

async fn site(db: PgPool) -> Site {
    Site::new(db).with_bank(&bank()).await
}

fn report(attempt: AttemptId, position: u16, kind: Kind) -> NewReport {
    NewReport { attempt, position, kind, note: String::new() }
}

/// A quiz of this learner with every question answered.
async fn told(learner: &Learner, questions: u16) -> AttemptId {
    let attempt = learner.begin(questions).await;
    learner.answer_next(attempt, questions.into(), |_| true).await;
    attempt
}

/// A learner in the organisation of Grace.
async fn ada(site: &Site) -> Visitor {
    let mut ada = site.member("ada").await;
    site.execute(
        "with grace as (select org_id from memberships join accounts using (account_id) where name = 'grace'),
              ada as (select account_id from accounts where name = 'ada'),
              moved as (insert into memberships (org_id, account_id, role) select grace.org_id, ada.account_id, 'learner' from grace, ada)
         update accounts set home_org_id = grace.org_id from grace where name = 'ada'",
    )
    .await;
    ada.sign_in("ada", PASSWORD).await.unwrap();
    ada
}
