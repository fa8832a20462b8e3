//! T9: no byte that a learner receives tells a key or a reason before the answer is stored, and no secret is in any page or log.

mod bundle;
mod exam;
mod journey;
mod search;
mod watch;

use sqlx::PgPool;

use crate::support::bank::Bank;
use crate::support::log::Log;
use crate::support::site::Site;
use journey::Way;
use watch::Watch;

#[sqlx::test]
async fn nothing_secret_reaches_a_learner_who_uses_plain_forms(db: PgPool) {
    sweep(db, Way::Forms).await;
}

#[sqlx::test]
async fn nothing_secret_reaches_a_learner_who_uses_scripts(db: PgPool) {
    sweep(db, Way::Scripts).await;
}

async fn sweep(db: PgPool, way: Way) {
    let (log, _guard) = Log::catch();
    let bank = Bank::small().with_parts().with_clinic().with_exhibits().with_timed();
    let mut watch = Watch::new(&Site::new(db).with_bank(&bank).await, &bank);
    journey::whole(&mut watch, way).await;
    watch.assert_everything_was_visited();
    watch.assert_log_is_clean(&log.take());
}
