//! DHCP scopes.

use super::Builder;
use crate::site::spec::{Device as Spec, Kind, Scope as ScopeSpec};
use crate::time::Span;
use crate::world::DeviceId;
use crate::world::server::{DhcpServer, Scope};

impl Builder<'_> {
    pub(super) fn dhcp(&mut self, path: &str, id: DeviceId, spec: &Spec) {
        let Some(dhcp) = &spec.dhcp else { return };
        let scopes = dhcp
            .scope
            .iter()
            .enumerate()
            .filter_map(|(at, scope)| self.scope(&format!("{path}.dhcp.scope[{at}]"), scope))
            .collect();
        let owner = if spec.kind == Kind::Server { "DHCPServer" } else { "" };
        self.world.device_mut(id).roles.dhcp =
            Some(DhcpServer { owner: owner.to_owned(), authorised: true, scopes, ..DhcpServer::default() });
    }

    fn scope(&mut self, path: &str, spec: &ScopeSpec) -> Option<Scope> {
        let network = self.network(&format!("{path}.network"), &spec.network)?;
        let range = self.drawn(&spec.range);
        let parsed =
            range.split_once('-').and_then(|(first, last)| Some((first.trim().parse().ok()?, last.trim().parse().ok()?)));
        let Some((first, last)) =
            parsed.filter(|(first, last)| first <= last && network.contains(first) && network.contains(last))
        else {
            self.complain(
                format!("{path}.range"),
                format!("Write a range inside {network}, such as \"{}-{}\".", network.network(), network.broadcast()),
            );
            return None;
        };
        let router = spec.router.as_ref().and_then(|text| self.ip(&format!("{path}.router"), text));
        let dns = self.ips(&format!("{path}.dns"), &spec.dns);
        let mut reservations = crate::sorted::Map::new();
        for (name, address) in &spec.reserve {
            let at = format!("{path}.reserve");
            let (Some(device), Some(address)) = (self.device(&at, name), self.ip(&at, address)) else { continue };
            if !network.contains(&address) {
                self.complain(&at, format!("{address} is not in {network}."));
            }
            if let Some(port) = self.world.device(device).ports.first() {
                reservations.insert(port.mac, address);
            }
        }
        Some(Scope {
            name: spec.name.clone(),
            network,
            first,
            last,
            excluded: Vec::new(),
            reservations,
            router,
            dns,
            domain: self.world.domain.clone(),
            lease: Span::hours(u64::from(spec.lease_hours.max(1))),
            leases: crate::sorted::Map::new(),
            enabled: true,
        })
    }
}
