//! `show …`: every table is computed from the model when it is asked for.

mod configuration;
mod forwarding;
mod interfaces;
mod neighbours;
mod routing;
mod services;
mod switching;
mod system;

use super::grammar::Scope::{Privileged, User};
use super::grammar::{Entry, entry};

pub const ENTRIES: &[Entry] = &[
    entry(User, "show ip interface brief", interfaces::brief),
    entry(User, "show interfaces", interfaces::all),
    entry(User, "show interfaces <if>", interfaces::one),
    entry(User, "show interfaces status", interfaces::status),
    entry(User, "show interfaces <if> status", interfaces::status),
    entry(User, "show interfaces status err-disabled", interfaces::err_disabled),
    entry(User, "show interfaces description", interfaces::description),
    entry(User, "show interfaces trunk", switching::trunk),
    entry(User, "show interfaces switchport", switching::switchport),
    entry(User, "show interfaces <if> switchport", switching::switchport),
    entry(User, "show interfaces counters errors", interfaces::errors),
    entry(User, "show vlan", switching::vlan_brief),
    entry(User, "show vlan brief", switching::vlan_brief),
    entry(User, "show mac address-table", forwarding::mac_table),
    entry(User, "show mac address-table dynamic", forwarding::mac_dynamic),
    entry(User, "show mac address-table interface <if>", forwarding::mac_interface),
    entry(User, "show mac address-table vlan <1-4094>", forwarding::mac_vlan),
    entry(User, "show mac address-table address <word>", forwarding::mac_address),
    entry(User, "show arp", forwarding::arp),
    entry(User, "show ip arp", forwarding::arp),
    entry(User, "show ip route", routing::table),
    entry(User, "show ip route static", routing::statics),
    entry(User, "show ip route connected", routing::connected),
    entry(User, "show ip route <ip>", routing::towards),
    entry(Privileged, "show running-config", configuration::running),
    entry(Privileged, "show running-config interface <if>", configuration::running_interface),
    entry(Privileged, "show startup-config", configuration::startup),
    entry(User, "show version", system::version),
    entry(User, "show clock", system::clock),
    entry(User, "show logging", system::logging),
    entry(User, "show power inline", system::power),
    entry(User, "show power inline <if>", system::power),
    entry(User, "show spanning-tree", switching::spanning_tree),
    entry(User, "show spanning-tree vlan <1-4094>", switching::spanning_tree),
    entry(User, "show port-security", switching::port_security),
    entry(User, "show port-security interface <if>", switching::port_security_interface),
    entry(User, "show ip dhcp binding", services::binding),
    entry(User, "show ip dhcp pool", services::pool),
    entry(User, "show ip dhcp conflict", services::conflict),
    entry(User, "show ip dhcp snooping", services::snooping),
    entry(User, "show ip nat translations", services::nat),
    entry(User, "show access-lists", services::access_lists),
    entry(User, "show access-lists <1-199>", services::access_lists),
    entry(User, "show ip access-lists", services::access_lists),
    entry(User, "show ip access-lists <1-199>", services::access_lists),
    entry(User, "show cdp neighbors", neighbours::cdp),
    entry(User, "show cdp neighbors detail", neighbours::cdp_detail),
    entry(User, "show lldp neighbors", neighbours::lldp),
    entry(User, "show lldp neighbors detail", neighbours::lldp_detail),
];
