//! `dig +trace`: from the root down, each server asked by this machine itself.
//!
//! The name servers of the modelled Internet stand for the root too (see [`dns::referral`]), so the way is shorter than on the real
//! one: the root's names, a referral for each zone on another server, the answer. It passes the company's own name server by, as
//! the real one does, and so shows what the world outside is told.

use std::net::Ipv4Addr;

use super::super::call::{Call, Done};
use super::dig::{records, section, size};
use super::{TRIES, ask, ask_one, data, no_answer, word};
use crate::net::dns;
use crate::world::server::{Record, RecordType};

/// What one server said.
struct Step<'a> {
    asked: &'a str,
    found: &'a [(String, Record)],
    address: Ipv4Addr,
    /// The server's name where it is known.
    server: &'a str,
    micros: u32,
}

impl Step<'_> {
    fn line(&self, short: bool) -> String {
        let (address, millis) = (self.address, self.micros / 1000);
        if short {
            let line = |(_, record): &(String, Record)| {
                format!("{} {} from server {address} in {millis} ms.\n", word(record.data.kind()), data(record))
            };
            return self.found.iter().map(line).collect();
        }
        let bytes = size(self.asked, self.found);
        format!("{};; Received {bytes} bytes from {address}#53({}) in {millis} ms\n\n", section(self.found), self.server)
    }
}

/// `banner` is empty for `+short`.
pub(super) fn trace(call: &mut Call<'_>, given: Option<Ipv4Addr>, name: &str, kind: RecordType, banner: &str) -> Done {
    let short = banner.is_empty();
    let nobody = |out: String, lines: &str| Done {
        out: format!("{out}{lines};; no servers could be reached\n"),
        exit: 9,
        ..Done::default()
    };
    let first = ask(call, given, "", RecordType::Ns);
    if let Some(lines) = no_answer(first.server, &first.answer, TRIES) {
        return nobody(lines, banner);
    }
    let found = records(&first.answer);
    let server = first.server.to_string();
    let step = Step { asked: "", found, address: first.server, server: &server, micros: first.micros };
    let mut out = banner.to_owned() + &step.line(short);
    let mut next = if found.is_empty() { None } else { dns::root(call.world) };
    while let Some(reached) = next.take() {
        let got = ask_one(call, reached.address, name, kind);
        if let Some(lines) = no_answer(got.server, &got.answer, TRIES) {
            return nobody(out, &lines);
        }
        // dig asks without recursion: who holds no more of the name than its delegation says so, whatever it could find out.
        next = dns::referral(call.world, &reached, name);
        let delegation = next.as_ref().map(|to| [to.record()]);
        let found = delegation.as_ref().map_or_else(|| records(&got.answer), |records| records.as_slice());
        let step = Step { asked: name, found, address: reached.address, server: &reached.name, micros: got.micros };
        out += &step.line(short);
    }
    Done::ok(out)
}
