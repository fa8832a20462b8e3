//! The state of a port in the words of `show interfaces status`.

use crate::net::link;
use crate::world::port::{Duplex, Media, Optic, Speed, SwitchMode};
use crate::world::{PortRef, World};

/// One row of `show interfaces status`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// `connected`, `notconnect`, `disabled`, `err-disabled`.
    pub word: &'static str,
    /// The access VLAN, `trunk` or `routed`.
    pub vlan: String,
    /// `a-full` was negotiated, `full` is configured, `auto` has no link.
    pub duplex: String,
    /// `a-1000`, `100`, `auto`.
    pub speed: String,
    pub kind: &'static str,
}

#[must_use]
pub fn of(world: &World, port: PortRef) -> Status {
    let Some(own) = link::at(world, port) else {
        return Status { word: "notconnect", vlan: String::new(), duplex: String::new(), speed: String::new(), kind: "" };
    };
    let linked = link::of(world, port);
    let shut = own.switching.as_ref().is_some_and(|switching| switching.err_disabled.is_some());
    let text = match linked {
        _ if !own.enabled => "disabled",
        _ if shut => "err-disabled",
        Some(_) => "connected",
        None => "notconnect",
    };
    // A trunk without a link shows its access VLAN, which stays 1 here.
    let vlan = match own.switching.as_ref().map(|switching| &switching.mode) {
        None => "routed".to_owned(),
        Some(SwitchMode::Access(vlan)) => vlan.0.to_string(),
        Some(SwitchMode::Trunk { .. }) if linked.is_some() => "trunk".to_owned(),
        Some(SwitchMode::Trunk { .. }) => "1".to_owned(),
    };
    let duplex = match (own.duplex, linked) {
        (Duplex::Auto, Some(link)) => if link.full_duplex { "a-full" } else { "a-half" }.to_owned(),
        (Duplex::Auto, None) => "auto".to_owned(),
        (Duplex::Full, _) => "full".to_owned(),
        (Duplex::Half, _) => "half".to_owned(),
    };
    let speed = match (own.speed, linked) {
        (Speed::Auto, Some(link)) => format!("a-{}", link.speed),
        (Speed::Auto, None) => "auto".to_owned(),
        (Speed::Fixed(speed), _) => speed.to_string(),
    };
    let kind = match own.media {
        Media::Copper(1000..) => "10/100/1000BaseTX",
        Media::Copper(_) => "10/100BaseTX",
        Media::Fibre(Optic::Sx) => "1000BaseSX SFP",
        Media::Fibre(Optic::Lx) => "1000BaseLX SFP",
        Media::Fibre(Optic::None) => "Not Present",
        Media::Radio | Media::Line => "unknown",
    };
    Status { word: text, vlan, duplex, speed, kind }
}
