//! One command with its arguments, as handlers get it.

use std::net::Ipv4Addr;

use crate::machine::power::links;
use crate::shell::{Mode, Output, Session};
use crate::world::network_device::Ios;
use crate::world::port::{Port, SwitchPort};
use crate::world::{Device, DeviceId, PortIndex, PortRef, World};

/// An argument with the column it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arg {
    pub text: String,
    pub at: usize,
}

pub struct Call<'c> {
    pub world: &'c mut World,
    pub session: &'c mut Session,
    pub device: DeviceId,
    /// `no` stood before it.
    pub no: bool,
    pub args: Vec<Arg>,
    /// Characters of the prompt: the caret counts them.
    pub width: usize,
}

/// The caret stands under the character that cannot be.
pub fn invalid_text(width: usize, at: usize) -> String {
    format!("{}^\n% Invalid input detected at '^' marker.\n\n", " ".repeat(width.saturating_add(at)))
}

impl Call<'_> {
    pub fn found(&self) -> &Device {
        self.world.device(self.device)
    }

    pub fn found_mut(&mut self) -> &mut Device {
        self.world.device_mut(self.device)
    }

    pub fn ios_mut(&mut self) -> Option<&mut Ios> {
        self.world.device_mut(self.device).ios_mut()
    }

    pub fn text(&self, index: usize) -> &str {
        self.args.get(index).map_or("", |arg| arg.text.as_str())
    }

    pub fn ip(&self, index: usize) -> Ipv4Addr {
        self.text(index).parse().unwrap_or(Ipv4Addr::UNSPECIFIED)
    }

    pub fn number(&self, index: usize) -> u32 {
        self.text(index).parse().unwrap_or_default()
    }

    /// The argument cannot be: the caret points at its first character.
    pub fn invalid(&self, index: usize) -> Output {
        let at = self.args.get(index).map_or(0, |arg| arg.at);
        Output::failed(1, invalid_text(self.width, at))
    }

    pub fn not_modelled(&mut self, what: &str) -> Output {
        Output::not_modelled(self.world, what)
    }

    /// The name of the section the session is in: `Gi0/1` of `interface Gi0/1`.
    pub fn section(&self) -> String {
        match &self.session.mode {
            Mode::IosConfig { section: Some(section) } => section.split_once(' ').map_or("", |(_, name)| name).to_owned(),
            _ => String::new(),
        }
    }

    /// The names of the interfaces that commands of an interface mode are about.
    pub fn selected(&self) -> Vec<String> {
        self.section().split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect()
    }

    /// Enters a mode below configuration.
    pub fn enter(&mut self, section: Option<String>) -> Output {
        self.session.mode = Mode::IosConfig { section };
        Output::ok("")
    }

    /// The positions of the selected physical ports.
    pub fn ports(&self) -> Vec<usize> {
        let names = self.selected();
        let all = self.found().ports.iter().enumerate();
        all.filter(|(_, port)| names.iter().any(|name| name.eq_ignore_ascii_case(&port.name))).map(|(at, _)| at).collect()
    }

    /// Changes every selected port; links follow, and the configuration is unsaved.
    pub fn on_ports(&mut self, change: impl Fn(&mut Port)) -> Output {
        let ports = self.ports();
        let device = self.device;
        if ports.is_empty() {
            return self.not_a_port();
        }
        links::watch(self.world, |world| {
            for (_, port) in world.device_mut(device).ports.iter_mut().enumerate().filter(|(at, _)| ports.contains(at)) {
                change(port);
            }
        });
        self.changed();
        Output::ok("")
    }

    /// Changes the switching part of every selected port.
    pub fn on_switch_ports(&mut self, change: impl Fn(&mut SwitchPort)) -> Output {
        let ports = self.ports();
        let routed = |at: &usize| self.found().ports.get(*at).is_none_or(|port| port.switching.is_none());
        if ports.is_empty() || ports.iter().any(routed) {
            return self.not_a_port();
        }
        self.on_ports(|port| {
            if let Some(switching) = &mut port.switching {
                change(switching);
            }
        })
    }

    /// A command for switch ports on something else: such interfaces do not know it.
    pub fn not_a_port(&self) -> Output {
        Output::failed(1, invalid_text(self.width, 0))
    }

    /// Changes something of the device; links follow, and the configuration is unsaved.
    pub fn change(&mut self, change: impl FnOnce(&mut Device)) -> Output {
        let device = self.device;
        links::watch(self.world, |world| change(world.device_mut(device)));
        self.changed();
        Output::ok("")
    }

    pub fn changed(&mut self) {
        if let Some(ios) = self.ios_mut() {
            ios.unsaved = true;
        }
    }

    pub fn port_ref(&self, at: usize) -> PortRef {
        PortRef { device: self.device, port: PortIndex(u8::try_from(at).unwrap_or(u8::MAX)) }
    }
}

/// The line ends too early.
pub fn incomplete() -> Output {
    Output::failed(1, "% Incomplete command.\n\n")
}
