//! What finished attempts tell about the items of an exam, for the pools of the builder.

use std::collections::HashMap;

use app::error::AppError;
use app::practice::api::{PoolChoice, PracticeRequest};
use domain::content::blueprint::Blueprint;
use domain::ids::{ExamId, ItemId};
use domain::practice::{Known, Pool, Rules, Seen, USUAL_LAST};
use sqlx::PgConnection;

use super::begin::seen_items;
use crate::accounts::session::Scope;
use crate::content::Catalog;

/// One learner's history of one exam.
#[derive(Default)]
pub struct History {
    items: HashMap<ItemId, Known>,
    /// Microseconds since 1970, UTC, by the database's clock; 0 where nothing needs it.
    pub now: i64,
}

impl History {
    pub fn of(&self, item: &ItemId) -> Known {
        self.items.get(item).cloned().unwrap_or_default()
    }

    pub fn seen(&self) -> HashMap<ItemId, Seen> {
        self.items.iter().filter_map(|(item, known)| Some((item.clone(), known.seen?))).collect()
    }
}

/// As much of the history as this pool needs.
pub async fn load(db: &mut PgConnection, scope: &Scope, exam: &ExamId, pool: Pool) -> Result<History, sqlx::Error> {
    if pool.needs_history() {
        return load_all(db, scope, exam).await;
    }
    let seen = seen_items(db, scope, exam).await?;
    let known = |seen| Known { seen: Some(seen), ..Known::default() };
    Ok(History { items: seen.into_iter().map(|(item, seen)| (item, known(seen))).collect(), now: 0 })
}

/// How many items of the exam each pool has, in the order of the builder.
pub async fn counts(
    db: &mut PgConnection,
    scope: &Scope,
    catalog: &Catalog,
    exam: &Blueprint,
) -> Result<Vec<PoolChoice>, sqlx::Error> {
    let history = load_all(db, scope, &exam.id).await?;
    let rules = Rules { exam, last: USUAL_LAST, now: history.now };
    let known: Vec<_> = catalog.questions_of(&exam.id).map(|item| history.of(&item.id)).collect();
    let count = |pool: Pool| known.iter().filter(|known| pool.admits(known, rules)).count();
    let choice = |pool| PoolChoice { pool, items: u32::try_from(count(pool)).unwrap_or(u32::MAX) };
    Ok(Pool::ALL.map(choice).into())
}

struct KnownRow {
    item_id: String,
    answers: Option<Vec<bool>>,
    missed_ago: Option<i64>,
    marked: Option<bool>,
    confidence: Option<String>,
    exam_ms: Option<i64>,
    last_correct: Option<bool>,
    last_at: Option<i64>,
    now: i64,
}

impl From<KnownRow> for Known {
    fn from(row: KnownRow) -> Self {
        let seen = row.last_correct.zip(row.last_at).map(|(correct, at)| Seen { correct, at });
        Self {
            seen,
            answers: row.answers.unwrap_or_default(),
            missed_ago: row.missed_ago.and_then(|ago| u32::try_from(ago).ok()),
            marked: row.marked.unwrap_or(false),
            // The table allows no other words.
            confidence: row.confidence.and_then(|word| word.parse().ok()),
            exam_ms: row.exam_ms.and_then(|milliseconds| u64::try_from(milliseconds).ok()),
        }
    }
}

/// The fields of [`Known`] say what each column means. `ago` counts the finished attempts at the exam from the latest, 1.
async fn load_all(db: &mut PgConnection, scope: &Scope, exam: &ExamId) -> Result<History, sqlx::Error> {
    let rows = sqlx::query_as!(
        KnownRow,
        r#"with finished as (
               select attempt_id, kind, row_number() over (order by finished_at desc, attempt_id desc) as ago
               from attempts where org_id = $1 and account_id = $2 and exam_id = $3 and finished_at is not null
           ), times as (
               select f.attempt_id, t.position, t.spent_ms
               from finished f cross join lateral question_times($1, f.attempt_id) t where f.kind = 'exam'
           ), met as (
               select i.item_id,
                      array_agg(i.correct order by i.answered_at, f.ago desc) filter (where i.chosen is not null) as answers,
                      min(f.ago) filter (where i.correct is not true) as missed_ago,
                      (array_agg(i.marked order by f.ago) filter (where i.chosen is not null or i.marked))[1] as marked,
                      (array_agg(i.confidence order by f.ago) filter (where i.confidence is not null))[1] as confidence,
                      (array_agg(t.spent_ms order by f.ago) filter (where f.kind = 'exam' and i.chosen is not null))[1]
                          as exam_ms
               from finished f
               join attempt_items i on i.org_id = $1 and i.attempt_id = f.attempt_id
               left join times t on t.attempt_id = i.attempt_id and t.position = i.position
               group by i.item_id
           )
           select met.item_id, answers as "answers: Vec<bool>", missed_ago, marked, confidence, exam_ms,
                  h.last_correct as "last_correct?",
                  (extract(epoch from h.last_answered_at) * 1000000)::bigint as last_at,
                  (extract(epoch from firstline_now()) * 1000000)::bigint as "now!"
           from met left join item_history h on h.org_id = $1 and h.account_id = $2 and h.item_id = met.item_id"#,
        scope.org().0,
        scope.account().0,
        exam.as_str()
    )
    .fetch_all(db)
    .await?;
    let now = rows.first().map_or(0, |row| row.now);
    Ok(History { items: rows.into_iter().map(|row| (row.item_id.as_str().into(), row.into())).collect(), now })
}

/// Says of a pool with nothing in it what fills it.
pub fn empty(request: &PracticeRequest) -> AppError {
    let words = match request.pool {
        // All of something is never nothing.
        Pool::All => "There are no questions that fit.".to_owned(),
        Pool::Unseen => "You have seen all of these questions. Choose all, or other objectives or types.".to_owned(),
        Pool::Missed => {
            "You answered none of these questions wrong last time. Choose all, or other objectives or types.".to_owned()
        }
        Pool::MissedLately => format!(
            "None of these questions was wrong or left open in your last {} finished attempts. Look back further, or choose all.",
            request.last
        ),
        Pool::Flagged => "None of these questions is flagged. Choose “Mark for review” while you answer, and finish the quiz \
                          or exam; or choose all."
            .to_owned(),
        Pool::Unsure => "You were unsure of none of these questions. Exams ask how sure you are of an answer: take one, or \
                         choose all."
            .to_owned(),
        Pool::Slow => "None of these questions took you long in an exam. Exams measure the time of each question: take one, or \
                       choose all."
            .to_owned(),
        Pool::Due => {
            "None of these questions is due yet. What you answer comes back after 1 to 16 days; until then choose all.".to_owned()
        }
    };
    AppError::invalid("request[pool]", &words)
}
