//! Each fault of the group: seen, mended by the right way, and still there after a wrong one.

use crate::fault::trial::Trial;
use crate::panel::PanelKind;
use crate::probe::Probe;

const PC: &str = "PC-02";

#[test]
fn v1_cleaning_up_makes_room() {
    let mut trial = Trial::at("V1", PC);
    let probe = Probe::Responsive { device: trial.target.device };
    trial.breaks(&probe);
    let refused = crate::panel::apply(
        &mut trial.world,
        trial.target.device,
        PanelKind::Files,
        &crate::panel::Operation { verb: "delete".to_owned(), target: "C:\\Windows".to_owned(), ..Default::default() },
    );
    assert!(refused.is_err());
    trial.panel(PC, PanelKind::Files, "clean-up", "C:", &[]);
    trial.is_fixed(&probe);
}

#[test]
fn v2_ending_the_task_is_not_repairing_the_program() {
    let mut trial = Trial::at("V2", PC);
    let probe = Probe::Responsive { device: trial.target.device };
    trial.breaks(&probe);
    trial.panel(PC, PanelKind::TaskManager, "end-task", "PdfReaderUpdate.exe", &[]);
    assert!(trial.present() && probe.passes(&trial.world), "a workaround");
    trial.panel(PC, PanelKind::SystemSettings, "restart", "", &[]);
    trial.world.wait(crate::time::Span::minutes(5));
    assert!(!probe.passes(&trial.world), "it is back after a restart");
    trial.panel(PC, PanelKind::Programs, "repair", "PDF Reader", &[]);
    trial.is_fixed(&probe);
}

#[test]
fn v3_what_nobody_needs_does_not_start() {
    let mut trial = Trial::at("V3", PC);
    let probe = Probe::Responsive { device: trial.target.device };
    trial.breaks(&probe);
    for name in super::EXTRAS {
        trial.panel(PC, PanelKind::Startup, "disable", name, &[]);
    }
    trial.is_fixed(&probe);
}

#[test]
fn v4_the_leak_is_closed_by_the_current_version() {
    let mut trial = Trial::at("V4", PC);
    let probe = Probe::Responsive { device: trial.target.device };
    trial.breaks(&probe);
    trial.panel(PC, PanelKind::TaskManager, "end-task", "PdfReader.exe", &[]);
    assert!(trial.present());
    trial.panel(PC, PanelKind::Programs, "update", "PDF Reader", &[]);
    trial.is_fixed(&probe);
}
