//! The queue: what is open, what can be taken, what is closed.

use std::collections::{BTreeMap, BTreeSet};

use app::error::{AppError, Conflict};
use app::tickets::api::{ClosedTicket, ObjectiveChoice, Offer, OpenTicket, QueueFilter, QueueView};
use domain::ids::{ScenarioId, TicketId};
use domain::tickets::Mode;
use sqlx::PgConnection;

use crate::accounts::session::Scope;
use crate::caller::Caller;
use crate::clock::rfc3339;
use crate::content::{Catalog, Playable};
use crate::error::OrInternal;

/// Virtual minutes of a ticket that can be done between two others.
const SHORT_MINUTES: u32 = 12;
/// Closed tickets that the page shows.
const CLOSED_SHOWN: i64 = 20;
const DIFFICULTIES: [&str; 3] = ["easy", "medium", "hard"];

pub async fn queue(caller: &Caller, filter: QueueFilter) -> Result<QueueView, AppError> {
    let scope = caller.scope()?;
    let catalog = &caller.server.catalog;
    let mut db = caller.server.db.acquire().await.or_internal(caller)?;
    let runs = runs(&mut db, scope).await.or_internal(caller)?;
    let weakness = if filter.weakest_first { weakness(&mut db, scope).await.or_internal(caller)? } else { BTreeMap::new() };
    let day = day(&mut db).await.or_internal(caller)?;
    let mut fitting: Vec<_> = catalog.scenarios().filter(|(_, one)| fits(one, &filter)).collect();
    if filter.weakest_first {
        fitting.sort_by_key(|(_, one)| need(one, &weakness));
    }
    let tracks: BTreeSet<_> = catalog.scenarios().map(|(_, one)| one.scenario.track.clone()).collect();
    Ok(QueueView {
        open: open(&mut db, caller, scope).await.or_internal(caller)?,
        daily: daily(catalog, day).map(|(id, one)| offer(id, one, &runs)),
        offers: fitting.into_iter().map(|(id, one)| offer(id, one, &runs)).collect(),
        tracks: tracks.into_iter().collect(),
        difficulties: DIFFICULTIES.map(str::to_owned).to_vec(),
        objectives: objectives(catalog),
        closed: closed(&mut db, caller, scope).await.or_internal(caller)?,
        filter,
    })
}

/// One that was not passed yet, if there is one.
pub async fn surprise(db: &mut PgConnection, caller: &Caller, scope: &Scope, random: u64) -> Result<ScenarioId, AppError> {
    let runs = runs(db, scope).await.or_internal(caller)?;
    let all: Vec<_> = caller.server.catalog.scenarios().map(|(id, _)| id).collect();
    let fresh: Vec<_> = all.iter().copied().filter(|id| !runs.get(id.as_str()).is_some_and(|(_, passed)| *passed)).collect();
    let from = if fresh.is_empty() { all } else { fresh };
    let at = usize::try_from(random % (from.len().max(1) as u64)).unwrap_or(0);
    from.get(at).map(|id| (*id).clone()).ok_or(AppError::Conflict(Conflict::NoTicket))
}

fn fits(one: &Playable, filter: &QueueFilter) -> bool {
    let scenario = &one.scenario;
    let wanted = |filter: &Option<String>| filter.clone().filter(|text| !text.is_empty());
    wanted(&filter.track).is_none_or(|track| scenario.track == track)
        && wanted(&filter.difficulty).is_none_or(|difficulty| scenario.difficulty == difficulty)
        && wanted(&filter.objective).is_none_or(|objective| scenario.objectives.contains(&objective))
}

/// The same for everybody, another each day.
fn daily(catalog: &Catalog, day: i64) -> Option<(&ScenarioId, &Playable)> {
    let easy = |one: &Playable| one.scenario.difficulty == "easy" && one.scenario.minutes <= SHORT_MINUTES;
    let short: Vec<_> = catalog.scenarios().filter(|(_, one)| easy(one)).collect();
    let count = i64::try_from(short.len()).ok().filter(|count| *count > 0)?;
    let at = usize::try_from(day.rem_euclid(count)).ok()?;
    short.get(at).map(|(id, one)| (*id, &***one))
}

fn offer(id: &ScenarioId, one: &Playable, runs: &BTreeMap<String, (u32, bool)>) -> Offer {
    let (closed, passed) = runs.get(id.as_str()).copied().unwrap_or_default();
    let scenario = &one.scenario;
    Offer {
        scenario: id.clone(),
        title: scenario.title.clone(),
        company: one.site.organisation.clone(),
        track: scenario.track.clone(),
        difficulty: scenario.difficulty.clone(),
        from: jobs(one),
        priority: scenario.brief.priority,
        minutes: scenario.minutes,
        closed,
        passed,
    }
}

/// The jobs of the people whom the seed chooses from, each once.
fn jobs(one: &Playable) -> Vec<String> {
    let asks = |person: &&engine::site::spec::Person| one.scenario.requester.persons.contains(&person.id);
    let jobs: BTreeSet<_> = one.site.person.iter().filter(asks).map(|person| person.job.clone()).collect();
    jobs.into_iter().collect()
}

/// Objectives that some ticket exercises, in the order of the exams.
fn objectives(catalog: &Catalog) -> Vec<ObjectiveChoice> {
    let used: BTreeSet<_> = catalog.scenarios().flat_map(|(_, one)| one.scenario.objectives.iter().map(String::as_str)).collect();
    let of_exam = |exam: &domain::content::blueprint::Blueprint| {
        let all = exam.domains.iter().flat_map(|domain| &domain.objectives);
        let exercised = all.filter(|objective| used.contains(format!("{}/{}", exam.id, objective.id).as_str()));
        let choice = |objective: &domain::content::blueprint::Objective| ObjectiveChoice {
            exam: exam.id.clone(),
            exam_name: exam.name.clone(),
            objective: objective.id.clone(),
            title: objective.title.clone(),
        };
        exercised.map(choice).collect::<Vec<_>>()
    };
    catalog.exams.iter().flat_map(of_exam).collect()
}

/// How often each scenario was closed by this person, and whether a run of it passed.
async fn runs(db: &mut PgConnection, scope: &Scope) -> Result<BTreeMap<String, (u32, bool)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select scenario_id, count(*) as "closed!", bool_or(passed) as "passed!" from tickets
           where org_id = $1 and account_id = $2 and closed_at is not null and mode <> 'simulation' group by scenario_id"#,
        scope.org().0,
        scope.account().0
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.scenario_id, (u32::try_from(row.closed).unwrap_or(u32::MAX), row.passed))).collect())
}

/// Right first answers in permille, by `exam/objective`.
async fn weakness(db: &mut PgConnection, scope: &Scope) -> Result<BTreeMap<String, i64>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select exam_id || '/' || objective_id as "objective!",
                  (1000 * first_correct / greatest(first_answered, 1))::bigint as "permille!"
           from mastery where org_id = $1 and account_id = $2 and first_answered > 0"#,
        scope.org().0,
        scope.account().0
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.objective, row.permille)).collect())
}

/// The worst of its objectives; what was never answered stands in the middle.
fn need(one: &Playable, weakness: &BTreeMap<String, i64>) -> i64 {
    const UNKNOWN: i64 = 500;
    one.scenario.objectives.iter().map(|objective| weakness.get(objective).copied().unwrap_or(UNKNOWN)).min().unwrap_or(UNKNOWN)
}

/// Days since 1970 by the database's clock.
async fn day(db: &mut PgConnection) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(r#"select floor(extract(epoch from firstline_now()) / 86400)::bigint as "day!""#).fetch_one(db).await
}

async fn open(db: &mut PgConnection, caller: &Caller, scope: &Scope) -> Result<Vec<OpenTicket>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select ticket_id, scenario_id, mode, requester, actions, started_at, deadline_at,
                  floor(extract(epoch from firstline_now() - started_at))::bigint as "age!"
           from tickets where org_id = $1 and account_id = $2 and closed_at is null and mode <> 'simulation'
           order by started_at desc, ticket_id desc"#,
        scope.org().0,
        scope.account().0
    )
    .fetch_all(db)
    .await?;
    let rows = rows.into_iter().map(|row| {
        let (title, company) = names(caller, &row.scenario_id);
        let known = caller.server.catalog.scenario(&row.scenario_id.as_str().into());
        OpenTicket {
            id: TicketId(row.ticket_id),
            title,
            company,
            requester: row.requester,
            priority: known.map(|one| one.scenario.brief.priority).unwrap_or_default(),
            mode: row.mode.parse().unwrap_or(Mode::Assessment),
            actions: row.actions.unsigned_abs(),
            started_at: rfc3339(row.started_at),
            age: row.age.unsigned_abs(),
            deadline_at: row.deadline_at.map(rfc3339),
        }
    });
    Ok(rows.collect())
}

async fn closed(db: &mut PgConnection, caller: &Caller, scope: &Scope) -> Result<Vec<ClosedTicket>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select ticket_id, scenario_id, mode, closed_at as "closed_at!", score as "score!", max_score as "max_score!",
                  passed as "passed!"
           from tickets where org_id = $1 and account_id = $2 and closed_at is not null and mode <> 'simulation'
           order by closed_at desc, ticket_id desc limit $3"#,
        scope.org().0,
        scope.account().0,
        CLOSED_SHOWN
    )
    .fetch_all(db)
    .await?;
    let rows = rows.into_iter().map(|row| {
        let (title, company) = names(caller, &row.scenario_id);
        ClosedTicket {
            id: TicketId(row.ticket_id),
            title,
            company,
            mode: row.mode.parse().unwrap_or(Mode::Assessment),
            closed_at: rfc3339(row.closed_at),
            score: row.score.unsigned_abs(),
            max: row.max_score.unsigned_abs(),
            passed: row.passed,
        }
    });
    Ok(rows.collect())
}

/// Title and company; the id alone where the content no longer has the scenario.
fn names(caller: &Caller, scenario: &str) -> (String, String) {
    let found = caller.server.catalog.scenario(&scenario.into());
    found.map_or_else(|| (scenario.to_owned(), String::new()), |one| (one.scenario.title.clone(), one.site.organisation.clone()))
}
