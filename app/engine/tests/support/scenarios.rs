//! Every scenario of `content/scenarios`, with its site.

use engine::site::Site;
use engine::ticket::Scenario;

/// In order of file name; `SCENARIO` names a single one.
pub fn all(sites: &[(String, Site)]) -> Vec<(Scenario, Site)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../content/scenarios");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("content/scenarios").map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|file| file.extension().is_some_and(|kind| kind == "toml"));
    files.sort();
    let wanted = std::env::var("SCENARIO").ok();
    let read = |file: &std::path::Path| {
        let text = std::fs::read_to_string(file).expect("a scenario");
        let scenario: Scenario = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let site = sites.iter().find(|(_, site)| site.id == scenario.site).map(|(_, site)| site.clone());
        (scenario, site.unwrap_or_else(|| panic!("{}: no such site", file.display())))
    };
    let found = files.iter().map(|file| read(file));
    found.filter(|(scenario, _)| wanted.as_ref().is_none_or(|wanted| *wanted == scenario.id)).collect()
}
