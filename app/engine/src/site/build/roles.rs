//! What servers serve: addresses, names, shares, pages, mail, time, backups, radios; and printers on computers.

mod dhcp;
mod dns;
pub(super) mod files;
mod radio;
mod web;

use std::net::Ipv4Addr;

pub(super) use files::right;
pub(super) use radio::access_point;

use super::Builder;
use crate::site::spec::{Device as Spec, Kind, Listen};
use crate::world::DeviceId;
use crate::world::device::System;
use crate::world::interface::{Listener, Protocol};
use crate::world::printer::{Paper, ScanToMail};
use crate::world::windows::{InstalledPrinter, PrinterLanguage, PrinterPort};

impl Builder<'_> {
    pub(super) fn roles(&mut self) {
        let specs = &self.site.device;
        for (at, spec) in specs.iter().enumerate() {
            let Some(id) = self.world.find(&spec.name) else { continue };
            let path = format!("device[{at}]");
            self.dhcp(&path, id, spec);
            self.dns(&path, id, spec);
            self.shares(&path, id, spec);
            self.sites(id, spec);
            self.mail(id, spec);
            self.backups(id, spec);
            self.radios(&path, id, spec);
            self.known_networks(&path, id, spec);
            self.drives(id, spec);
            if spec.joined {
                self.certify(id);
            }
            self.listeners(&path, id, spec);
            self.world.device_mut(id).roles.time = spec.time;
        }
        for id in self.world.device_ids() {
            crate::site::profile::windows::complete(&mut self.world, id);
            crate::site::profile::linux::complete(&mut self.world, id);
        }
        self.suffixes();
        self.tenant();
        self.save_configurations();
    }

    /// Ports that are open because of what a device is and serves. The owner's running keeps each one open.
    fn listeners(&mut self, path: &str, id: DeviceId, spec: &Spec) {
        let windows = matches!(self.world.device(id).system, System::Windows(_));
        let mut open: Vec<(Protocol, u16, &str)> = Vec::new();
        if windows {
            open.push((Protocol::Tcp, 445, "LanmanServer"));
        }
        if spec.kind == Kind::Server {
            open.push((Protocol::Tcp, 3389, "TermService"));
        }
        if spec.directory {
            open.extend([(Protocol::Tcp, 88, "kdc"), (Protocol::Tcp, 389, "NTDS"), (Protocol::Udp, 123, "w32time")]);
        }
        match spec.kind {
            Kind::Printer => open.extend([(Protocol::Tcp, 9100, ""), (Protocol::Tcp, 80, ""), (Protocol::Tcp, 631, "")]),
            Kind::LinuxServer => open.push((Protocol::Tcp, 22, "ssh.service")),
            Kind::HomeRouter => open.push((Protocol::Tcp, 80, "")),
            _ => {}
        }
        if spec.dns.is_some() {
            let owner = if windows { "DNS" } else { "" };
            open.extend([(Protocol::Udp, 53, owner), (Protocol::Tcp, 53, owner)]);
        }
        if spec.dhcp.is_some() {
            open.push((Protocol::Udp, 67, if windows { "DHCPServer" } else { "" }));
        }
        if spec.mail {
            let owner = if windows { "MailTransport" } else { "postfix.service" };
            open.extend([(Protocol::Tcp, 25, owner), (Protocol::Tcp, 587, owner), (Protocol::Tcp, 993, owner)]);
        }
        let mut listeners: Vec<_> = open.into_iter().map(|(protocol, port, owner)| listener(protocol, port, owner)).collect();
        for site in &self.world.device(id).roles.web {
            listeners.push(listener(Protocol::Tcp, site.port, &site.owner));
        }
        for (at, listen) in spec.listen.iter().enumerate() {
            match explicit(listen) {
                Some(listener) => listeners.push(listener),
                None => self.complain(format!("{path}.listen[{at}].on"), "Write a protocol and a port such as \"tcp 1433\"."),
            }
        }
        listeners.dedup();
        self.world.device_mut(id).stack.listeners.extend(listeners);
    }

    fn suffixes(&mut self) {
        let domain = self.world.domain.clone();
        for spec in self.site.device.iter().filter(|spec| spec.joined || spec.kind == Kind::LinuxServer) {
            if let Some(id) = self.world.find(&spec.name) {
                self.world.device_mut(id).stack.resolver.suffixes = vec![domain.clone()];
            }
        }
    }

    pub(super) fn printers(&mut self) {
        let specs = &self.site.device;
        for (at, spec) in specs.iter().enumerate() {
            let Some(id) = self.world.find(&spec.name) else { continue };
            for (number, written) in spec.printer.iter().enumerate() {
                let path = format!("device[{at}].printer[{number}]");
                let Some(port) = self.printer_port(&path, written) else { continue };
                let shared = spec.kind == Kind::Server;
                let Some(windows) = self.world.device_mut(id).windows_mut() else {
                    self.complain(path, "Only Windows machines have installed printers here.");
                    continue;
                };
                windows.printers.push(InstalledPrinter {
                    name: written.name.clone(),
                    port,
                    driver: PrinterLanguage::Pcl,
                    paper: Paper::A4,
                    default: written.default,
                    paused: false,
                    jobs: Vec::new(),
                    share: if shared { written.name.clone() } else { String::new() },
                });
            }
        }
        self.scanners();
    }

    /// Printers of a company with a mail server scan to mailboxes; where a directory knows who stands there, they wait for a badge.
    fn scanners(&mut self) {
        const USER: &str = "scanner";
        const PASSWORD: u32 = 960;
        let holds = self.world.devices.iter().any(|device| device.roles.directory.is_some());
        let mut domain = None;
        if let Some(mail) = self.world.devices.iter_mut().find_map(|device| device.roles.mail.as_mut()) {
            mail.accounts.insert(USER.to_owned(), PASSWORD);
            domain = Some(mail.domain.clone());
        }
        for printer in self.world.devices.iter_mut().filter_map(crate::world::Device::printer_mut) {
            printer.secured_release = holds;
            printer.scan = domain.as_ref().map(|domain| ScanToMail {
                server: format!("mail.{domain}"),
                user: USER.to_owned(),
                password: PASSWORD,
            });
        }
    }

    fn printer_port(&mut self, path: &str, written: &crate::site::spec::InstalledPrinter) -> Option<PrinterPort> {
        if let Some(server) = &written.server {
            self.device(&format!("{path}.server"), server)?;
            return Some(PrinterPort::Share(server.clone(), written.name.clone()));
        }
        let device = self.device(&format!("{path}.device"), &written.device)?;
        let interface = self.world.device(device).stack.interfaces.first()?;
        let mac = interface.mac;
        let manual = interface.addresses.first().map(|address| address.ip);
        let reserved = || {
            let scopes = self.world.devices.iter().filter_map(|device| device.roles.dhcp.as_ref()).flat_map(|dhcp| &dhcp.scopes);
            let mut scopes = scopes;
            scopes.find_map(|scope| scope.reservations.get(&mac)).copied()
        };
        let address = manual.or_else(reserved);
        if address.is_none() {
            self.complain(
                format!("{path}.device"),
                format!("{} has neither an address nor a reservation to print to.", written.device),
            );
        }
        address.map(PrinterPort::Ip)
    }
}

fn listener(protocol: Protocol, port: u16, owner: &str) -> Listener {
    Listener { protocol, bound: Ipv4Addr::UNSPECIFIED, port, owner: owner.to_owned() }
}

fn explicit(listen: &Listen) -> Option<Listener> {
    let (protocol, port) = listen.on.split_once(' ')?;
    Some(listener(super::addresses::protocol(protocol)?, port.parse().ok()?, &listen.owner))
}
