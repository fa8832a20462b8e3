//! The sixteen kinds of fault that are put into random networks.

use std::net::Ipv4Addr;

use engine::chance::Chance;
use ipnet::Ipv4Net;

use super::plan::{Plan, Reject, Via, address};

impl Plan {
    /// Puts one in, where its kind fits this network.
    pub fn fault(&mut self, chance: &mut Chance) {
        let hosts = self.hosts();
        let routers = self.routers_there();
        let (Some(&host), Some(&router)) = (chance.pick(&hosts), chance.pick(&routers)) else { return };
        let any = if chance.below(2) == 0 { host } else { router };
        let kind = chance.below(16);
        let done = match kind {
            0 => Some(self.gateway(host, Some(77))),
            1 => Some(self.gateway(host, None)),
            2 => Some(self.mask(host, 8)),
            3 => Some(self.mask(host, 16)),
            4 => Some(self.mask(host, 28)),
            5 => self.subnet(host),
            6 => self.route(router, chance, None),
            7 => self.route(router, chance, Some(Via::Blackhole)),
            8 => self.route(router, chance, Some(Via::Unreachable)),
            9 => self.route(router, chance, Some(Via::Prohibit)),
            10 => self.nic(any, chance, true),
            11 => self.nic(any, chance, false),
            12 => {
                self.nodes[any].answers_echo = false;
                Some("does not answer echo".to_owned())
            }
            13 => self.reject(any, chance),
            14 => {
                self.nodes[router].forwarding = false;
                Some("does not forward".to_owned())
            }
            _ => self.circle(router, chance),
        };
        if let Some(what) = done {
            let at = match kind {
                6..=9 | 14 | 15 => router,
                10..=13 => any,
                _ => host,
            };
            self.faults.push(format!("{}: {what}", self.nodes[at].name));
        }
    }

    fn gateway(&mut self, host: usize, number: Option<u32>) -> String {
        let segment = self.nodes[host].nics[0].segment;
        self.nodes[host].routes.clear();
        let Some(number) = number else { return "no gateway".to_owned() };
        let gateway = address(self.segments[segment].net, number);
        self.nodes[host].routes.push((Ipv4Net::default(), Via::Gateway(gateway)));
        format!("gateway {gateway} that is not there")
    }

    fn mask(&mut self, host: usize, prefix: u8) -> String {
        self.nodes[host].nics[0].prefix = prefix;
        format!("mask /{prefix}")
    }

    fn subnet(&mut self, host: usize) -> Option<String> {
        let ip = Ipv4Addr::new(192, 168, 50, 10 + u8::try_from(host).ok()?);
        self.nodes[host].nics[0].ip = ip;
        self.nodes[host].nics[0].prefix = 24;
        Some(format!("address {ip} of another subnet"))
    }

    /// Takes a route away or puts one that leads nowhere in its place.
    fn route(&mut self, router: usize, chance: &mut Chance, instead: Option<Via>) -> Option<String> {
        let count = u32::try_from(self.nodes[router].routes.len()).ok()?;
        if count == 0 {
            return None;
        }
        let at = chance.below(count) as usize;
        let (to, _) = self.nodes[router].routes.remove(at);
        if let Some(via) = instead {
            self.nodes[router].routes.push((to, via));
        }
        Some(format!("route to {to} is {instead:?}"))
    }

    fn nic(&mut self, node: usize, chance: &mut Chance, cable: bool) -> Option<String> {
        let at = chance.below(u32::try_from(self.nodes[node].nics.len()).ok()?) as usize;
        let nic = &mut self.nodes[node].nics[at];
        if cable {
            nic.cabled = false;
        } else {
            nic.up = false;
        }
        Some(format!("eth{at} {}", if cable { "has no cable" } else { "is down" }))
    }

    fn reject(&mut self, node: usize, chance: &mut Chance) -> Option<String> {
        let lans: Vec<Ipv4Net> = self.segments.iter().filter(|segment| segment.lan).map(|segment| segment.net).collect();
        let forward = self.nodes[node].router && chance.below(2) == 0;
        let to = if forward { *chance.pick(&lans)? } else { Ipv4Net::default() };
        self.nodes[node].reject = Some(Reject { forward, to });
        Some(format!("rejects ICMP {} {to}", if forward { "through to" } else { "in to" }))
    }

    /// Two routers send a network to each other.
    fn circle(&mut self, router: usize, chance: &mut Chance) -> Option<String> {
        let neighbours = self.neighbours(router);
        let (other, theirs) = *chance.pick(&neighbours)?;
        let ours = self.neighbours(other).into_iter().find(|(at, _)| *at == router)?.1;
        let free = |segment: &usize| !self.on(router, *segment) && !self.on(other, *segment);
        let nets: Vec<Ipv4Net> = (0..self.segments.len()).filter(free).map(|segment| self.segments[segment].net).collect();
        let to = chance.pick(&nets).copied().unwrap_or(Ipv4Net::new(Ipv4Addr::new(203, 0, 113, 0), 24).ok()?);
        for (node, via) in [(router, theirs), (other, ours)] {
            self.nodes[node].routes.retain(|(net, _)| *net != to);
            self.nodes[node].routes.push((to, Via::Gateway(via)));
        }
        Some(format!("{to} goes round and round with {}", self.nodes[other].name))
    }
}
