use super::*;
use crate::site::{Site, build};

/// The clinic: `PC-01` … `PC-04`, `LT-01`, `SRV-1`, and the network between them.
pub fn clinic() -> World {
    let text = include_str!("../../../../../../content/sites/clinic.toml");
    let site: Site = toml::from_str(text).unwrap();
    build(&site, 7).unwrap().world
}

/// A device of the clinic.
pub fn device(world: &World, name: &str) -> DeviceId {
    world.find(name).unwrap()
}

/// The Windows of a device.
pub fn windows<'a>(world: &'a World, name: &str) -> &'a Windows {
    world.device(device(world, name)).windows().unwrap()
}

/// An elevated shell of a device, or one as people open it.
pub fn session(world: &World, name: &str, kind: crate::shell::ShellKind, elevated: bool) -> crate::shell::Session {
    let session = crate::shell::Session::open(world, device(world, name), kind).unwrap();
    if elevated { session.as_administrator(world) } else { session }
}

#[test]
fn a_healthy_machine_runs_what_starts_by_itself_and_fits_its_budget() {
    let world = clinic();
    for device in &world.devices {
        let Some(windows) = device.windows() else { continue };
        for (name, service) in &windows.services {
            let automatic = service.start != StartType::Manual;
            assert_eq!(automatic, service.state == ServiceState::Running, "{name}");
        }
        let bytes = postcard::to_allocvec(windows).unwrap().len();
        assert!(bytes < 8 << 10, "{}: {bytes} bytes", device.name);
    }
}

#[test]
fn roles_bring_their_services() {
    let mut windows = windows(&clinic(), "SRV-1").clone();
    let dns = crate::world::server::DnsServer { owner: "DNS".to_owned(), ..Default::default() };
    let site = crate::world::server::WebSite {
        host: String::new(),
        port: 80,
        tls: None,
        title: String::new(),
        backend: "LedgerService".to_owned(),
        owner: "W3SVC".to_owned(),
    };
    roles_installed(&mut windows, &Roles { dns: Some(dns), web: vec![site], ..Roles::default() }, &[]);
    for name in ["DNS", "W3SVC", "LedgerService"] {
        assert!(windows.services.contains_key(name), "{name}");
    }
}
