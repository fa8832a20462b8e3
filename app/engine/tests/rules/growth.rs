//! What a company costs grows with its size and no faster. Counted in bytes, frames and copies, which are the same on every machine
//! and every day; what they take in milliseconds is measured by `make bench`.

use engine::panel::PanelKind;
use engine::shell::ShellKind;
use engine::site;
use engine::ticket::Action;
use engine::ticket::run::Run;
use engine::world::World;

use crate::company::company;

const SIZES: [usize; 3] = [16, 64, 256];

fn world(hosts: usize) -> World {
    site::build(&company(hosts), 1).unwrap_or_else(|complaints| panic!("{complaints:#?}")).world
}

/// 64 KiB and 8 KiB a host, written down; what it takes in memory is the bench's.
#[test]
fn a_state_is_linear_in_its_hosts() {
    let bytes = SIZES.map(|hosts| postcard::to_allocvec(&world(hosts)).expect("a world is written").len());
    for (hosts, bytes) in SIZES.iter().zip(bytes) {
        println!("{hosts} hosts: {bytes} bytes");
        assert!(bytes <= (64 + 8 * hosts) << 10, "{hosts} hosts are {bytes} bytes");
    }
    let slope = |a: usize, b: usize| (bytes[b] - bytes[a]) / (SIZES[b] - SIZES[a]);
    let (near, far) = (slope(0, 1), slope(1, 2));
    assert!(far * 10 <= near * 11, "a host is {near} bytes up to 64 hosts and {far} beyond");
}

/// Broadcasts reach everybody, so frames grow with the pairs of hosts; nothing may make it more than that.
#[test]
fn a_start_sends_no_more_frames_for_a_pair_of_hosts_when_there_are_more() {
    let frames = |world: &World| -> u64 {
        world.devices.iter().flat_map(|device| &device.ports).map(|port| port.counters.frames_out).sum()
    };
    let pairs = SIZES.map(|hosts| {
        let (frames, pairs) = (frames(&world(hosts)), (hosts * hosts) as u64);
        println!("{hosts} hosts: {frames} frames");
        frames * 1000 / pairs
    });
    assert!(pairs[1] <= pairs[0] && pairs[2] <= pairs[1], "frames for 1000 pairs: {pairs:?}");
}

/// The same work on the same three machines.
fn log(world: &World) -> Vec<Action> {
    let id = |name: &str| world.find(name).unwrap_or_else(|| panic!("no {name}"));
    let line = |name: &str, shell, line: &str| Action::Shell { device: id(name), shell, elevated: true, line: line.to_owned() };
    let mut log = Vec::new();
    for _ in 0..10 {
        log.extend([
            line("PC-001", ShellKind::Cmd, "ipconfig /all"),
            line("PC-001", ShellKind::Cmd, "ping srv-1"),
            line("PC-001", ShellKind::Cmd, "ipconfig /flushdns"),
            line("PC-001", ShellKind::Cmd, "nslookup srv-1"),
            line("PC-001", ShellKind::PowerShell, "Restart-Service Spooler"),
            line("PC-001", ShellKind::Cmd, "ipconfig /renew"),
            line("CORE", ShellKind::Ios, "show mac address-table"),
            line("SRV-1", ShellKind::Cmd, "tasklist"),
            Action::Open { device: id("PC-001"), panel: PanelKind::Services },
            Action::Note("still looking".to_owned()),
        ]);
    }
    log
}

/// A copy of a system (services, files, events) is what an action costs most; broadcasts touch only the ports of the others.
#[test]
fn what_is_copied_for_an_action_does_not_grow_with_the_company() {
    let copied = SIZES.map(|hosts| {
        let mut run = Run::on(world(hosts));
        let mut copied = 0;
        for action in log(&run.world) {
            let before = run.world.clone();
            run.act(action, &[]);
            copied += before.devices.parted(&run.world.devices).filter(|(old, new)| !old.system.is(&new.system)).count();
        }
        println!("{hosts} hosts: {copied} systems copied");
        copied
    });
    assert!(copied[0] > 0, "restarting a service must copy the system it runs on");
    assert!(copied[1] <= copied[0] && copied[2] <= copied[0], "systems copied: {copied:?}");
}

#[test]
fn looking_copies_nothing() {
    let mut run = Run::on(world(16));
    let device = run.world.find("PC-001").expect("in every company");
    for action in [
        Action::Open { device, panel: PanelKind::Services },
        Action::Shell { device, shell: ShellKind::Cmd, elevated: false, line: "ipconfig /all".to_owned() },
        Action::Note("nothing yet".to_owned()),
    ] {
        let before = run.world.clone();
        run.act(action.clone(), &[]);
        let copied: Vec<_> = before.devices.parted(&run.world.devices).map(|(old, _)| old.name.clone()).collect();
        assert!(copied.is_empty(), "{action:?} copied {copied:?}");
    }
}

/// A broadcast is counted at every port, so every device that hears it gets a copy of its own. What it has not changed stays shared.
#[test]
fn who_only_hears_a_broadcast_copies_no_settings() {
    let mut run = Run::on(world(64));
    let before = run.world.clone();
    let device = run.world.find("PC-001").expect("in every company");
    run.act(Action::Shell { device, shell: ShellKind::Cmd, elevated: false, line: "ping 10.40.0.99".to_owned() }, &[]);
    let heard: Vec<_> = before.devices.parted(&run.world.devices).filter(|(old, _)| old.id != device).collect();
    assert!(heard.len() > 60, "only {} devices heard the question for an address", heard.len());
    for (old, new) in heard {
        let (was, is) = (&old.stack, &new.stack);
        let shared = was.interfaces.is(&is.interfaces) && was.resolver.is(&is.resolver) && was.filter.is(&is.filter);
        assert!(shared && old.hardware.is(&new.hardware) && old.roles.is(&new.roles), "{} copied settings", old.name);
        assert!(old.system.is(&new.system), "{} copied its system", old.name);
    }
}

/// Of a computer, only what differs from the others is held for it alone. A new field that all have in common should be shared.
#[test]
fn a_device_holds_little_in_itself() {
    use std::mem::size_of;
    // Before settings, volumes, displays, translation and the like were shared, the first two were 512 and 896.
    assert!(size_of::<engine::world::Device>() <= 272, "{} bytes", size_of::<engine::world::Device>());
    assert!(size_of::<engine::world::windows::Windows>() <= 368, "{} bytes", size_of::<engine::world::windows::Windows>());
    assert!(size_of::<engine::world::port::Port>() <= 240, "{} bytes", size_of::<engine::world::port::Port>());
}
