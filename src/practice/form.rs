//! The form of an attempt as it is stored: from then on its items, their versions and their order do not change.

use std::sync::Arc;

use domain::content::item::Item;
use domain::ids::AttemptId;
use domain::practice::{item_seed, option_order};
use sqlx::PgConnection;

use crate::accounts::session::Scope;

/// `form`: the items in order, and whether the learner has met them before.
pub async fn store_items(
    db: &mut PgConnection,
    scope: &Scope,
    attempt: AttemptId,
    form: &[(&Arc<Item>, bool)],
    seed: u64,
) -> Result<(), sqlx::Error> {
    let items = || form.iter().map(|(item, _)| *item);
    let positions: Vec<i16> = (1..).take(form.len()).collect();
    let repeats: Vec<bool> = form.iter().map(|(_, is_repeat)| *is_repeat).collect();
    let ids: Vec<String> = items().map(|item| item.id.to_string()).collect();
    let versions: Vec<String> = items().map(|item| item.version.to_string()).collect();
    let objectives: Vec<String> = items().map(|item| item.objective.to_string()).collect();
    // Postgres unnests an array of arrays into one flat list, so each order travels as the text of an array.
    let orders: Vec<String> = items().zip(1..).map(|(item, position)| order_text(item, seed, position)).collect();
    sqlx::query!(
        "insert into attempt_items (org_id, attempt_id, position, item_id, item_version, objective_id,
                                    option_order, is_repeat)
         select $1, $2, t.position, t.item_id, t.item_version, t.objective_id, t.option_order::smallint[], t.is_repeat
         from unnest($3::smallint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::boolean[])
              as t (position, item_id, item_version, objective_id, option_order, is_repeat)",
        scope.org().0,
        attempt.0,
        &positions,
        &ids,
        &versions,
        &objectives,
        &orders,
        &repeats
    )
    .execute(db)
    .await?;
    Ok(())
}

fn order_text(item: &Arc<Item>, seed: u64, position: u16) -> String {
    // Two matches of a template may be one in an instance.
    let item = Arc::clone(item).instance(item_seed(item, seed, position));
    let options = u8::try_from(item.interaction.shuffled()).unwrap_or(u8::MAX);
    let places: Vec<String> =
        option_order(options, item.interaction.keeps_order(), seed, position).iter().map(ToString::to_string).collect();
    format!("{{{}}}", places.join(","))
}
