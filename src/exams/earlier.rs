//! Finished attempts of one exam, to compare with.

use app::exams::api::EarlierExam;
use domain::exams::{Estimate, estimate};
use domain::ids::{AttemptId, ExamId};
use domain::scoring::{Credit, Mark};
use sqlx::PgConnection;

use crate::accounts::session::Scope;
use crate::clock::rfc3339;

/// As many as one can compare at a look.
const MOST: i64 = 10;

/// The latest first.
pub async fn earlier(db: &mut PgConnection, scope: &Scope, exam: &ExamId) -> Result<Vec<EarlierExam>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select a.attempt_id, a.finished_at as "finished_at!", a.questions, a.length as "length!", a.mode as "mode!",
                  a.credit as "credit!", a.scale_min as "scale_min!", a.scale_max as "scale_max!", a.pass_mark as "pass_mark!",
                  count(*) filter (where i.is_repeat) as "repeats!",
                  count(*) filter (where i.is_repeat and i.correct) as "repeats_right!",
                  count(*) filter (where not i.is_repeat) as "new!",
                  count(*) filter (where not i.is_repeat and i.correct) as "new_right!"
           from (select * from attempts
                 where org_id = $1 and account_id = $2 and exam_id = $3 and kind = 'exam' and finished_at is not null
                 order by finished_at desc, attempt_id desc limit $4) a
           join attempt_items i on i.org_id = a.org_id and i.attempt_id = a.attempt_id
           group by a.attempt_id, a.finished_at, a.questions, a.length, a.mode, a.credit, a.scale_min, a.scale_max, a.pass_mark
           order by a.finished_at desc, a.attempt_id desc"#,
        scope.org().0,
        scope.account().0,
        exam.as_str(),
        MOST
    )
    .fetch_all(db)
    .await?;
    let mark = |correct: i64, of: i64| Mark { correct: u32::try_from(correct).unwrap_or(0), of: u32::try_from(of).unwrap_or(0) };
    let exams = rows.into_iter().map(|row| {
        let scale = (row.scale_min.unsigned_abs(), row.scale_max.unsigned_abs());
        let estimate = scaled(row.credit, row.questions, scale);
        EarlierExam {
            attempt: AttemptId(row.attempt_id),
            finished_at: rfc3339(row.finished_at),
            length: row.length.parse().unwrap_or_default(),
            mode: row.mode.parse().unwrap_or_default(),
            passed: estimate.scaled >= row.pass_mark.unsigned_abs(),
            estimate,
            new: mark(row.new_right, row.new),
            repeats: mark(row.repeats_right, row.repeats),
        }
    });
    Ok(exams.collect())
}

pub fn scaled(credit: i32, questions: i16, scale: (u16, u16)) -> Estimate {
    estimate(Credit { hundredths: credit.unsigned_abs() }, questions.unsigned_abs(), scale)
}
