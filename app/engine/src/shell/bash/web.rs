//! Connections from the command line: `curl`, `wget`, `nc`, `nmap`, `ssh`.

mod curl;
mod scan;
mod wget;

use super::{Command, command};

use curl::curl;
use scan::{nc, nmap};
use wget::wget;

pub const COMMANDS: &[Command] = &[
    command("curl", "curl", curl),
    command("wget", "wget", wget),
    command("nc", "netcat-openbsd", nc),
    command("nmap", "nmap", nmap),
    command("iperf3", "", |call, _| call.not_modelled("iperf3: throughput is not promised by the model")),
    command("ssh", "", |call, _| call.not_modelled("ssh from machine to machine; open the terminal of the other machine")),
];
