//! One file a group of the catalogue.

mod accounts;
mod applications;
mod backup;
mod boot;
mod cloud;
#[cfg(test)]
mod company;
mod dhcp;
mod dns;
mod hardware;
mod laptop;
mod leases;
mod mobile;
mod performance;
mod printers;
mod routing;
mod security;
mod twin;
mod wifi;
mod windows;
mod wired;

use super::Fault;

pub const ALL: &[&[Fault]] = &[
    windows::FAULTS,
    applications::FAULTS,
    boot::FAULTS,
    hardware::FAULTS,
    laptop::FAULTS,
    mobile::FAULTS,
    printers::FAULTS,
    wired::FAULTS,
    wifi::FAULTS,
    dhcp::FAULTS,
    dns::FAULTS,
    routing::FAULTS,
    security::FAULTS,
    accounts::FAULTS,
    cloud::FAULTS,
    performance::windows::FAULTS,
    performance::FAULTS,
    performance::linux::FAULTS,
    backup::FAULTS,
];
