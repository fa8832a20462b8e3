//! What `tracert` and `pathping` share: their options, how they begin, and how they name a hop.

use std::net::Ipv4Addr;

use super::adapters;
use super::arguments::{option, wants_help};
use crate::net::dns::{Resolution, resolve};
use crate::shell::Output;
use crate::time::Span;
use crate::world::{DeviceId, World};

/// One trace as it was asked for.
pub struct Wish<'a> {
    pub target: &'a str,
    /// Addresses are shown with their names.
    pub names: bool,
    pub limit: u8,
    pub timeout: Span,
    /// For each hop.
    pub queries: u32,
}

/// A trace that can begin: where to, and the heading.
pub struct Begun<'a> {
    pub wish: Wish<'a>,
    pub address: Ipv4Addr,
    pub text: String,
}

/// Reads the options that this program has (by `letters`) and finds the target; otherwise what the program prints instead.
pub fn begin<'a>(
    world: &mut World,
    device: DeviceId,
    arguments: &'a [String],
    letters: &str,
    usage: &str,
) -> Result<Begun<'a>, Output> {
    if arguments.is_empty() || wants_help(arguments) {
        return Err(Output::ok(usage));
    }
    let wish = read(arguments, letters, usage).map_err(|text| Output::failed(1, text))?;
    let Resolution::Address(address) = resolve(world, device, wish.target) else {
        return Err(Output::failed(1, format!("Unable to resolve target system name {}.\n", wish.target)));
    };
    let text = heading(world, device, &wish, address);
    Ok(Begun { wish, address, text })
}

fn read<'a>(arguments: &'a [String], letters: &str, usage: &str) -> Result<Wish<'a>, String> {
    let mut wish = Wish { target: "", names: true, limit: 30, timeout: Span::seconds(4), queries: 100 };
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let Some(letter) = option(argument) else {
            wish.target = argument;
            continue;
        };
        if letter.len() > 1 || !letters.contains(letter) {
            return Err(format!("{argument} is not a valid command option.\n{usage}"));
        }
        let mut value = |most: u32| {
            let value = rest.next().ok_or_else(|| format!("A value must be supplied for option -{letter}.\n"))?;
            let bad = || format!("Bad value for option -{letter}.\n");
            value.parse::<u32>().ok().filter(|value| (1..=most).contains(value)).ok_or_else(bad)
        };
        match letter {
            "h" => wish.limit = u8::try_from(value(255)?).unwrap_or(30),
            "w" => wish.timeout = Span::millis(value(u32::MAX)?.into()),
            "q" => wish.queries = value(255)?,
            "d" | "n" => wish.names = false,
            // `-4`: everything here is IPv4.
            _ => {}
        }
    }
    if wish.target.is_empty() { Err("A target name or address must be specified.\n".to_owned()) } else { Ok(wish) }
}

/// A target with a name has two lines, a bare address one.
fn heading(world: &mut World, device: DeviceId, wish: &Wish<'_>, address: Ipv4Addr) -> String {
    let limit = wish.limit;
    let name = if wish.target.parse::<Ipv4Addr>().is_err() {
        Some(adapters::completed(world, device, wish.target))
    } else if wish.names {
        adapters::name_of(world, device, address)
    } else {
        None
    };
    match name {
        Some(name) => format!("\nTracing route to {name} [{address}]\nover a maximum of {limit} hops:\n"),
        None => format!("\nTracing route to {address} over a maximum of {limit} hops\n"),
    }
}

/// `router [10.0.1.1]`, or the address alone.
pub fn place(world: &mut World, device: DeviceId, address: Ipv4Addr, names: bool) -> String {
    let name = if names { adapters::name_of(world, device, address) } else { None };
    name.map_or_else(|| address.to_string(), |name| format!("{name} [{address}]"))
}
