//! One random network, told once: from this both the world and the namespaces are built.

use std::net::Ipv4Addr;

use engine::chance::Chance;
use engine::sorted::Map;
use ipnet::Ipv4Net;

pub struct Plan {
    pub nodes: Vec<Node>,
    pub segments: Vec<Segment>,
    /// What was put wrong, for people.
    pub faults: Vec<String>,
    pub pings: Vec<(usize, Ipv4Addr)>,
    pub traces: Vec<(usize, Ipv4Addr)>,
    pub lookups: Vec<(usize, Ipv4Addr)>,
}

/// A LAN, or a cable between two routers.
pub struct Segment {
    pub net: Ipv4Net,
    pub lan: bool,
}

pub struct Node {
    pub name: String,
    pub router: bool,
    pub nics: Vec<Nic>,
    pub routes: Vec<(Ipv4Net, Via)>,
    pub forwarding: bool,
    pub answers_echo: bool,
    pub reject: Option<Reject>,
}

pub struct Nic {
    pub segment: usize,
    pub ip: Ipv4Addr,
    pub prefix: u8,
    pub cabled: bool,
    pub up: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Via {
    Gateway(Ipv4Addr),
    Blackhole,
    Unreachable,
    Prohibit,
}

/// ICMP to these addresses is refused as nft does it by default, with code 3.
#[derive(Clone, Copy)]
pub struct Reject {
    /// Passing through, instead of to the node itself.
    pub forward: bool,
    pub to: Ipv4Net,
}

impl Plan {
    pub fn random(seed: u64) -> Self {
        let mut chance = Chance::new(seed, "oracle topology");
        let mut plan = Self {
            nodes: Vec::new(),
            segments: Vec::new(),
            faults: Vec::new(),
            pings: Vec::new(),
            traces: Vec::new(),
            lookups: Vec::new(),
        };
        plan.routers(&mut chance);
        plan.lans(&mut chance);
        plan.routing(&mut chance);
        let faults = chance.below(5);
        for _ in 0..faults {
            plan.fault(&mut chance);
        }
        plan.questions(&mut chance);
        plan
    }

    /// One to four in a tree, sometimes closed to a ring.
    fn routers(&mut self, chance: &mut Chance) {
        let count = chance.between(1, 4) as usize;
        for at in 0..count {
            self.nodes.push(Node::new(format!("r{at}"), true));
            if at > 0 {
                let parent = chance.below(u32::try_from(at).unwrap_or(1)) as usize;
                self.link(parent, at);
            }
        }
        if count > 2 && chance.below(3) == 0 {
            self.link(0, count - 1);
        }
    }

    fn link(&mut self, one: usize, other: usize) {
        let number = u8::try_from(self.segments.len()).unwrap_or(0);
        let segment = self.segment(net(Ipv4Addr::new(10, 9, number, 0), 30), false);
        self.attach(one, segment, 1);
        self.attach(other, segment, 2);
    }

    /// Two to four with one to three hosts each; some stand between two routers.
    fn lans(&mut self, chance: &mut Chance) {
        let routers = u32::try_from(self.nodes.len()).unwrap_or(1);
        for lan in 0..chance.between(2, 4) {
            let number = u8::try_from(lan).unwrap_or(0);
            let segment = self.segment(net(Ipv4Addr::new(10, 0, number, 0), 24), true);
            let router = chance.below(routers) as usize;
            self.attach(router, segment, 1);
            let second = chance.below(routers) as usize;
            if second != router && chance.below(5) == 0 {
                self.attach(second, segment, 2);
            }
            let mut places = [10, 20, 130, 200];
            chance.shuffle(&mut places);
            for place in &places[..chance.between(1, 3) as usize] {
                self.nodes.push(Node::new(format!("h{}", self.nodes.len()), false));
                let host = self.nodes.len() - 1;
                self.attach(host, segment, *place);
                let gateway = address(self.segments[segment].net, 1);
                self.nodes[host].routes.push((Ipv4Net::default(), Via::Gateway(gateway)));
            }
        }
    }

    fn segment(&mut self, net: Ipv4Net, lan: bool) -> usize {
        self.segments.push(Segment { net, lan });
        self.segments.len() - 1
    }

    fn attach(&mut self, node: usize, segment: usize, host: u32) {
        let net = self.segments[segment].net;
        let nic = Nic { segment, ip: address(net, host), prefix: net.prefix_len(), cabled: true, up: true };
        self.nodes[node].nics.push(nic);
    }

    /// Every router gets a static route to every network by the fewest routers; one with a single neighbour may have a default
    /// route instead.
    fn routing(&mut self, chance: &mut Chance) {
        for router in self.routers_there() {
            let hops = self.first_hops(router);
            let neighbours = self.neighbours(router);
            if let [(_, gateway)] = neighbours[..]
                && chance.below(5) < 2
            {
                self.nodes[router].routes.push((Ipv4Net::default(), Via::Gateway(gateway)));
                continue;
            }
            let attached: Vec<usize> = self.nodes[router].nics.iter().map(|nic| nic.segment).collect();
            for segment in (0..self.segments.len()).filter(|segment| !attached.contains(segment)) {
                let nearest = self.routers_there().into_iter().filter(|other| self.on(*other, segment));
                let best = nearest.filter_map(|other| hops.get(&other)).min();
                if let Some((_, gateway)) = best {
                    let route = (self.segments[segment].net, Via::Gateway(*gateway));
                    self.nodes[router].routes.push(route);
                }
            }
        }
    }

    /// Distance and first gateway from one router to each other one.
    fn first_hops(&self, from: usize) -> Map<usize, (u32, Ipv4Addr)> {
        let mut found: Map<usize, (u32, Ipv4Addr)> =
            self.neighbours(from).into_iter().map(|(other, gateway)| (other, (1, gateway))).collect();
        let mut queue: Vec<usize> = found.keys().copied().collect();
        let mut next = 0;
        while let Some(at) = queue.get(next).copied() {
            next += 1;
            let (distance, gateway) = found[&at];
            for (other, _) in self.neighbours(at) {
                if other != from && !found.contains_key(&other) {
                    found.insert(other, (distance + 1, gateway));
                    queue.push(other);
                }
            }
        }
        found
    }

    /// The other routers on this one's segments, each with its address there.
    pub fn neighbours(&self, router: usize) -> Vec<(usize, Ipv4Addr)> {
        let mut found = Map::new();
        for nic in &self.nodes[router].nics {
            for other in self.routers_there().into_iter().filter(|other| *other != router) {
                if let Some(theirs) = self.nodes[other].nics.iter().find(|theirs| theirs.segment == nic.segment) {
                    found.entry(other).or_insert(theirs.ip);
                }
            }
        }
        found.into_iter().collect()
    }

    pub fn routers_there(&self) -> Vec<usize> {
        (0..self.nodes.len()).filter(|node| self.nodes[*node].router).collect()
    }

    pub fn hosts(&self) -> Vec<usize> {
        (0..self.nodes.len()).filter(|node| !self.nodes[*node].router).collect()
    }

    pub fn on(&self, node: usize, segment: usize) -> bool {
        self.nodes[node].nics.iter().any(|nic| nic.segment == segment)
    }

    fn questions(&mut self, chance: &mut Chance) {
        /// As in the trial that set the goal.
        const PINGS: usize = 24;
        const TRACES: usize = 5;
        const LOOKUPS: usize = 10;
        self.pings = (0..PINGS).map(|_| self.question(chance)).collect();
        self.pings.sort_unstable();
        self.pings.dedup();
        chance.shuffle(&mut self.pings);
        self.traces = (0..TRACES).map(|_| self.question(chance)).collect();
        self.lookups = (0..LOOKUPS).map(|_| self.question(chance)).collect();
    }

    fn question(&self, chance: &mut Chance) -> (usize, Ipv4Addr) {
        let hosts = self.hosts();
        let any = chance.below(u32::try_from(self.nodes.len()).unwrap_or(1)) as usize;
        let from = if chance.below(5) == 0 { any } else { *chance.pick(&hosts).unwrap_or(&any) };
        let nics: Vec<&Nic> = self.nodes.iter().flat_map(|node| &node.nics).collect();
        let lans: Vec<Ipv4Net> = self.segments.iter().filter(|segment| segment.lan).map(|segment| segment.net).collect();
        let lan = *chance.pick(&lans).unwrap_or(&Ipv4Net::default());
        let to = match chance.below(20) {
            0 => Ipv4Addr::new(203, 0, 113, 9),
            1 => Ipv4Addr::new(10, 0, 77, 5),
            2 => lan.broadcast(),
            3 | 4 => address(lan, 77),
            _ => chance.pick(&nics).map_or(Ipv4Addr::LOCALHOST, |nic| nic.ip),
        };
        (from, to)
    }
}

impl Node {
    fn new(name: String, router: bool) -> Self {
        Self { name, router, nics: Vec::new(), routes: Vec::new(), forwarding: router, answers_echo: true, reject: None }
    }
}

/// The address with this number in a network.
pub fn address(net: Ipv4Net, number: u32) -> Ipv4Addr {
    Ipv4Addr::from(u32::from(net.network()) + number)
}

pub fn net(ip: Ipv4Addr, prefix: u8) -> Ipv4Net {
    Ipv4Net::new(ip, prefix).expect("a prefix").trunc()
}
