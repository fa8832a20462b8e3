//! Each fault of the group: seen, mended by the right way, and still there after a wrong one.

use crate::fault::trial::{Trial, clinic};
use crate::panel::PanelKind;
use crate::probe::Probe;
use crate::time::Span;

const JOB: &str = "Nightly files";

#[test]
fn u1_the_previous_version_comes_back_beside_the_original() {
    let mut trial = Trial::at("U1", "SRV-1");
    let probe = Probe::Condition { device: trial.target.device, what: "deleted-files".to_owned() };
    trial.breaks(&probe);
    let folder = trial.target.name.clone();
    trial.panel("SRV-1", PanelKind::Files, "restore", &folder, &[("to", "alternate")]);
    trial.is_fixed(&probe);
}

#[test]
fn u2_room_is_made_and_the_job_runs() {
    let mut trial = Trial::at("U2", "SRV-1");
    let probe = Probe::Backup { device: trial.target.device, job: JOB.to_owned() };
    trial.breaks(&probe);
    trial.panel("SRV-1", PanelKind::Backup, "set-enabled", JOB, &[("enabled", "no")]);
    assert!(trial.present());
    trial.panel("SRV-1", PanelKind::Backup, "set-enabled", JOB, &[("enabled", "yes")]);
    trial.panel("SRV-1", PanelKind::Backup, "prune", JOB, &[]);
    assert!(!probe.passes(&trial.world), "it has not run since");
    trial.panel("SRV-1", PanelKind::Backup, "run", JOB, &[]);
    trial.is_fixed(&probe);
}

#[test]
fn u3_green_is_not_enough() {
    let mut trial = Trial::at("U3", "SRV-1");
    let probe = Probe::Backup { device: trial.target.device, job: JOB.to_owned() };
    trial.breaks(&probe);
    trial.panel("SRV-1", PanelKind::Backup, "run", JOB, &[]);
    assert!(trial.present());
    trial.panel("SRV-1", PanelKind::Backup, "set-source", JOB, &[("source", "D:\\")]);
    trial.panel("SRV-1", PanelKind::Backup, "run", JOB, &[]);
    let restored = trial.panel("SRV-1", PanelKind::Backup, "restore-test", JOB, &[]);
    assert!(restored.contains("D:\\team"), "{restored}");
    trial.is_fixed(&probe);
}

#[test]
fn u4_both_ways_to_fail() {
    for (name, code) in [("space", "0x80070070"), ("store", "0x80073712")] {
        let mut trial = Trial::new("U4", clinic(), |_, target| target.name == name);
        let device = trial.world.device(trial.target.device).name.clone();
        let probe = Probe::Condition { device: trial.target.device, what: "updates".to_owned() };
        trial.breaks(&probe);
        let operation = crate::panel::Operation { verb: "install".to_owned(), ..Default::default() };
        let refused = crate::panel::apply(&mut trial.world, trial.target.device, PanelKind::Updates, &operation).unwrap_err();
        assert!(refused.0.ends_with(code), "{refused:?}");
        if name == "space" {
            trial.panel(&device, PanelKind::Files, "clean-up", "C:", &[]);
        } else {
            use crate::shell::{Session, ShellKind, run};
            let mut session = Session::open(&trial.world, trial.target.device, ShellKind::Cmd).unwrap();
            session.elevated = true;
            run(&mut trial.world, &mut session, "dism /online /cleanup-image /restorehealth");
        }
        trial.panel(&device, PanelKind::Updates, "install", "", &[]);
        trial.is_fixed(&probe);
    }
}

#[test]
fn u5_u6_out_with_the_update_in_with_the_restart() {
    let mut trial = Trial::at("U5", "LT-01");
    let probe = Probe::Condition { device: trial.target.device, what: "vpn".to_owned() };
    trial.breaks(&probe);
    trial.panel("LT-01", PanelKind::Updates, "uninstall", "KB0900031", &[]);
    trial.is_fixed(&probe);

    let mut trial = Trial::at("U6", "PC-02");
    let probe = Probe::Condition { device: trial.target.device, what: "restart".to_owned() };
    trial.breaks(&probe);
    trial.panel("PC-02", PanelKind::Updates, "pause", "", &[]);
    assert!(trial.present());
    trial.panel("PC-02", PanelKind::Updates, "schedule-restart", "", &[("hour", "20")]);
    trial.world.wait(Span::days(1));
    trial.is_fixed(&probe);
}
