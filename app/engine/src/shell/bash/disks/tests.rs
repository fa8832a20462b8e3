use super::super::tests::terminal;

#[test]
fn findmnt_shows_what_was_asked_for() {
    let mut t = terminal();
    let root = t.world.device(t.session.device).linux().unwrap().mounts.iter().find(|mount| mount.target == "/").unwrap().clone();
    let only = format!(
        "TARGET {:<width$} FSTYPE OPTIONS\n/      {:<width$} {:<6} rw,relatime\n",
        "SOURCE",
        root.source,
        root.file_system,
        width = root.source.len().max(6)
    );
    t.shows("findmnt /", &only);
    t.shows(&format!("findmnt {}", root.source), &only);
    t.shows("findmnt -T /etc/hosts", &only);
    t.shows("findmnt /nowhere", "");
}
