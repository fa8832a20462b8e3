//! Windows 11 computers and Windows servers, as they stand after a quiet week.

mod hardware;
mod history;
mod software;
#[cfg(test)]
pub(crate) mod tests;

pub use hardware::mirror;

use crate::chance::Chance;
use crate::machine::services::catalogue::{self, Entry, On};
use crate::machine::services::processes::LSASS;
use crate::sorted::Map;
use crate::time::{Span, Time};
use crate::world::hardware::Hardware;
use crate::world::interface::Listener;
use crate::world::server::Roles;
use crate::world::shared::Shared;
use crate::world::windows::{
    BluetoothDevice, Certificate, CertificateStore, Clock, Defender, Service, ServiceState, StartType, Updates, Volume,
    VolumeKind, Windows,
};
use crate::world::{DeviceId, World};

/// 24H2.
const CLIENT_BUILD: u32 = 26_100;
/// Server 2022.
const SERVER_BUILD: u32 = 20_348;

/// A desktop or laptop with Windows 11: services, processes, programs, events of a normal week.
#[must_use]
pub fn client(laptop: bool, now: Time, zone_minutes: i32, chance: &mut Chance) -> (Windows, Hardware) {
    let hardware = hardware::client(laptop, chance);
    let mut windows = common("Windows 11 Pro", CLIENT_BUILD, now, zone_minutes, &hardware);
    windows.boot.bitlocker = laptop;
    if laptop {
        windows.bluetooth.push(BluetoothDevice { name: "Wireless Headset".to_owned(), paired: true, key_matches: true });
    }
    windows.services = services(|entry| matches!(entry.on, On::Every | On::Client) || (laptop && entry.on == On::Laptop)).into();
    windows.programs = software::programs(now).into();
    windows.startup = software::startup().into();
    windows.processes = software::processes(chance).into();
    windows.files = software::files(now).into();
    "Microsoft Edge".clone_into(&mut windows.browser.default);
    windows.settings.microphone_allowed.insert("Microsoft Teams".to_owned());
    windows.updates.active_hours = (7, 23);
    windows.events = history::week(now, chance).into();
    (windows, hardware)
}

/// A Windows server; the site adds its roles, and `roles_installed` its services.
#[must_use]
pub fn server(now: Time, zone_minutes: i32, chance: &mut Chance) -> (Windows, Hardware) {
    let hardware = hardware::server(chance);
    let mut windows = common("Windows Server 2022 Standard", SERVER_BUILD, now, zone_minutes, &hardware);
    windows.services = services(|entry| entry.on == On::Every).into();
    run_from_start(&mut windows, "TermService");
    windows.updates.active_hours = (6, 23);
    if let Some(data) = hardware.disks.get(1) {
        windows.volumes.push(Volume {
            letter: Some('D'),
            label: "Data".to_owned(),
            file_system: "NTFS".to_owned(),
            size: u64::from(data.gib) << 10,
            free: u64::from(data.gib) * 620,
            disk: 1,
            shadow_copies: (1..=3).map(|days| now - Span::days(days)).collect(),
            ..Volume::default()
        });
    }
    windows.events = history::week(now, chance).into();
    (windows, hardware)
}

/// After the site gave it roles, people and a domain: the services that come with them, whose programs run, what keeps its time.
pub fn complete(world: &mut World, id: DeviceId) {
    let controller =
        world.devices.iter().find(|device| device.roles.directory.is_some()).map(|device| device.name.to_lowercase());
    let controller = controller.map(|name| format!("{name}.{}", world.domain));
    keep_recovery_key(world, id);
    let device = world.device_mut(id);
    let (roles, listeners) = (device.roles.clone(), device.stack.listeners.clone());
    let Some(windows) = device.windows_mut() else { return };
    roles_installed(windows, &roles, &listeners);
    if windows.joined.is_some() {
        run_from_start(windows, "Netlogon");
        if let (Some(controller), None) = (controller, &roles.directory) {
            windows.clock.source = controller;
        }
    }
    let user = windows.signed_in.clone().unwrap_or_default();
    for process in windows.processes.iter_mut().filter(|process| process.user.is_empty()) {
        process.user.clone_from(&user);
    }
}

/// A joined machine with an encrypted drive has left its recovery key in the directory: eight groups of six digits, each a
/// multiple of eleven (Microsoft, BitLocker recovery password).
fn keep_recovery_key(world: &mut World, id: DeviceId) {
    let device = world.device(id);
    let name = device.name.clone();
    if !device.windows().is_some_and(|windows| windows.boot.bitlocker && windows.joined.is_some()) {
        return;
    }
    let mut chance = Chance::new(world.now.0, &name);
    let groups: Vec<_> = (0..8).map(|_| format!("{:06}", chance.below(65_536) * 11)).collect();
    if let Some(directory) = world.devices.iter_mut().find_map(|device| device.roles.directory.as_mut()) {
        directory.recovery_keys.insert(name, groups.join("-"));
    }
}

/// Adds the services of a server's roles: those of Windows under their own names (`DHCPServer`, `DNS`, `NTDS`, `W3SVC`, …), and
/// whatever else the roles and listeners name as their owner.
pub fn roles_installed(windows: &mut Windows, roles: &Roles, listeners: &[Listener]) {
    let mut owners: Vec<&str> = listeners.iter().map(|listener| listener.owner.as_str()).collect();
    owners.extend(roles.dhcp.as_ref().map(|server| server.owner.as_str()));
    owners.extend(roles.dns.as_ref().map(|server| server.owner.as_str()));
    owners.extend(roles.mail.as_ref().map(|server| server.owner.as_str()));
    owners.extend(roles.web.iter().flat_map(|site| [site.owner.as_str(), site.backend.as_str()]));
    if roles.directory.is_some() {
        owners.extend(["NTDS", "Kdc"]);
    }
    if !roles.backups.is_empty() {
        owners.push("wbengine");
    }
    for owner in owners {
        if owner.is_empty() || windows.services.keys().any(|name| name.eq_ignore_ascii_case(owner)) {
            continue;
        }
        let pid = next_pid(&windows.services);
        let (name, service) = match catalogue::find(owner) {
            Some(entry) => (entry.name, install(entry, pid)),
            None => (owner, other_service(owner, pid)),
        };
        windows.services.insert(name.to_owned(), service);
    }
}

fn run_from_start(windows: &mut Windows, name: &str) {
    let pid = if catalogue::image(name) == "lsass.exe" { LSASS } else { next_pid(&windows.services) };
    if let Some(service) = windows.services.get_mut(name) {
        (service.start, service.state) = (StartType::Automatic, ServiceState::Running);
        (service.pid, service.exit_code) = (pid, 0);
    }
}

/// A company's own service: it starts by itself and needs nothing.
fn other_service(name: &str, pid: u32) -> Service {
    Service {
        display: name.to_owned(),
        state: ServiceState::Running,
        start: StartType::Automatic,
        account: "LocalSystem".to_owned(),
        pid,
        restarts_on_failure: true,
        ..Service::default()
    }
}

fn services(wanted: impl Fn(&Entry) -> bool) -> Map<String, Service> {
    let mut services = Map::new();
    for entry in catalogue::ALL.iter().filter(|entry| wanted(entry)) {
        let pid = next_pid(&services);
        services.insert(entry.name.to_owned(), install(entry, pid));
    }
    services
}

fn install(entry: &Entry, pid: u32) -> Service {
    catalogue::install(entry, if entry.image == "lsass.exe" { LSASS } else { pid })
}

fn next_pid(services: &Map<String, Service>) -> u32 {
    /// Above the processes that every Windows starts with.
    const FIRST: u32 = 1_180;
    services.values().map(|service| service.pid).max().unwrap_or(0).max(FIRST).saturating_add(76)
}

fn common(edition: &str, build: u32, now: Time, zone_minutes: i32, hardware: &Hardware) -> Windows {
    let mut windows = Windows {
        edition: edition.to_owned(),
        build,
        updates: Updates { installed: software::updates(now), ..Updates::default() }.into(),
        clock: Clock {
            offset: 0,
            zone_minutes,
            source: "time.windows.com,0x8".to_owned(),
            last_sync: Some(now - Span::minutes(47)),
        }
        .into(),
        defender: Defender {
            real_time: true,
            tamper_protection: true,
            signatures: now - Span::hours(9),
            last_scan: Some(now - Span::days(2)),
            ..Defender::default()
        }
        .into(),
        certificates: Shared::new(vec![Certificate {
            subject: "Global Trust Root R1".to_owned(),
            issuer: "Global Trust Root R1".to_owned(),
            from: Time::from_civil(2015, 3, 2, 0, 0),
            until: Time::from_civil(2038, 1, 18, 0, 0),
            store: CertificateStore::TrustedRoot,
        }]),
        volumes: volumes(hardware).into(),
        ..Windows::default()
    };
    windows.boot.store_ok = true;
    windows.token_groups.insert("Users".to_owned());
    windows
}

fn volumes(hardware: &Hardware) -> Vec<Volume> {
    let size = hardware.disks.first().map_or(0, |disk| u64::from(disk.gib) << 10);
    let small = |file_system: &str, size, kind| Volume {
        file_system: file_system.to_owned(),
        size,
        free: size / 2,
        kind,
        ..Volume::default()
    };
    vec![
        small("FAT32", 100, VolumeKind::Efi),
        Volume {
            letter: Some('C'),
            label: "Windows".to_owned(),
            file_system: "NTFS".to_owned(),
            size: size.saturating_sub(860),
            free: size / 100 * 58,
            kind: VolumeKind::System,
            largest: vec![("C:\\Windows".to_owned(), 27_400), ("C:\\Program Files".to_owned(), 14_900)],
            ..Volume::default()
        },
        small("NTFS", 750, VolumeKind::Recovery),
    ]
}
