//! `networkctl`.

use std::fmt::Write;

use super::super::call::{Call, Done};
use super::linked;
use crate::machine::units;
use crate::world::interface::Attach;

pub(super) fn networkctl(call: &mut Call<'_>, args: &[String]) -> Done {
    match args.first().map(String::as_str) {
        None | Some("list") => {
            let mut out = "IDX LINK TYPE     OPERATIONAL SETUP     \n  1 lo   loopback carrier     unmanaged\n".to_owned();
            for (at, interface) in
                call.device().stack.interfaces.iter().enumerate().filter(|(_, interface)| interface.attach != Attach::Loopback)
            {
                let state = if !interface.enabled {
                    "off"
                } else if !linked(call, interface) {
                    "no-carrier"
                } else if interface.addresses.is_empty() {
                    "degraded"
                } else {
                    "routable"
                };
                let _ = writeln!(out, "{:>3} {:<4} {:<8} {state:<11} configured", at + 2, interface.name, "ether");
            }
            Done::ok(out)
        }
        Some("reload" | "reconfigure") => {
            if !call.is_root() {
                return Done::failed(1, "Failed to reload network settings: Interactive authentication required.\n");
            }
            units::network::apply(call.world, call.session.device);
            Done::default()
        }
        Some(other) => call.not_modelled(&format!("networkctl {other}")),
    }
}
