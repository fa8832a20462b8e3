//! `configure terminal` and below: every command changes the state at once.

mod dhcp;
mod global;
mod interface;
mod lists;
mod ports;

pub use dhcp::pool_exclusions;
pub use global::{default_vlan_name, nat_list};

use super::grammar::Scope::{Global, Interface, Line, List, Pool, Vlan};
use super::grammar::{Entry, both, entry};
use crate::shell::Output;
use crate::sorted::Set;
use crate::world::port::VlanId;

pub const ENTRIES: &[Entry] = &[
    both(Global, "hostname <word>", global::hostname),
    both(Global, "hostname", global::hostname),
    entry(Global, "interface range <range>", global::range),
    both(Global, "interface <newif>", global::interface),
    both(Global, "vlan <1-4094>", global::vlan),
    both(Global, "ip routing", global::routing),
    both(Global, "ip route <ip> <mask> <ip>", global::route),
    both(Global, "ip route <ip> <mask> <ip> <1-255>", global::route),
    both(Global, "ip route <ip> <mask> <if>", global::route_interface),
    both(Global, "ip default-gateway <ip>", global::default_gateway),
    both(Global, "ip domain-lookup", global::domain_lookup),
    both(Global, "ip nat inside source list <1-199> interface <if> overload", global::nat_overload),
    both(Global, "ip nat inside source static tcp <ip> <1-65535> interface <if> <1-65535>", global::nat_static_tcp),
    both(Global, "ip nat inside source static udp <ip> <1-65535> interface <if> <1-65535>", global::nat_static_udp),
    both(Global, "ip dhcp snooping", global::snooping),
    both(Global, "ip dhcp snooping vlan <vlans>", global::snooping_vlan),
    both(Global, "ip dhcp pool <word>", dhcp::pool),
    both(Global, "ip dhcp excluded-address <ip>", dhcp::exclude),
    both(Global, "ip dhcp excluded-address <ip> <ip>", dhcp::exclude),
    both(Global, "access-list <1-199>", lists::numbered),
    both(Global, "access-list <1-199> <line>", lists::numbered),
    entry(Global, "ip access-list extended <word>", lists::named),
    entry(Global, "ip access-list standard <1-99>", lists::named),
    both(Global, "spanning-tree vlan <vlans>", global::spanning_tree),
    both(Global, "spanning-tree mode pvst", global::spanning_tree_mode),
    both(Global, "spanning-tree mode rapid-pvst", global::spanning_tree_mode),
    both(Global, "cdp run", |call| {
        let on = !call.no;
        global::on_ios(call, |ios| ios.cdp = on)
    }),
    both(Global, "lldp run", |call| {
        let on = !call.no;
        global::on_ios(call, |ios| ios.lldp = on)
    }),
    both(Global, "errdisable recovery cause <word>", |call| call.not_modelled("errdisable recovery by itself")),
    entry(Global, "line console <0-0>", global::line),
    entry(Global, "line vty <0-15>", global::line),
    entry(Global, "line vty <0-15> <0-15>", global::line),
    both(Line, "<line>", |call| call.not_modelled("settings of console and remote lines")),
    both(Vlan, "name <word>", global::vlan_name),
    entry(Pool, "network <ip> <mask>", dhcp::network),
    both(Pool, "default-router <ip>", dhcp::router),
    both(Pool, "dns-server <ip>", dhcp::dns),
    both(Pool, "dns-server <ip> <ip>", dhcp::dns),
    both(Pool, "domain-name <word>", dhcp::domain),
    entry(Pool, "lease <0-365>", dhcp::lease),
    entry(Pool, "lease <0-365> <0-23>", dhcp::lease),
    entry(Pool, "lease <0-365> <0-23> <0-59>", dhcp::lease),
    both(List, "<1-2147483647>", lists::remove),
    entry(List, "<1-2147483647> <line>", lists::insert),
    entry(List, "permit <line>", lists::permit),
    entry(List, "deny <line>", lists::deny),
    both(Interface, "shutdown", ports::shutdown),
    both(Interface, "description <line>", ports::description),
    both(Interface, "description", ports::description),
    both(Interface, "speed 10", |call| ports::speed(call, 10)),
    both(Interface, "speed 100", |call| ports::speed(call, 100)),
    both(Interface, "speed 1000", |call| ports::speed(call, 1000)),
    both(Interface, "speed auto", |call| ports::speed(call, 0)),
    both(Interface, "speed", |call| ports::speed(call, 0)),
    both(Interface, "duplex auto", ports::duplex_auto),
    both(Interface, "duplex", ports::duplex_auto),
    both(Interface, "duplex full", ports::duplex_full),
    both(Interface, "duplex half", ports::duplex_half),
    both(Interface, "power inline auto", |call| ports::power(call, true)),
    both(Interface, "power inline never", |call| ports::power(call, false)),
    entry(Interface, "switchport mode access", ports::access_mode),
    entry(Interface, "switchport mode trunk", ports::trunk_mode),
    both(Interface, "switchport nonegotiate", ports::already),
    both(Interface, "switchport access vlan <1-4094>", ports::access_vlan),
    both(Interface, "switchport access vlan", ports::access_vlan),
    both(Interface, "switchport voice vlan <1-4094>", ports::voice_vlan),
    both(Interface, "switchport voice vlan", ports::voice_vlan),
    both(Interface, "switchport trunk native vlan <1-4094>", ports::native_vlan),
    both(Interface, "switchport trunk native vlan", ports::native_vlan),
    entry(Interface, "switchport trunk allowed vlan <vlans>", ports::allowed),
    entry(Interface, "switchport trunk allowed vlan add <vlans>", ports::allowed_add),
    entry(Interface, "switchport trunk allowed vlan remove <vlans>", ports::allowed_remove),
    entry(Interface, "switchport trunk allowed vlan except <vlans>", ports::allowed_except),
    entry(Interface, "switchport trunk allowed vlan all", ports::allowed_all),
    entry(Interface, "switchport trunk allowed vlan none", ports::allowed_none),
    both(Interface, "switchport trunk allowed vlan", ports::allowed_all),
    both(Interface, "switchport port-security", ports::security),
    both(Interface, "switchport port-security maximum <1-132>", ports::security_maximum),
    both(Interface, "switchport port-security mac-address sticky", ports::security_sticky),
    both(Interface, "switchport port-security violation shutdown", ports::already),
    both(Interface, "spanning-tree portfast", ports::portfast),
    entry(Interface, "spanning-tree bpduguard enable", |call| ports::bpdu_guard(call, true)),
    entry(Interface, "spanning-tree bpduguard disable", |call| ports::bpdu_guard(call, false)),
    both(Interface, "ip dhcp snooping trust", ports::trust),
    both(Interface, "ip address <ip> <mask>", interface::address),
    both(Interface, "ip address", interface::address),
    both(Interface, "ip address dhcp", interface::address_dhcp),
    both(Interface, "ip helper-address <ip>", interface::helper),
    both(Interface, "ip access-group <1-199> in", |call| interface::group(call, true)),
    both(Interface, "ip access-group <1-199> out", |call| interface::group(call, false)),
    both(Interface, "ip mtu <68-1500>", interface::mtu),
    both(Interface, "ip nat inside", interface::nat_inside),
    both(Interface, "ip nat outside", interface::nat_outside),
    entry(Interface, "encapsulation dot1q <1-4094>", interface::encapsulation),
];

/// `10,20-22` as VLANs; `None` for anything else.
pub fn vlan_list(text: &str) -> Option<Set<VlanId>> {
    let mut found = Set::new();
    for part in text.split(',') {
        let (low, high) = part.split_once('-').unwrap_or((part, part));
        let (low, high) = (low.parse::<u16>().ok()?, high.parse::<u16>().ok()?);
        if low == 0 || high > 4094 || low > high {
            return None;
        }
        found.extend((low..=high).map(VlanId));
    }
    Some(found)
}

/// VLANs as IOS writes a list: runs of three and more with a dash.
pub fn list_text(vlans: &Set<VlanId>) -> String {
    let mut runs: Vec<(u16, u16)> = Vec::new();
    for vlan in vlans {
        match runs.last_mut() {
            Some((_, last)) if last.saturating_add(1) == vlan.0 => *last = vlan.0,
            _ => runs.push((vlan.0, vlan.0)),
        }
    }
    let words = runs.iter().map(|(first, last)| match last - first {
        0 => first.to_string(),
        1 => format!("{first},{last}"),
        _ => format!("{first}-{last}"),
    });
    let words: Vec<_> = words.collect();
    if words.is_empty() { "none".to_owned() } else { words.join(",") }
}

/// Nothing to say, nothing changed.
pub fn silent() -> Output {
    Output::ok("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_vlans() {
        assert_eq!(list_text(&vlan_list("20-22,10,12-13").unwrap()), "10,12,13,20-22");
        assert_eq!(list_text(&Set::new()), "none");
        for wrong in ["", "0", "4095", "9-3", "a", "1,,2", "1-"] {
            assert_eq!(vlan_list(wrong), None, "{wrong}");
        }
    }
}
