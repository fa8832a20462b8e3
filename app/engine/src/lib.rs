//! A deterministic model of a small company's network, machines and people.
//!
//! The same seed and the same actions give the same world on every machine. No clock, no operating system, no user of Firstline,
//! no text format: those are the business of the rooms above.
//!
//! | room | in one line |
//! |---|---|
//! | [`world`] | the state: everything that can be read |
//! | [`net`] | what frames and packets do: links, switches, ARP, routes, filters, DHCP, DNS, Wi-Fi |
//! | [`machine`] | what computers and printers do: start, services, sign-in, printing |
//! | [`shell`] | command lines: `cmd`, PowerShell, bash, an IOS-like CLI |
//! | [`panel`] | windows and web consoles as typed data in and out |
//! | [`physical`] | hands: cables, parts, power, lights |
//! | [`people`] | talking with the people in it |
//! | [`fault`] | what can be wrong, and how to tell |
//! | [`probe`] | what people rely on, tried out |
//! | [`site`] | from a company's description to its healthy world |
//! | [`ticket`] | one learner's run: actions, clock, verdict |
//! | [`worker`] | the same for a browser: bytes in, bytes out |
//! | [`sorted`] | maps, sets and sorting that compile small |

#![allow(clippy::struct_excessive_bools, reason = "the state of real machines is made of switches")]

pub mod chance;
pub mod fault;
pub mod hash;
pub mod machine;
pub mod net;
pub mod panel;
pub mod people;
pub mod physical;
pub mod probe;
pub mod shell;
pub mod site;
pub mod sorted;
pub mod text;
pub mod ticket;
pub mod time;
pub mod worker;
pub mod world;

/// Raised whenever the same log can give another world; stored with every ticket.
pub const VERSION: u32 = 1;
