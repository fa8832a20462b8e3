//! Packet filters as authors write them, and the Windows firewall as it comes.

use ipnet::Ipv4Net;

use super::Builder;
use crate::site::spec::{Device as Spec, Kind};
use crate::sorted::Set;
use crate::world::DeviceId;
use crate::world::interface::{Direction, Profile, Profiles, Protocol, Rule, Verdict};

impl Builder<'_> {
    pub(super) fn filters(&mut self, path: &str, id: DeviceId, spec: &Spec) {
        let mut rules = Vec::new();
        for (at, text) in spec.filter.iter().enumerate() {
            match self.rule(text) {
                Some(rule) => rules.push(rule),
                None => self.complain(
                    format!("{path}.filter[{at}]"),
                    "Write a rule as \"accept tcp from 192.168.10.0/24 to any port 443\": accept, drop or reject; any, tcp, udp or icmp; a port \
                     or a range such as 8000-8080 may be left out; begin with \"in\" for packets to the device itself.",
                ),
            }
        }
        let windows = matches!(spec.kind, Kind::Desktop | Kind::Laptop | Kind::Server);
        if windows {
            rules.extend(windows_rules(spec.kind == Kind::Server));
        }
        let filter = &mut self.world.device_mut(id).stack.filter;
        filter.rules = rules;
        filter.default_deny = spec.default_deny || windows;
        filter.profiles = windows.then_some(Profiles {
            domain: true,
            private: true,
            public: true,
            active: if spec.joined { Profile::Domain } else { Profile::Private },
        });
    }

    fn rule(&self, text: &str) -> Option<Rule> {
        let drawn = self.drawn(text);
        let mut words = drawn.split_whitespace().peekable();
        let direction = if words.next_if_eq(&"in").is_some() { Direction::In } else { Direction::Forward };
        let verdict = match words.next()? {
            "accept" => Verdict::Accept,
            "drop" => Verdict::Drop,
            "reject" => Verdict::Reject,
            _ => return None,
        };
        let protocol = match words.next()? {
            "any" => None,
            word => Some(super::super::addresses::protocol(word)?),
        };
        let (mut from, mut to, mut ports) = (None, None, None);
        while let Some(word) = words.next() {
            let value = words.next()?;
            match word {
                "from" => from = network(value)?,
                "to" => to = network(value)?,
                "port" => {
                    let (low, high) = value.split_once('-').unwrap_or((value, value));
                    ports = Some((low.parse().ok()?, high.parse().ok()?));
                }
                _ => return None,
            }
        }
        Some(Rule {
            name: drawn.clone(),
            enabled: true,
            verdict,
            direction,
            protocol,
            from,
            to,
            ports,
            profiles: Set::new(),
            hits: 0,
        })
    }
}

/// `any`, an address or a network.
#[expect(clippy::option_option, reason = "the outer one is a mistake, the inner one is any address")]
fn network(text: &str) -> Option<Option<Ipv4Net>> {
    match text {
        "any" => Some(None),
        _ if text.contains('/') => text.parse().ok().map(Some),
        _ => Some(Some(Ipv4Net::new(text.parse().ok()?, 32).ok()?)),
    }
}

/// The allow rules of Windows Defender Firewall that this model knows, by the names it gives them.
fn windows_rules(server: bool) -> Vec<Rule> {
    let all = [Profile::Domain, Profile::Private, Profile::Public];
    let inside = [Profile::Domain, Profile::Private];
    let allow = |name: &str, protocol, ports: Option<(u16, u16)>, profiles: &[Profile], enabled| Rule {
        name: name.to_owned(),
        enabled,
        verdict: Verdict::Accept,
        direction: Direction::In,
        protocol: Some(protocol),
        from: None,
        to: None,
        ports,
        profiles: profiles.iter().copied().collect(),
        hits: 0,
    };
    let mut rules = vec![
        allow("Core Networking - Dynamic Host Configuration Protocol (DHCP-In)", Protocol::Udp, Some((68, 68)), &all, true),
        allow("File and Printer Sharing (Echo Request - ICMPv4-In)", Protocol::Icmp, None, &inside, true),
        allow("File and Printer Sharing (SMB-In)", Protocol::Tcp, Some((445, 445)), &inside, server),
        allow("Remote Desktop - User Mode (TCP-In)", Protocol::Tcp, Some((3389, 3389)), &inside, server),
    ];
    if server {
        for (name, protocol, port) in [
            ("DNS (TCP, Incoming)", Protocol::Tcp, 53),
            ("DNS (UDP, Incoming)", Protocol::Udp, 53),
            ("DHCP Server (UDP-In)", Protocol::Udp, 67),
            ("Kerberos Key Distribution Center (TCP-In)", Protocol::Tcp, 88),
            ("Active Directory Domain Controller - LDAP (TCP-In)", Protocol::Tcp, 389),
            ("World Wide Web Services (HTTP Traffic-In)", Protocol::Tcp, 80),
            ("World Wide Web Services (HTTPS Traffic-In)", Protocol::Tcp, 443),
            ("Windows Time (UDP-In)", Protocol::Udp, 123),
            ("SMTP (TCP-In)", Protocol::Tcp, 25),
            ("Mail submission (TCP-In)", Protocol::Tcp, 587),
            ("IMAP over TLS (TCP-In)", Protocol::Tcp, 993),
        ] {
            rules.push(allow(name, protocol, Some((port, port)), &inside, true));
        }
    }
    rules
}
