//! Scenarios with their companies, and every text of them that was ever played.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};

use domain::content::tickets::Library;
use domain::ids::ScenarioId;
use engine::site::Site;
use engine::ticket::Scenario;
use sqlx::{PgConnection, PgPool};

use super::{Catalog, sha256};

/// Old versions kept parsed; some 100 KB each.
const CACHED_VERSIONS: usize = 100;

/// A scenario and the company it plays in, as their authors wrote them.
#[derive(Debug)]
pub struct Playable {
    /// SHA-256 of both texts, in hexadecimal.
    pub version: String,
    pub scenario: Scenario,
    pub site: Site,
    texts: (String, String),
}

/// A scenario and the version that a ticket was made from.
pub(super) type PinnedScenario = (ScenarioId, String);

/// The scenarios of a library that was checked.
pub(super) fn playable(library: Library) -> BTreeMap<ScenarioId, Arc<Playable>> {
    let mut found = BTreeMap::new();
    for (id, filed) in library.scenarios {
        let Some(site) = library.sites.get(&filed.value.site) else { continue };
        let version = version_of(&filed.text, &site.text);
        let texts = (filed.text, site.text.clone());
        found.insert(id.into(), Arc::new(Playable { version, scenario: filed.value, site: site.value.clone(), texts }));
    }
    found
}

fn version_of(scenario: &str, site: &str) -> String {
    // A byte that no TOML file holds keeps the two texts apart.
    sha256(&format!("{scenario}\0{site}"))
}

/// Writes the current texts, before the first ticket is made from them. One statement; texts that are there stay.
pub async fn store_scenarios(db: &PgPool, catalog: &Catalog) -> Result<(), sqlx::Error> {
    let current = || catalog.scenarios.iter();
    let ids: Vec<_> = current().map(|(id, _)| id.to_string()).collect();
    let versions: Vec<_> = current().map(|(_, one)| one.version.clone()).collect();
    let scenarios: Vec<_> = current().map(|(_, one)| one.texts.0.clone()).collect();
    let sites: Vec<_> = current().map(|(_, one)| one.texts.1.clone()).collect();
    sqlx::query!(
        "insert into scenario_versions (scenario_id, version, scenario, site)
         select * from unnest($1::text[], $2::text[], $3::text[], $4::text[])
         on conflict do nothing",
        &ids,
        &versions,
        &scenarios,
        &sites
    )
    .execute(db)
    .await?;
    Ok(())
}

impl Catalog {
    #[must_use]
    pub fn scenario(&self, id: &ScenarioId) -> Option<&Arc<Playable>> {
        self.scenarios.get(id)
    }

    /// In id order.
    pub fn scenarios(&self) -> impl Iterator<Item = (&ScenarioId, &Arc<Playable>)> {
        self.scenarios.iter()
    }

    /// A scenario as it was when it had this version.
    ///
    /// # Errors
    /// [`sqlx::Error::RowNotFound`] for a version that was never stored, [`sqlx::Error::Decode`] for a text that this program
    /// can no longer read, and whatever the database says.
    pub async fn scenario_version(
        &self,
        db: &mut PgConnection,
        id: &ScenarioId,
        version: &str,
    ) -> Result<Arc<Playable>, sqlx::Error> {
        if let Some(current) = self.scenario(id).filter(|current| current.version == version) {
            return Ok(Arc::clone(current));
        }
        let pinned = (id.clone(), version.to_owned());
        let kept = self.old_scenarios.lock().unwrap_or_else(PoisonError::into_inner).get(&pinned).map(Arc::clone);
        if let Some(kept) = kept {
            return Ok(kept);
        }
        let read = Arc::new(read(db, id, version).await?);
        let mut old = self.old_scenarios.lock().unwrap_or_else(PoisonError::into_inner);
        if old.len() >= CACHED_VERSIONS {
            old.clear();
        }
        old.insert(pinned, Arc::clone(&read));
        Ok(read)
    }
}

async fn read(db: &mut PgConnection, id: &ScenarioId, version: &str) -> Result<Playable, sqlx::Error> {
    let row = sqlx::query!(
        "select scenario, site from scenario_versions where scenario_id = $1 and version = $2",
        id.as_str(),
        version
    )
    .fetch_one(db)
    .await?;
    let unreadable = || sqlx::Error::Decode(format!("scenario {id} {version}").into());
    let files = BTreeMap::from([
        ("scenarios/pinned.toml".to_owned(), row.scenario.clone()),
        ("sites/pinned.toml".to_owned(), row.site.clone()),
    ]);
    let (mut library, _) = domain::content::tickets::read(&files);
    let scenario = library.scenarios.pop_first().ok_or_else(unreadable)?.1.value;
    let site = library.sites.pop_first().ok_or_else(unreadable)?.1.value;
    Ok(Playable { version: version.to_owned(), scenario, site, texts: (row.scenario, row.site) })
}
