//! The simulations of an exam: each is a ticket, and graded on the state in which its company is left when the exam ends.

use std::sync::Arc;

use app::error::Conflict;
use app::exams::api::SimulationView;
use app::practice::api::SimulationEnd;
use domain::content::item::{Interaction, Item};
use domain::ids::{AttemptId, OrgId, TicketId};
use domain::practice::item_seed;
use domain::scoring::{Score, score_of_state};
use engine::ticket::verdict::Verdict;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::accounts::session::Scope;
use crate::content::Catalog;
use crate::tickets::{close, live, row, take};

/// Makes a ticket for each simulation of a form. `items`: in the order of their positions.
pub async fn begin(
    db: &mut PgConnection,
    scope: &Scope,
    catalog: &Catalog,
    attempt: AttemptId,
    items: &[(&Arc<Item>, bool)],
    seed: u64,
) -> Result<(), sqlx::Error> {
    for ((item, _), position) in items.iter().zip(1_u16..) {
        let Interaction::Simulation(simulation) = &item.interaction else { continue };
        // Checked content names scenarios that are there.
        let Some(playable) = catalog.scenario(&simulation.scenario) else { continue };
        let seed = item_seed(item, seed, position);
        take::for_exam(db, scope, (attempt, position), (&simulation.scenario, playable), seed).await?;
    }
    Ok(())
}

/// The simulation at a position of a form.
pub async fn at(
    db: &mut PgConnection,
    scope: &Scope,
    attempt: AttemptId,
    position: i16,
) -> Result<Option<SimulationView>, sqlx::Error> {
    let row = sqlx::query!(
        "select ticket_id, actions from tickets
         where org_id = $1 and account_id = $2 and attempt_id = $3 and position = $4",
        scope.org().0,
        scope.account().0,
        attempt.0,
        position
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| SimulationView { ticket: TicketId(row.ticket_id), actions: row.actions.unsigned_abs() }))
}

/// `None` before the end, and where its log could not be played.
pub async fn ended(
    db: &mut PgConnection,
    scope: &Scope,
    attempt: AttemptId,
    position: i16,
) -> Result<Option<SimulationEnd>, sqlx::Error> {
    let row = sqlx::query!(
        "select ticket_id, verdict from tickets
         where org_id = $1 and account_id = $2 and attempt_id = $3 and position = $4",
        scope.org().0,
        scope.account().0,
        attempt.0,
        position
    )
    .fetch_optional(db)
    .await?;
    let Some((ticket, verdict)) = row.and_then(|row| Some((row.ticket_id, row.verdict?))) else { return Ok(None) };
    let verdict: Verdict = serde_json::from_value(verdict).map_err(|error| sqlx::Error::Decode(error.into()))?;
    Ok(Some(SimulationEnd {
        ticket: TicketId(ticket),
        restored: verdict.service_restored,
        fixed: verdict.root_cause_fixed,
        damage: verdict.damage.into_iter().map(|damage| damage.sentence()).collect(),
    }))
}

/// Why nothing more can be done in a ticket that is part of an exam; `None`: it can, or it is no part of one. The exam does not
/// end while the transaction goes on. Asked before the ticket is locked, as the end of an exam locks them in that order.
pub async fn why_not(db: &mut PgConnection, scope: &Scope, ticket: TicketId) -> Result<Option<Conflict>, sqlx::Error> {
    let exam = sqlx::query!(
        r#"select a.finished_at is not null as "finished!", a.paused_at is not null as "paused!",
                  firstline_now() > a.deadline_at + make_interval(secs => $4) as "over!"
           from tickets t join attempts a on a.org_id = t.org_id and a.attempt_id = t.attempt_id
           where t.org_id = $1 and t.account_id = $2 and t.ticket_id = $3 for share of a"#,
        scope.org().0,
        scope.account().0,
        ticket.0,
        f64::from(domain::exams::GRACE_SECONDS)
    )
    .fetch_optional(db)
    .await?;
    let Some(exam) = exam else { return Ok(None) };
    Ok(match exam {
        exam if exam.finished => Some(Conflict::ExamFinished),
        exam if exam.paused => Some(Conflict::ExamPaused),
        exam if exam.over => Some(Conflict::ExamTimeIsUp),
        _ => None,
    })
}

struct Open {
    ticket_id: Uuid,
    position: i16,
    scenario_id: String,
    scenario_version: String,
    seed: i64,
}

/// Closes the tickets of an exam that ends and writes what they bring. One that cannot be played does not hold up the exam: it
/// counts as not answered.
pub async fn grade(db: &mut PgConnection, catalog: &Catalog, org: OrgId, attempt: AttemptId) -> Result<(), sqlx::Error> {
    let open = sqlx::query_as!(
        Open,
        r#"select ticket_id, position as "position!", scenario_id, scenario_version, seed from tickets
           where org_id = $1 and attempt_id = $2 and closed_at is null for update"#,
        org.0,
        attempt.0
    );
    for ticket in open.fetch_all(&mut *db).await? {
        match verdict(db, catalog, org, &ticket).await? {
            Ok((verdict, worked)) => {
                close::store(db, org, TicketId(ticket.ticket_id), &verdict).await?;
                if worked {
                    write(db, org, attempt, ticket.position, score_of_state(&verdict)).await?;
                }
            }
            Err(error) => tracing::error!(ticket = %ticket.ticket_id, error, "a simulation cannot be played"),
        }
    }
    Ok(())
}

/// With whether anything was done at all.
async fn verdict(
    db: &mut PgConnection,
    catalog: &Catalog,
    org: OrgId,
    ticket: &Open,
) -> Result<Result<(Verdict, bool), String>, sqlx::Error> {
    let playable = catalog.scenario_version(db, &ticket.scenario_id.as_str().into(), &ticket.scenario_version).await?;
    let steps = match row::steps_after(db, org, TicketId(ticket.ticket_id), 0).await {
        Ok(steps) => steps,
        // A step that this program cannot read stays unreadable.
        Err(sqlx::Error::Decode(error)) => return Ok(Err(error.to_string())),
        Err(error) => return Err(error),
    };
    let seed = ticket.seed.cast_unsigned();
    let played = tokio::task::spawn_blocking(move || {
        let mut live = live::Live::start(playable, seed)?;
        for step in steps {
            live.take(step);
        }
        Ok((close::verdict(&live), !live.run.log.is_empty()))
    });
    Ok(played.await.unwrap_or_else(|error| Err(error.to_string())))
}

async fn write(db: &mut PgConnection, org: OrgId, attempt: AttemptId, position: i16, score: Score) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update attempt_items
         set chosen = '{}', points = $4, points_of = $5, correct = ($4::smallint = $5::smallint), answered_at = firstline_now()
         where org_id = $1 and attempt_id = $2 and position = $3",
        org.0,
        attempt.0,
        position,
        i16::from(score.points),
        i16::from(score.of)
    )
    .execute(db)
    .await?;
    Ok(())
}
