//! Event Viewer; virus protection.

use super::Seen;
use crate::panel::PanelKind;
use crate::world::windows::ServiceState;

#[test]
fn events_are_read_and_cleared() {
    let mut seen = Seen::of("PC-01", PanelKind::EventViewer);
    let shown = seen.text();
    let newest = "The time provider NtpClient is currently receiving valid time data.";
    assert!(shown.starts_with("Event Viewer (Local)\n"), "{shown}");
    assert!(shown.lines().any(|line| line.contains("Information  9/6/2026 7:42:54 AM ") && line.ends_with(newest)), "{shown}");
    seen.refuses("clear", "Setup", &[], "There is no log “Setup”.");
    seen.does("clear", "System", &[], "The System log was cleared.");
    assert!(!seen.text().contains(newest));
    assert!(seen.text().contains("104"), "clearing is logged: {}", seen.text());
}

#[test]
fn protection_goes_off_with_its_service() {
    let mut seen = Seen::of("PC-01", PanelKind::Defender);
    assert_eq!(
        seen.text(),
        "\
Virus & threat protection
Service: Running
Real-time protection: yes
Tamper protection: yes
Security intelligence of: 9/6/2026 11:43:54 PM
Last scan: 9/5/2026 8:43:54 AM

Protection history
Quarantined

Exclusions
Excluded
"
    );
    seen.does("quick-scan", "", &[], "No current threats.");
    seen.does("set-real-time", "", &[("on", "no")], "Saved.");
    assert!(seen.text().contains("! Real-time protection is off, leaving your device vulnerable.\n"));
    seen.refuses("add-exclusion", "", &[("path", " ")], "Choose a folder.");
    seen.does("add-exclusion", "", &[("path", "C:\\Games")], "Saved.");
    assert!(seen.text().ends_with("Exclusions\nExcluded\nC:\\Games\n"), "{}", seen.text());
    seen.does("remove-exclusion", "C:\\Games", &[], "Saved.");
    seen.refuses("remove-exclusion", "C:\\Games", &[], "There is no such exclusion.");
    seen.windows().services.get_mut("WinDefend").unwrap().state = ServiceState::Stopped;
    assert!(seen.text().contains("! The threat service has stopped. Restart it now.\nService: Stopped\n"));
    seen.refuses("update", "", &[], "The threat service has stopped.");
    seen.refuses("full-scan", "", &[], "The threat service has stopped.");
}
