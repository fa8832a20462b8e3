//! The result of a finished exam: the estimate on its scale, where the points were lost, what to study next.

use std::collections::HashMap;

use app::error::{AppError, Conflict};
use app::exams::api::{ExamResultRow, ExamResultView, StudyNext};
use domain::content::blueprint::Blueprint;
use domain::content::item::Item;
use domain::exams::Length;
use domain::ids::{AttemptId, ExamId, ObjectiveId, TicketId};
use domain::progress::expected_loss;
use domain::scoring::{Credit, Mark, Score};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::earlier::{earlier, scaled};
use crate::accounts::session::Scope;
use crate::caller::Caller;
use crate::clock::rfc3339;
use crate::content::Pinned;
use crate::error::OrInternal;
use crate::practice::question::instance;
use crate::practice::result::{by_domain, shorten};
use crate::practice::verdict::score_of;

/// What to study next: a list that is not a wall.
const MOST_NEXT: usize = 5;

pub async fn result(caller: &Caller, attempt: AttemptId) -> Result<ExamResultView, AppError> {
    let scope = caller.scope()?;
    let catalog = &caller.server.catalog;
    let mut db = caller.server.db.acquire().await.or_internal(caller)?;
    let exam = load(&mut db, scope, attempt).await.or_internal(caller)?.ok_or(AppError::NotFound)?;
    let finished_at = exam.finished_at.ok_or(AppError::Conflict(Conflict::ExamRunning))?;
    let rows = answers(&mut db, scope, attempt).await.or_internal(caller)?;
    let pinned: Vec<Pinned> = rows.iter().map(|row| (row.item_id.as_str().into(), row.item_version.as_str().into())).collect();
    let items = catalog.versions(&mut db, &pinned).await.or_internal(caller)?;
    let exam_id = ExamId::from(exam.exam_id.as_str());
    let blueprint = catalog.exam(&exam_id);
    let known = known(&mut db, scope, &exam_id).await.or_internal(caller)?;
    let mut earlier = earlier(&mut db, scope, &exam_id).await.or_internal(caller)?;
    earlier.retain(|other| other.attempt != attempt);
    let scale = (exam.scale_min.unsigned_abs(), exam.scale_max.unsigned_abs());
    let (estimate, pass_mark) = (scaled(exam.credit, exam.questions, scale), exam.pass_mark.unsigned_abs());
    let limit = exam.time_limit.unsigned_abs();
    Ok(ExamResultView {
        attempt,
        exam_name: catalog.exam_name(&exam_id),
        length: exam.length.parse().unwrap_or_default(),
        mode: exam.mode.parse().unwrap_or_default(),
        finished_at: rfc3339(finished_at),
        time_was_up: exam.seconds_left <= 0,
        seconds_used: limit.saturating_sub(u32::try_from(exam.seconds_left).unwrap_or(0)),
        limit_seconds: limit,
        passed: estimate.scaled >= pass_mark,
        estimate,
        pass_mark,
        scale,
        total: mark(&rows, |_| true),
        credit: Credit { hundredths: exam.credit.unsigned_abs() },
        domains: blueprint
            .map(|exam| by_domain(exam, |id| mark(&rows, |row| row.objective_id == id.as_str())))
            .unwrap_or_default(),
        questions: rows.iter().zip(items).map(|(row, item)| question(row, &instance(item, exam.seed, row.position))).collect(),
        seconds_per_question: limit / u32::from(exam.questions.unsigned_abs()).max(1),
        next: blueprint.map(|exam| next(exam, &known)).unwrap_or_default(),
        new: mark(&rows, |row| !row.is_repeat),
        repeats: mark(&rows, |row| row.is_repeat),
        earlier,
        exam: exam_id,
    })
}

struct ExamRow {
    exam_id: String,
    seed: i64,
    questions: i16,
    length: String,
    mode: String,
    time_limit: i32,
    /// When it finished.
    seconds_left: i64,
    finished_at: Option<OffsetDateTime>,
    credit: i32,
    scale_min: i16,
    scale_max: i16,
    pass_mark: i16,
}

async fn load(db: &mut PgConnection, scope: &Scope, attempt: AttemptId) -> Result<Option<ExamRow>, sqlx::Error> {
    sqlx::query_as!(
        ExamRow,
        r#"select exam_id, seed, questions, length as "length!", mode as "mode!", time_limit as "time_limit!", finished_at,
                  coalesce(ceil(extract(epoch from deadline_at - finished_at)), 0)::bigint as "seconds_left!",
                  coalesce(credit, 0) as "credit!",
                  scale_min as "scale_min!", scale_max as "scale_max!", pass_mark as "pass_mark!"
           from attempts where org_id = $1 and account_id = $2 and attempt_id = $3 and kind = 'exam'"#,
        scope.org().0,
        scope.account().0,
        attempt.0
    )
    .fetch_optional(db)
    .await
}

struct AnswerRow {
    position: i16,
    item_id: String,
    item_version: String,
    objective_id: String,
    marked: bool,
    confidence: Option<String>,
    points: Option<i16>,
    points_of: Option<i16>,
    is_repeat: bool,
    ticket_id: Option<Uuid>,
    seconds: i64,
}

impl AnswerRow {
    fn score(&self) -> Option<Score> {
        score_of(self.points, self.points_of)
    }
}

async fn answers(db: &mut PgConnection, scope: &Scope, attempt: AttemptId) -> Result<Vec<AnswerRow>, sqlx::Error> {
    sqlx::query_as!(
        AnswerRow,
        r#"select i.position, i.item_id, i.item_version, i.objective_id, i.marked, i.confidence, i.points, i.points_of,
                  i.is_repeat, w.ticket_id as "ticket_id?", coalesce(round(t.spent_ms / 1000.0), 0)::bigint as "seconds!"
           from attempts a
           join attempt_items i on i.org_id = a.org_id and i.attempt_id = a.attempt_id
           left join question_times($1, $2) t on t.position = i.position
           left join tickets w on w.org_id = i.org_id and w.attempt_id = i.attempt_id and w.position = i.position
           where a.org_id = $1 and a.attempt_id = $2 and a.account_id = $3
           order by i.position"#,
        scope.org().0,
        attempt.0,
        scope.account().0
    )
    .fetch_all(db)
    .await
}

/// What was right of all questions, answered or not.
fn mark(rows: &[AnswerRow], belongs: impl Fn(&AnswerRow) -> bool) -> Mark {
    let mut mark = Mark::default();
    rows.iter().filter(|row| belongs(row)).for_each(|row| mark.add(row.score().is_some_and(Score::is_right)));
    mark
}

fn question(row: &AnswerRow, item: &Item) -> ExamResultRow {
    ExamResultRow {
        position: row.position.unsigned_abs(),
        title: shorten(&item.stem.plain_text()),
        objective: row.objective_id.as_str().into(),
        score: row.score(),
        marked: row.marked,
        confidence: row.confidence.as_deref().and_then(|word| word.parse().ok()),
        seconds: u32::try_from(row.seconds).unwrap_or(0),
        repeat: row.is_repeat,
        ticket: row.ticket_id.map(TicketId),
    }
}

/// First answers of this learner by objective, this exam's among them.
async fn known(db: &mut PgConnection, scope: &Scope, exam: &ExamId) -> Result<HashMap<ObjectiveId, Mark>, sqlx::Error> {
    let rows = sqlx::query!(
        "select objective_id, first_answered, first_correct from mastery where org_id = $1 and account_id = $2 and exam_id = $3",
        scope.org().0,
        scope.account().0,
        exam.as_str()
    )
    .fetch_all(db)
    .await?;
    let mark = |correct: i32, of: i32| Mark { correct: correct.unsigned_abs(), of: of.unsigned_abs() };
    Ok(rows.into_iter().map(|row| (row.objective_id.into(), mark(row.first_correct, row.first_answered))).collect())
}

/// The objectives that a full form is expected to lose most on.
fn next(exam: &Blueprint, known: &HashMap<ObjectiveId, Mark>) -> Vec<StudyNext> {
    let questions = u32::from(Length::Full.questions(exam));
    let mut next: Vec<StudyNext> = Vec::new();
    for domain in &exam.domains {
        let share = questions * u32::from(domain.weight) / u32::try_from(domain.objectives.len()).unwrap_or(1).max(1);
        next.extend(domain.objectives.iter().map(|objective| {
            let mark = known.get(&objective.id).copied().unwrap_or_default();
            StudyNext {
                objective: objective.id.clone(),
                title: objective.title.clone(),
                mark,
                gain_hundredths: expected_loss(share, mark),
            }
        }));
    }
    next.sort_by_key(|one| std::cmp::Reverse(one.gain_hundredths));
    next.truncate(MOST_NEXT);
    next
}
