//! Each fault of DNS: what it breaks, what mends it, what does not.

use std::net::Ipv4Addr;

use crate::fault::trial::{Trial, clinic, clinic_with, keep_their_word};
use crate::net::dns::{self, Answer};
use crate::panel::PanelKind;
use crate::probe::Probe;
use crate::shell::ShellKind;
use crate::world::World;
use crate::world::server::RecordType;

fn page(world: &World, device: &str, url: &str) -> Probe {
    Probe::Web { from: world.find(device).unwrap(), url: url.to_owned() }
}

fn resolves(world: &World, device: &str, name: &str) -> Probe {
    Probe::Resolve { from: world.find(device).unwrap(), name: name.to_owned() }
}

fn share(world: &World, device: &str) -> Probe {
    Probe::Port { from: world.find(device).unwrap(), host: "srv-1".to_owned(), port: 445 }
}

fn server(world: &World) -> Ipv4Addr {
    world.device(world.find("SRV-1").unwrap()).stack.interfaces[0].addresses[0].ip
}

fn ask(world: &World, device: &str, server: Ipv4Addr, name: &str, kind: RecordType) -> Answer {
    dns::query(&mut world.clone(), world.find(device).unwrap(), server, name, kind)
}

#[test]
fn every_fault_has_a_place_and_keeps_its_word() {
    let placed: Vec<_> = keep_their_word("Q").into_iter().collect();
    assert_eq!(placed, ["Q1", "Q10", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7", "Q8", "Q9"]);
}

#[test]
fn q1_needs_the_server_or_its_port() {
    for (way, seen) in [("service", Answer::TimedOut), ("firewall", Answer::TimedOut)] {
        let mut trial = Trial::new("Q1", clinic(), |_, target| target.name == way);
        let probe = page(&trial.world, "PC-01", "https://news.example/");
        trial.breaks(&probe);
        assert_eq!(ask(&trial.world, "PC-01", server(&trial.world), "news.example", RecordType::A), seen, "{way}");
        let reach = Probe::Reach { from: trial.id("PC-01"), to: Ipv4Addr::new(192, 0, 2, 80) };
        assert!(reach.passes(&trial.world), "{way}: addresses work all the same");
        if way == "service" {
            trial.panel("SRV-1", PanelKind::DnsServer, "start", "", &[]);
            trial.world.wait(crate::time::Span::minutes(1));
        } else {
            let line = "netsh advfirewall firewall set rule name=\"DNS (UDP, Incoming)\" new enable=yes";
            trial.shell("SRV-1", ShellKind::Cmd, &[line]);
        }
        trial.is_fixed(&probe);
    }
}

#[test]
fn q2_needs_the_internal_server() {
    let mut trial = Trial::at("Q2", "PC-02");
    let probe = resolves(&trial.world, "PC-02", "intranet.clinic.example");
    trial.breaks(&probe);
    assert!(resolves(&trial.world, "PC-02", "news.example").passes(&trial.world), "names outside work");
    let (device, right) = (trial.id("PC-02"), server(&trial.world));
    let mut by_hand = trial.world.clone();
    by_hand.device_mut(device).stack.resolver.hosts.push((right, "intranet.clinic.example".to_owned()));
    assert!(probe.passes(&by_hand) && (trial.fault.present)(&by_hand, &trial.target), "a hosts file is a workaround");
    // Public first, internal second: "does not exist" is an answer, so the second is never asked.
    trial.world.device_mut(device).stack.interfaces[0].manual_dns.push(right);
    assert!(trial.present() && !probe.passes(&trial.world));
    trial.panel("PC-02", PanelKind::Adapter, "set-dns-automatic", "Ethernet", &[]);
    trial.shell("PC-02", ShellKind::Cmd, &["ipconfig /flushdns"]);
    trial.is_fixed(&probe);
}

#[test]
fn q3_needs_a_flush() {
    let mut trial = Trial::new("Q3", clinic(), |world, target| {
        world.device(target.device).name == "PC-01" && target.name == "srv-1.clinic.example"
    });
    let probe = share(&trial.world, "PC-01");
    trial.breaks(&probe);
    assert!(share(&trial.world, "PC-02").passes(&trial.world), "the others are fine");
    trial.shell("PC-01", ShellKind::Cmd, &["ipconfig /flushdns"]);
    trial.is_fixed(&probe);
}

#[test]
fn q4_needs_the_record() {
    let mut trial = Trial::new("Q4", clinic(), |_, target| target.name == "srv-1.clinic.example");
    let probe = share(&trial.world, "PC-01");
    trial.breaks(&probe);
    trial.shell("PC-01", ShellKind::Cmd, &["ipconfig /flushdns"]);
    assert!(trial.present() && !probe.passes(&trial.world), "flushing clients helps nobody");
    let old = dns::text::data(&records(&trial.world, "srv-1.clinic.example")[0]);
    let right = server(&trial.world).to_string();
    let record = format!("srv-1.clinic.example A {old}");
    trial.panel("SRV-1", PanelKind::DnsServer, "change-record", &record, &[("data", &right), ("ttl", "300")]);
    trial.shell("PC-01", ShellKind::Cmd, &["ipconfig /flushdns"]);
    trial.is_fixed(&probe);
}

fn records(world: &World, name: &str) -> Vec<crate::world::server::RecordData> {
    let server = world.device(world.find("SRV-1").unwrap()).roles.dns.as_ref().unwrap();
    server.zones["clinic.example"].records.get(name).into_iter().flatten().map(|record| record.data.clone()).collect()
}

#[test]
fn q5_needs_the_line_gone() {
    let mut trial =
        Trial::new("Q5", clinic(), |world, target| world.device(target.device).name == "PC-03" && target.name == "news.example");
    let probe = page(&trial.world, "PC-03", "https://news.example/");
    trial.breaks(&probe);
    trial.shell("PC-03", ShellKind::Cmd, &["ipconfig /flushdns"]);
    assert!(trial.present() && !probe.passes(&trial.world), "flushing does not touch the hosts file");
    trial.shell("PC-03", ShellKind::Cmd, &["del C:\\Windows\\System32\\drivers\\etc\\hosts"]);
    trial.is_fixed(&probe);
}

#[test]
fn q6_needs_the_record_inside() {
    let mut trial = Trial::new("Q6", clinic(), |_, target| target.name == "www.clinic.example");
    let probe = page(&trial.world, "PC-01", "https://www.clinic.example/");
    trial.breaks(&probe);
    let outside = ask(&trial.world, "PC-01", Ipv4Addr::new(203, 0, 113, 53), "www.clinic.example", RecordType::A);
    assert!(outside.address().is_some(), "outside it is there");
    let values = [("name", "www"), ("type", "A"), ("data", "192.0.2.44")];
    trial.panel("SRV-1", PanelKind::DnsServer, "add-record", "clinic.example", &values);
    trial.shell("PC-01", ShellKind::Cmd, &["ipconfig /flushdns"]);
    trial.is_fixed(&probe);
}

#[test]
fn q7_needs_the_right_exchanger() {
    let mut trial = Trial::new("Q7", clinic(), |world, target| world.device(target.device).name == "SRV-1");
    let answer = ask(&trial.world, "PC-01", server(&trial.world), "clinic.example", RecordType::Mx);
    let Answer::Records { records, .. } = answer else { panic!("{answer:?}") };
    assert_eq!(dns::text::data(&records[0].1.data), "10 mial.clinic.example");
    trial.panel(
        "SRV-1",
        PanelKind::DnsServer,
        "change-record",
        "clinic.example MX 10 mial.clinic.example",
        &[("data", "10 mail")],
    );
    assert!(!trial.present());
}

#[test]
fn q8_needs_the_forwarder() {
    let mut trial = Trial::new("Q8", clinic(), |_, target| target.name == "news.example");
    let probe = page(&trial.world, "PC-01", "https://news.example/");
    trial.breaks(&probe);
    let of = |world: &World, name: &str| ask(world, "PC-01", server(world), name, RecordType::A);
    assert_eq!(of(&trial.world, "news.example"), Answer::ServFail);
    assert!(of(&trial.world, "updates.example").address().is_some(), "other names work");
    trial.panel("SRV-1", PanelKind::DnsServer, "restart", "", &[]);
    trial.world.wait(crate::time::Span::minutes(1));
    assert!(trial.present() && !probe.passes(&trial.world), "restarting helps nobody");
    trial.panel("SRV-1", PanelKind::DnsServer, "set-forwarder", "news.example", &[("servers", "203.0.113.53")]);
    trial.is_fixed(&probe);
}

#[test]
fn q9_needs_the_suffix() {
    let mut trial = Trial::at("Q9", "PC-04");
    let probe = resolves(&trial.world, "PC-04", "srv-1");
    trial.breaks(&probe);
    assert!(resolves(&trial.world, "PC-04", "srv-1.clinic.example").passes(&trial.world), "the full name works");
    let device = trial.id("PC-04");
    trial.world.device_mut(device).stack.resolver.suffixes = vec!["clinic.example".to_owned()];
    trial.is_fixed(&probe);
}

#[test]
fn q10_needs_the_domains_own_server() {
    let mut trial = Trial::new("Q10", clinic(), |_, target| target.name == "Staff");
    let probe = resolves(&trial.world, "PC-01", "srv-1.clinic.example");
    trial.breaks(&probe);
    assert!(resolves(&trial.world, "PC-01", "news.example").passes(&trial.world), "names outside work");
    let device = trial.id("PC-01");
    let asked = dns::servers(&trial.world, device)[0];
    let answer = ask(&trial.world, "PC-01", asked, "_ldap._tcp.clinic.example", RecordType::Srv);
    assert!(matches!(answer, Answer::NxDomain { .. }), "{answer:?}");
    let right = server(&trial.world).to_string();
    trial.panel("SRV-1", PanelKind::DhcpServer, "set-dns", "Staff", &[("servers", &right)]);
    trial.renew("PC-01");
    trial.shell("PC-01", ShellKind::Cmd, &["ipconfig /flushdns"]);
    trial.is_fixed(&probe);
}

#[test]
fn more_of_a_site_can_be_written_for_a_test() {
    assert!(clinic_with("[[article]]\ntitle = \"A\"\ntext = \"B\"").knowledge.iter().any(|article| article.title == "A"));
}
