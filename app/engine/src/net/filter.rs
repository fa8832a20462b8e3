//! Packet filters, access lists and host firewalls.

use super::event::{Content, Packet};
use super::walk::Walk;
use crate::world::interface::{Direction, Filter, Flow, Profile, Protocol, Rule, Verdict};
use crate::world::{DeviceId, InterfaceIndex};

/// Conversations that a filter remembers at most; the oldest addresses go first. Traffic here is a handful of questions.
const STATES: usize = 512;

/// Whether Windows' firewall is on for the profile in force; `None` where the device has none.
#[must_use]
pub fn profile_on(filter: &Filter) -> Option<bool> {
    filter.profiles.map(|profiles| match profiles.active {
        Profile::Domain => profiles.domain,
        Profile::Private => profiles.private,
        Profile::Public => profiles.public,
    })
}

/// Whether a rule is about a packet like this; `answers` conversations match by what began them.
#[must_use]
pub fn matches(rule: &Rule, packet: &Packet) -> bool {
    let flow = packet.flow;
    let protocol = if packet.is_error() { Protocol::Icmp } else { flow.protocol };
    let ports = rule.ports.is_none_or(|(low, high)| protocol != Protocol::Icmp && (low..=high).contains(&flow.to_port));
    rule.enabled
        && rule.protocol.is_none_or(|wanted| wanted == protocol)
        && rule.from.is_none_or(|net| net.contains(&flow.from))
        && rule.to.is_none_or(|net| net.contains(&flow.to))
        && ports
}

impl Walk<'_> {
    /// What a device's stateful filter decides; counts the rule and remembers the conversation.
    pub(super) fn filter(&mut self, device: DeviceId, direction: Direction, packet: &Packet) -> Verdict {
        let filter = &mut self.world.device_mut(device).stack.filter;
        let plain = filter.rules.is_empty() && !filter.default_deny;
        if plain || profile_on(filter) == Some(false) {
            return Verdict::Accept;
        }
        if let Some(flow) = packet.answers()
            && filter.states.contains(&flow)
        {
            return Verdict::Accept;
        }
        let verdict =
            if filter.profiles.is_some() { windows(filter, direction, packet) } else { ordered(filter, direction, packet) };
        if packet.content == Content::Request {
            remember(filter, packet.flow, verdict == Verdict::Accept);
        }
        verdict
    }

    /// An access list of IOS on an interface: stateless, what no line permits is denied. A list that does not exist permits.
    pub(super) fn access_list(&mut self, device: DeviceId, interface: InterfaceIndex, inbound: bool, packet: &Packet) -> bool {
        let Some(found) = self.interface(device, interface) else { return true };
        let Some(number) = (if inbound { found.acl_in } else { found.acl_out }) else { return true };
        let Some(rules) = self.world.device_mut(device).stack.filter.access_lists.get_mut(&number) else { return true };
        match rules.iter_mut().find(|rule| matches(rule, packet)) {
            Some(rule) => {
                rule.hits = rule.hits.saturating_add(1);
                rule.verdict == Verdict::Accept
            }
            None => rules.is_empty(),
        }
    }
}

/// The first rule of this direction that matches; what a device sends itself passes unless a rule says otherwise.
fn ordered(filter: &mut Filter, direction: Direction, packet: &Packet) -> Verdict {
    let found = filter.rules.iter_mut().find(|rule| rule.direction == direction && matches(rule, packet));
    match found {
        Some(rule) => {
            rule.hits = rule.hits.saturating_add(1);
            rule.verdict
        }
        None if filter.default_deny && direction != Direction::Out => Verdict::Drop,
        None => Verdict::Accept,
    }
}

/// Windows Defender Firewall: a block rule beats an allow rule wherever it stands; unsolicited packets in need an allow rule.
fn windows(filter: &mut Filter, direction: Direction, packet: &Packet) -> Verdict {
    let Some(active) = filter.profiles.map(|profiles| profiles.active) else { return Verdict::Accept };
    let applies = |rule: &Rule| {
        rule.direction == direction && (rule.profiles.is_empty() || rule.profiles.contains(&active)) && matches(rule, packet)
    };
    let block = filter.rules.iter().position(|rule| rule.verdict != Verdict::Accept && applies(rule));
    let rule = block.or_else(|| filter.rules.iter().position(applies));
    match rule.and_then(|at| filter.rules.get_mut(at)) {
        Some(rule) => {
            rule.hits = rule.hits.saturating_add(1);
            rule.verdict
        }
        None if direction == Direction::In => Verdict::Drop,
        None => Verdict::Accept,
    }
}

fn remember(filter: &mut Filter, flow: Flow, accepted: bool) {
    if !accepted {
        filter.states.remove(&flow);
        return;
    }
    if filter.states.len() >= STATES {
        filter.states.pop_first();
    }
    filter.states.insert(flow);
}
