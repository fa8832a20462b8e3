//! T1: a hundred exams run through all rounds. Nothing acknowledged is lost or doubled, and no kill moves a deadline.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use rand::{RngExt, rngs::StdRng};
use sqlx::{PgPool, Row};
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::client::{Kept, Learner, Sitter};
use crate::program::Program;

pub const SITTERS: usize = 100;

/// The exams, and everything that was acknowledged about them.
pub struct Exams {
    sitters: Vec<Sitter>,
    /// By attempt, as the database writes a time.
    deadlines: BTreeMap<Uuid, String>,
    pub kept: Vec<Kept>,
}

/// A round of saving that goes on until it is told to stop.
pub struct Saving(Vec<JoinHandle<(Sitter, Vec<Kept>)>>);

impl Exams {
    pub async fn begin(program: &Program) -> Self {
        let mut sitters = Vec::new();
        for number in 0..SITTERS {
            let learner = Learner::sign_up(&program.url, &format!("sitter-{number}")).await;
            sitters.push(learner.sit(&program.url).await);
        }
        let deadlines = deadlines(&database(program).await).await;
        assert_eq!(deadlines.len(), SITTERS, "an exam for each");
        Self { sitters, deadlines, kept: Vec::new() }
    }

    pub fn save_until(&mut self, stop: &Arc<AtomicBool>, url: &str, chance: &mut StdRng) -> Saving {
        let task = |sitter: Sitter| tokio::spawn(sitter.save_until(Arc::clone(stop), url.to_owned(), chance.random()));
        Saving(self.sitters.drain(..).map(task).collect())
    }

    /// How many changes were acknowledged in a round.
    pub async fn stop(&mut self, saving: Saving) -> usize {
        let before = self.kept.len();
        for task in saving.0 {
            let (sitter, kept) = task.await.expect("a client failed");
            self.sitters.push(sitter);
            self.kept.extend(kept);
        }
        self.kept.len() - before
    }

    /// Every acknowledged change is in the log once; the latest of each question is the one that counts; no deadline has moved.
    pub async fn check(&self, program: &Program) {
        let db = database(program).await;
        assert_eq!(deadlines(&db).await, self.deadlines, "a deadline has moved");
        let logged = logged(&db).await;
        let lost: Vec<_> = self.kept.iter().filter(|kept| logged.get(&kept.key.0) != Some(&place(kept))).collect();
        assert!(lost.is_empty(), "{} acknowledged changes lost: {:?}", lost.len(), lost.first());
        let mut last = HashMap::new();
        for kept in &self.kept {
            let known = last.entry((kept.attempt.0, kept.position)).or_insert(kept);
            if kept.sequence > known.sequence {
                *known = kept;
            }
        }
        let rows = sqlx::query(
            "select i.attempt_id, i.position, i.sequence, i.given, max(r.client_sequence) as logged
             from attempt_items i join responses r using (org_id, attempt_id, position)
             join attempts a using (org_id, attempt_id) where a.kind = 'exam'
             group by i.org_id, i.attempt_id, i.position",
        );
        let mut seen = 0;
        for row in rows.fetch_all(&db).await.unwrap() {
            let (attempt, position, sequence): (Uuid, i16, i32) = (row.get(0), row.get(1), row.get(2));
            assert_eq!(row.get::<i32, _>(4), sequence, "{attempt} {position}: the log and the answer that counts disagree");
            // A change that was stored just before a kill, and never acknowledged, may be later.
            let Some(kept) = last.get(&(attempt, position)) else { continue };
            assert!(sequence >= kept.sequence, "{attempt} {position}: an older answer counts");
            if sequence == kept.sequence {
                assert_eq!(row.get::<Vec<i16>, _>(3), kept.choices, "{attempt} {position}");
            }
            seen += 1;
        }
        assert_eq!(seen, last.len(), "answers that count are lost");
        db.close().await;
    }

    /// Their results hold what was saved.
    pub async fn finish(&self, program: &Program) {
        for sitter in &self.sitters {
            sitter.finish(&program.url).await;
        }
        let db = database(program).await;
        let right = "select count(*) from attempts a where kind = 'exam' and finished_at is not null and answered = (
                         select count(chosen) from attempt_items i where i.org_id = a.org_id and i.attempt_id = a.attempt_id)";
        let right: i64 = sqlx::query_scalar(right).fetch_one(&db).await.unwrap();
        assert_eq!(usize::try_from(right).unwrap(), SITTERS, "results that disagree with their answers");
        db.close().await;
    }
}

async fn database(program: &Program) -> PgPool {
    PgPool::connect(&program.database_url()).await.expect("the private Postgres answers")
}

type Place = (Uuid, i16, i32);

fn place(kept: &Kept) -> Place {
    (kept.attempt.0, kept.position, kept.sequence)
}

/// By key, where each change of an exam is. Two with one number of the client would be one change stored twice.
async fn logged(db: &PgPool) -> HashMap<Uuid, Place> {
    let rows = sqlx::query(
        "select idempotency_key, attempt_id, position, client_sequence,
                count(*) over (partition by attempt_id, client_sequence) as times
         from responses join attempts using (org_id, attempt_id) where kind = 'exam'",
    );
    let mut logged = HashMap::new();
    for row in rows.fetch_all(db).await.unwrap() {
        let place: Place = (row.get(1), row.get(2), row.get(3));
        assert_eq!(row.get::<i64, _>(4), 1, "a change doubled: {place:?}");
        logged.insert(row.get(0), place);
    }
    logged
}

async fn deadlines(db: &PgPool) -> BTreeMap<Uuid, String> {
    let rows = sqlx::query("select attempt_id, deadline_at::text from attempts where kind = 'exam' and finished_at is null");
    rows.fetch_all(db).await.unwrap().iter().map(|row| (row.get(0), row.get(1))).collect()
}
