//! The clinic with fixed addresses, and a shell in it: for tests of what is printed.

use crate::shell::{Output, Session, ShellKind, run};
use crate::site::{Site, build};
use crate::world::{DeviceId, World};

/// One open shell.
pub struct Trial {
    pub world: World,
    pub session: Session,
}

/// The clinic on 10.44.0.0/16: `PC-01` leases, `SRV-1` serves, `FW-1` routes, `news.example` is outside.
pub fn clinic() -> World {
    let text = include_str!("../../../../../../content/sites/clinic.toml").replace("a = [20, 90]", "a = [44, 44]");
    let site: Site = toml::from_str(&text).unwrap();
    build(&site, 7).unwrap().world
}

impl Trial {
    pub fn open(world: World, device: &str, kind: ShellKind) -> Self {
        let session = Session::open(&world, world.find(device).unwrap(), kind).unwrap();
        Self { world, session }
    }

    pub fn cmd(device: &str) -> Self {
        Self::open(clinic(), device, ShellKind::Cmd)
    }

    pub fn power_shell(device: &str) -> Self {
        Self::open(clinic(), device, ShellKind::PowerShell)
    }

    pub fn elevated(mut self) -> Self {
        self.session = self.session.as_administrator(&self.world);
        self
    }

    pub fn id(&self, name: &str) -> DeviceId {
        self.world.find(name).unwrap()
    }

    pub fn run(&mut self, line: &str) -> Output {
        run(&mut self.world, &mut self.session, line)
    }

    pub fn text(&mut self, line: &str) -> String {
        self.run(line).text
    }

    /// The whole text, and whether it succeeded.
    pub fn check(&mut self, line: &str, ok: bool, expected: &str) {
        let output = self.run(line);
        assert_eq!(output.text, expected, "{line}");
        assert_eq!(output.exit == 0, ok, "exit code of {line}");
    }

    /// The text holds these lines, next to each other.
    pub fn holds(&mut self, line: &str, expected: &str) {
        let text = self.text(line);
        assert!(text.contains(expected), "{line} printed\n{text}\nwithout\n{expected}");
    }

    /// How long a line takes, with the two seconds of typing.
    pub fn seconds(&mut self, line: &str) -> u64 {
        let before = self.world.now;
        self.run(line);
        (self.world.now - before).as_seconds()
    }

    /// Pulls the cable of a device's first port.
    pub fn unplug(&mut self, device: &str) {
        let id = self.id(device);
        for cable in &mut self.world.cables {
            for end in &mut cable.ends {
                if end.is_some_and(|end| end.device == id) {
                    *end = None;
                }
            }
        }
    }
}
