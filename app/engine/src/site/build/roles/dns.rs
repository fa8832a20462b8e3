//! DNS zones, written much as in a zone file.

use super::Builder;
use crate::site::spec::{Device as Spec, Kind};
use crate::world::DeviceId;
use crate::world::server::{DnsServer, Record, RecordData, Zone};

/// Seconds: an hour, the default of Windows' DNS server.
const TTL: u32 = 3600;
/// Seconds that "does not exist" is kept.
const NEGATIVE_TTL: u32 = 900;

impl Builder<'_> {
    pub(super) fn dns(&mut self, path: &str, id: DeviceId, spec: &Spec) {
        let Some(dns) = &spec.dns else { return };
        let mut server = DnsServer {
            owner: if spec.kind == Kind::Server { "DNS".to_owned() } else { String::new() },
            recursion: dns.recursion,
            ..DnsServer::default()
        };
        for (origin, lines) in &dns.zone {
            let origin = self.drawn(origin).trim_end_matches('.').to_lowercase();
            let mut zone = Zone { negative_ttl: NEGATIVE_TTL, serial: 1, ..Zone::default() };
            for line in lines {
                let drawn = self.drawn(line);
                match record(&origin, &drawn) {
                    Some((name, data)) => zone.records.entry(name).or_default().push(Record { ttl: TTL, data }),
                    None => self.complain(
                        format!("{path}.dns.zone.\"{origin}\""),
                        format!("“{line}” is no record. Write name, type and data: \"srv-1 A 192.168.10.5\", \"@ MX 10 mail\", \"www CNAME srv-1\"."),
                    ),
                }
            }
            server.zones.insert(origin, zone);
        }
        for (zone, servers) in &dns.forward {
            let servers = self.ips(&format!("{path}.dns.forward"), servers);
            server.forwarders.insert(zone.trim_matches('.').to_lowercase(), servers);
        }
        self.world.device_mut(id).roles.dns = Some(server);
    }
}

/// `srv-1 A 192.168.10.5` in a zone. Names without a dot at their end are below the origin; `@` is the origin.
#[must_use]
pub fn record(origin: &str, line: &str) -> Option<(String, RecordData)> {
    let words: Vec<_> = line.split_whitespace().collect();
    let full = |name: &str| match name {
        "@" => origin.to_owned(),
        _ => name.strip_suffix('.').map_or_else(|| format!("{name}.{origin}"), str::to_owned).to_lowercase(),
    };
    let [name, kind, rest @ ..] = words.as_slice() else { return None };
    let data = match (kind.to_ascii_uppercase().as_str(), rest) {
        ("A", [ip]) => RecordData::A(ip.parse().ok()?),
        ("CNAME", [target]) => RecordData::Cname(full(target)),
        ("PTR", [target]) => RecordData::Ptr(full(target)),
        ("NS", [target]) => RecordData::Ns(full(target)),
        ("MX", [preference, target]) => RecordData::Mx(preference.parse().ok()?, full(target)),
        ("SRV", [priority, weight, port, target]) => {
            RecordData::Srv(priority.parse().ok()?, weight.parse().ok()?, port.parse().ok()?, full(target))
        }
        ("TXT", text) if !text.is_empty() => RecordData::Txt(text.join(" ").trim_matches('"').to_owned()),
        _ => return None,
    };
    Some((full(name), data))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_completed_by_the_origin() {
        assert_eq!(
            record("a.example", "@ MX 10 mail"),
            Some(("a.example".to_owned(), RecordData::Mx(10, "mail.a.example".to_owned())))
        );
        assert_eq!(
            record("a.example", "www CNAME host.b.example."),
            Some(("www.a.example".to_owned(), RecordData::Cname("host.b.example".to_owned())))
        );
        assert_eq!(record("a.example", "www A 300.1.1.1"), None);
        assert_eq!(record("a.example", ""), None);
    }
}
