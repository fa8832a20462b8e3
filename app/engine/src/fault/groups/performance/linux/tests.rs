//! The faults of Linux machines, from the injection to the right fix typed into a terminal; and the wrong ones.

use crate::chance::Chance;
use crate::fault::{self, Fault, Target};
use crate::hash;
use crate::probe::Probe;
use crate::shell::bash::tests::{Terminal, world};
use crate::shell::{Session, ShellKind};
use crate::time::Span;
use crate::world::World;

struct Case {
    fault: &'static Fault,
    target: Target,
    probe: Probe,
    terminal: Terminal,
}

/// Injects the fault into its first place, proves the rules every fault keeps, and opens a terminal there.
fn case(id: &str, seed: u64, probe: impl Fn(&Target) -> Probe) -> Case {
    let fault = fault::find(id).unwrap_or_else(|| panic!("no fault {id}"));
    let healthy = world().0;
    let target = (fault.targets)(&healthy).into_iter().next().unwrap_or_else(|| panic!("{id} has no place"));
    assert!(!(fault.present)(&healthy, &target), "{id} in a healthy world");
    let probe = probe(&target);
    assert!(probe.passes(&healthy), "{id}: {probe:?} in a healthy world");
    let mut sick = healthy.clone();
    (fault.inject)(&mut sick, &target, &mut Chance::new(seed, "test"));
    assert!((fault.present)(&sick, &target), "{id} after the injection, seed {seed}");
    let mut mended = sick.clone();
    (fault.repair)(&mut mended, &target, &healthy);
    assert_eq!(hash::of(&mended), hash::of(&healthy), "{id} repaired, seed {seed}");
    (fault.traces)(&mut sick, &target);
    assert!(!probe.passes(&sick), "{id}: {probe:?} in a sick world, seed {seed}");
    let session = Session::open(&sick, target.device, ShellKind::Bash).unwrap();
    Case { fault, target, probe, terminal: Terminal { world: sick, session } }
}

impl Case {
    fn world(&self) -> &World {
        &self.terminal.world
    }

    fn is_wrong(&mut self, line: &str) {
        self.terminal.run(line);
        assert!((self.fault.present)(self.world(), &self.target), "{} is no fix of {}", line, self.fault.id);
    }

    fn shows(&mut self, line: &str, part: &str) {
        let text = self.terminal.run(line);
        assert!(text.contains(part), "{line} should print {part:?}:\n{text}");
    }

    fn is_mended(&mut self, lines: &[&str]) {
        for line in lines {
            let text = self.terminal.run(line);
            assert!(!text.contains("rror"), "{line}: {text}");
        }
        self.terminal.world.wait(Span::minutes(5));
        assert!(!(self.fault.present)(self.world(), &self.target), "{} after the fix", self.fault.id);
        assert!(self.probe.passes(self.world()), "{} after the fix: {:?}", self.fault.id, self.probe);
    }
}

fn service(target: &Target, name: &str) -> Probe {
    Probe::Service { device: target.device, name: name.to_owned() }
}

fn condition(target: &Target, what: String) -> Probe {
    Probe::Condition { device: target.device, what }
}

#[test]
fn v5_bad_settings() {
    for seed in 0..6 {
        let mut case = case("V5", seed, |target| service(target, "app.service"));
        case.shows("journalctl -u app", "/etc/app/app.conf:");
        case.is_wrong("sudo systemctl restart app");
        case.is_wrong("sudo chmod 777 /etc/app/app.conf");
        let healthy = "s/^workers.*/workers = 4/;s/^lisen/listen/;s/^session_cleanup.*/session_cleanup = on/";
        case.is_mended(&[&format!("sudo sed -i '{healthy}' /etc/app/app.conf"), "sudo systemctl restart app"]);
    }
}

#[test]
fn v6_inodes() {
    let mut case = case("V6", 1, |target| service(target, "app.service"));
    case.shows("df -i /var", "100% /var");
    case.shows("journalctl -u app", "No space left on device");
    case.shows("sudo find /var/lib/app/sessions -type f | wc -l", "");
    case.is_wrong("sudo systemctl restart app");
    case.is_wrong("sudo find /var/lib/app/sessions -type f -delete");
    case.is_mended(&[
        "sudo sed -i 's/session_cleanup = off/session_cleanup = on/' /etc/app/app.conf",
        "sudo systemctl restart app",
    ]);
}

#[test]
fn v7_deleted_but_open() {
    let mut case = case("V7", 1, |target| Probe::Space { device: target.device });
    case.shows("df -h /var", "100% /var");
    case.shows("sudo lsof +L1", "/var/log/app/app.log.1 (deleted)");
    case.is_wrong("sudo rm /var/log/app/app.log");
    // The space comes back, and it will happen again.
    case.is_wrong("sudo systemctl restart app");
    assert!(case.probe.passes(case.world()));
    case.is_mended(&["sudo sed -i '/compress/a\\    copytruncate' /etc/logrotate.d/app", "sudo systemctl restart app mariadb"]);
}

#[test]
fn v8_local_only() {
    let mut case = case("V8", 1, |_| Probe::Port { from: crate::world::DeviceId(2), host: "10.0.0.10".to_owned(), port: 3306 });
    case.shows("sudo ss -tlnp", "127.0.0.1:3306");
    case.is_wrong("sudo ufw allow 3306/tcp");
    case.is_wrong("sudo sed -i 's/^bind-address.*/bind-address = 0.0.0.0/' /etc/mysql/mariadb.conf.d/50-server.cnf");
    case.is_mended(&["sudo systemctl restart mariadb"]);
}

#[test]
fn v9_expired_account() {
    let mut case = case("V9", 1, |target| condition(target, "cron:nightly".to_owned()));
    case.shows("journalctl -t CRON", "account nightly has expired");
    case.shows("sudo chage -l nightly", "Account expires\t\t\t\t\t\t: Sep");
    case.is_wrong("sudo systemctl restart cron");
    case.is_mended(&["sudo chage -E -1 nightly"]);
}

#[test]
fn b8_emergency_mode() {
    let mut case = case("B8", 3, |target| condition(target, "mount:/srv".to_owned()));
    case.shows("journalctl -xb", "Timed out waiting for device /dev/disk/by-uuid/");
    case.shows("whoami", "root");
    case.shows("mount -a", "can't find UUID=");
    case.is_wrong("fsck /dev/sdb1");
    case.is_wrong("sed -i '/srv/d' /etc/fstab");
    let uuid = case.terminal.run("blkid | grep sdb1 | cut -d '\"' -f 2");
    let line = format!("echo 'UUID={} /srv ext4 defaults 0 2' >> /etc/fstab", uuid.trim());
    case.is_mended(&[&line, "systemctl daemon-reload", "mount -a", "reboot"]);
}

#[test]
fn a10_shut_out_of_the_team() {
    for seed in 0..9 {
        let mut case = case("A10", seed, |target| condition(target, format!("write:{}:/srv/team", target.name)));
        case.is_wrong("sudo chmod 777 /srv/team");
        case.is_mended(&["sudo chmod 2775 /srv/team", "sudo usermod -aG team anovak", "sudo loginctl terminate-user anovak"]);
    }
}

#[test]
fn a11_not_in_sudoers() {
    let mut case = case("A11", 1, |target| condition(target, format!("sudo:{}", target.name)));
    case.shows("sudo journalctl -t sudo", "user NOT in sudoers");
    case.is_wrong("sudo passwd root");
    case.is_mended(&["sudo usermod -aG sudo anovak"]);
}
