//! Each fault of the group, its right fix, and what only looks like one.

use crate::fault::trial::{Trial, clinic};
use crate::panel::PanelKind;
use crate::probe::Probe;
use crate::world::PersonId;

fn person(trial: &Trial) -> PersonId {
    trial.target.person.unwrap()
}

fn service(trial: &Trial, service: &str) -> Probe {
    Probe::Cloud { person: person(trial), service: service.to_owned() }
}

fn account(trial: &Trial) -> String {
    trial.world.person(person(trial)).account.clone()
}

#[test]
fn c1_no_licence() {
    let mut trial = Trial::anywhere("C1");
    let probe = service(&trial, "Business");
    trial.breaks(&probe);
    let name = account(&trial);
    trial.panel("PC-04", PanelKind::Tenant, "assign-licence", &name, &[("licence", "Business")]);
    trial.is_fixed(&probe);
}

#[test]
fn c1_an_empty_pool_refuses() {
    let mut trial = Trial::anywhere("C1");
    let name = account(&trial);
    let tenant = trial.world.tenant.as_mut().unwrap();
    tenant.licences.insert("Business".to_owned(), 2);
    let (device, operation) = (
        trial.id("PC-04"),
        crate::panel::Operation {
            verb: "assign-licence".to_owned(),
            target: name,
            values: [("licence".to_owned(), "Business".to_owned())].into(),
        },
    );
    let refused = crate::panel::apply(&mut trial.world, device, PanelKind::Tenant, &operation).unwrap_err();
    assert!(refused.0.starts_with("You don't have enough Business licences: "), "{}", refused.0);
}

#[test]
fn c2_a_long_path_or_a_full_drive() {
    for way in ["path", "quota"] {
        let mut trial = Trial::new("C2", clinic(), |_, target| target.name.ends_with(way));
        let probe = service(&trial, "files");
        trial.breaks(&probe);
        let name = account(&trial);
        if way == "quota" {
            trial.panel("PC-04", PanelKind::Tenant, "empty-recycle-bin", &name, &[]);
        } else {
            let files = &mut trial.world.device_mut(trial.target.device).windows_mut().unwrap().files.0;
            let path = files.keys().find(|path| path.ends_with("Draft.docx")).unwrap().clone();
            let file = files.remove(&path).unwrap();
            files.insert(format!("C:\\Users\\{name}\\Cloud\\Draft.docx"), file);
        }
        trial.is_fixed(&probe);
    }
}

#[test]
fn c3_from_a_hotel_abroad() {
    let mut trial = Trial::anywhere("C3");
    let probe = service(&trial, "Business");
    trial.breaks(&probe);
    let name = account(&trial);
    trial.panel("PC-04", PanelKind::Tenant, "set-countries", "", &[("countries", "")]);
    assert!(probe.passes(&trial.world) && trial.present(), "the policy switched off works and is no repair");
    trial.panel("PC-04", PanelKind::Tenant, "set-countries", "", &[("countries", "Ireland")]);
    trial.panel("PC-04", PanelKind::Tenant, "exempt", &name, &[]);
    trial.is_fixed(&probe);
}

#[test]
fn c4_the_provider_has_an_incident() {
    let trial = Trial::anywhere("C4");
    let owner = trial.world.people[0].id;
    trial.breaks(&Probe::Cloud { person: owner, service: trial.target.name.clone() });
    let view = crate::panel::view(&trial.world, trial.id("PC-04"), PanelKind::Tenant).unwrap();
    assert!(view.notices[0].starts_with("EX731845 Business: "), "{:?}", view.notices);
}

#[test]
fn c9_is_in_the_firmware() {
    let mut trial = Trial::anywhere("C9");
    assert!(trial.present());
    let computer = trial.world.device(trial.target.device).name.clone();
    trial.panel(&computer, PanelKind::Firmware, "set", "", &[("virtualisation", "yes")]);
    assert!(!trial.present());
}
