//! Settings of the builder that a learner keeps, to begin the same drill again with one click.

use app::error::{AppError, Conflict};
use app::practice::api::{PracticeRequest, Preset, PresetAsks};
use domain::ids::{AttemptId, PresetId};
use domain::practice::{LONGEST_PRESET_NAME, MOST_PRESETS, PresetName};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{begin as quiz, day};
use crate::accounts::session::Scope;
use crate::caller::Caller;
use crate::content::Catalog;
use crate::error::OrInternal;

const NAME: &str = "name";

pub async fn list(db: &mut PgConnection, scope: &Scope, catalog: &Catalog) -> Result<Vec<Preset>, sqlx::Error> {
    let rows = sqlx::query!(
        "select preset_id, name, request from presets where org_id = $1 and account_id = $2 order by created_at, preset_id",
        scope.org().0,
        scope.account().0
    )
    .fetch_all(db)
    .await?;
    let preset = |id, name, request| Preset { id: PresetId(id), name, asks: read(request, catalog) };
    Ok(rows.into_iter().map(|row| preset(row.preset_id, row.name, row.request)).collect())
}

/// `None`: it asks for something that there is no more.
fn read(request: Value, catalog: &Catalog) -> Option<PresetAsks> {
    let request: PracticeRequest = serde_json::from_value(request).ok()?;
    let exam = catalog.exam(&request.exam)?;
    Some(PresetAsks { exam_name: exam.name.clone(), request })
}

pub async fn save(caller: &Caller, name: &str, request: &PracticeRequest) -> Result<(), AppError> {
    let scope = caller.scope()?;
    let too_long = format!("Give these settings a name of 1 to {LONGEST_PRESET_NAME} characters.");
    let name = PresetName::parse(name).ok_or_else(|| AppError::invalid(NAME, &too_long))?;
    quiz::check(request)?;
    caller.server.catalog.exam(&request.exam).ok_or(AppError::NotFound)?;
    let request = serde_json::to_value(request).map_err(|_| AppError::BadRequest)?;
    let mut tx = caller.server.db.begin().await.or_internal(caller)?;
    // So that two windows do not both keep the last one that there is room for.
    day::lock(&mut tx, scope).await.or_internal(caller)?;
    if count(&mut tx, scope).await.or_internal(caller)? >= i64::from(MOST_PRESETS) {
        return Err(AppError::invalid(NAME, &format!("You keep {MOST_PRESETS} settings already. Delete one of them first.")));
    }
    let kept = sqlx::query!(
        "insert into presets (org_id, preset_id, account_id, name, request) values ($1, $2, $3, $4, $5)
         on conflict (org_id, account_id, lower(name)) do nothing",
        scope.org().0,
        Uuid::now_v7(),
        scope.account().0,
        name.as_str(),
        request
    )
    .execute(&mut *tx)
    .await
    .or_internal(caller)?;
    if kept.rows_affected() == 0 {
        return Err(AppError::invalid(NAME, "You keep settings of this name already. Choose another, or delete those first."));
    }
    tx.commit().await.or_internal(caller)
}

async fn count(db: &mut PgConnection, scope: &Scope) -> Result<i64, sqlx::Error> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from presets where org_id = $1 and account_id = $2"#,
        scope.org().0,
        scope.account().0
    );
    count.fetch_one(db).await
}

pub async fn begin(caller: &Caller, preset: PresetId) -> Result<AttemptId, AppError> {
    let scope = caller.scope()?;
    let request = sqlx::query_scalar!(
        "select request from presets where org_id = $1 and account_id = $2 and preset_id = $3",
        scope.org().0,
        scope.account().0,
        preset.0
    )
    .fetch_optional(&caller.server.db)
    .await
    .or_internal(caller)?
    .ok_or(AppError::NotFound)?;
    let asks = read(request, &caller.server.catalog).ok_or(AppError::Conflict(Conflict::NothingToAsk))?;
    quiz::begin(caller, asks.request).await
}

pub async fn delete(caller: &Caller, preset: PresetId) -> Result<(), AppError> {
    let scope = caller.scope()?;
    let deleted = sqlx::query!(
        "delete from presets where org_id = $1 and account_id = $2 and preset_id = $3",
        scope.org().0,
        scope.account().0,
        preset.0
    )
    .execute(&caller.server.db)
    .await
    .or_internal(caller)?;
    if deleted.rows_affected() == 0 { Err(AppError::NotFound) } else { Ok(()) }
}
