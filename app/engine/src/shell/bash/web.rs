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

/// The phrase of a status (RFC 9110, section 15).
fn phrase(status: u16) -> &'static str {
    match status {
        200 => "OK",
        301 => "Moved Permanently",
        302 => "Found",
        403 => "Forbidden",
        404 => "Not Found",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "",
    }
}

fn body(status: u16, title: &str) -> String {
    let head = if status == 200 { title.to_owned() } else { format!("{status} {}", phrase(status)) };
    format!("<html>\n<head><title>{head}</title></head>\n<body>\n<h1>{head}</h1>\n</body>\n</html>\n")
}
