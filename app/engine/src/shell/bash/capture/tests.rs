use super::super::tests::terminal;
use crate::shell::{Session, ShellKind};
use crate::world::DeviceId;

/// Times, hardware addresses and process numbers are the world's; the rest is checked to the letter.
fn masked(text: &str) -> String {
    let time = |line: &str| {
        let stamp = line.split(' ').next().unwrap_or_default();
        if stamp.len() == 15 && stamp.contains('.') { line.replacen(stamp, "T", 1) } else { line.to_owned() }
    };
    text.lines().map(time).map(|line| line + "\n").collect()
}

const BANNER: &str = "tcpdump: verbose output suppressed, use -v[v]... for full protocol decode\nlistening on eth0, link-type EN10MB (Ethernet), snapshot length 262144 bytes\n";

#[test]
fn frames_of_the_commands_that_follow_are_shown() {
    let mut t = terminal();
    t.run("sudo ip neigh flush all");
    let started = t.run("sudo tcpdump -n -i eth0 -c 4 icmp &");
    assert!(started.starts_with("[1] ") && started.ends_with(BANNER), "{started}");
    t.shows("jobs", "[1]+  Running                 tcpdump -n -i eth0 -c 4 icmp &\n");
    assert!(t.run("ps -e").contains("tcpdump"));
    let text = masked(&t.run("ping -c 2 10.0.0.2"));
    let shown = text.split_once("ms\n").map(|(_, rest)| rest.to_owned()).unwrap_or_default();
    assert!(
        shown.ends_with(
            "T IP 10.0.0.10 > 10.0.0.2: ICMP echo request, id 1, seq 1, length 64\n\
             T IP 10.0.0.2 > 10.0.0.10: ICMP echo reply, id 1, seq 1, length 64\n\
             T IP 10.0.0.10 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 64\n\
             T IP 10.0.0.2 > 10.0.0.10: ICMP echo reply, id 1, seq 2, length 64\n\
             4 packets captured\n4 packets received by filter\n0 packets dropped by kernel\n\
             [1]+  Done                    tcpdump -n -i eth0 -c 4 icmp\n"
        ),
        "{text}"
    );
    assert!(!t.run("ps -e").contains("tcpdump"));
}

#[test]
fn what_another_machine_sends_arrives_or_does_not() {
    let mut t = terminal();
    t.run("sudo tcpdump -n -i eth0 not port 22 &");
    let mut other = Session::open(&t.world, DeviceId(2), ShellKind::Bash).unwrap();
    for line in ["nc -vz 10.0.0.10 80", "nc -vz 10.0.0.10 81", "nc -vz 10.0.0.10 22", "nc -vzu 10.0.0.10 99"] {
        crate::shell::run(&mut t.world, &mut other, line);
    }
    let text = masked(&t.run(""));
    let arrived: Vec<&str> = text.lines().filter(|line| line.starts_with("T IP 10.0.0.21")).collect();
    let port = |line: &str| line.split_once(" > ").map(|(_, rest)| rest.to_owned()).unwrap_or_default();
    assert_eq!(
        arrived.iter().map(|line| port(line)).collect::<Vec<_>>(),
        ["10.0.0.10.80: Flags [S], length 0", "10.0.0.10.81: Flags [S], length 0", "10.0.0.10.99: UDP, length 32"]
    );
    assert!(text.contains(": Flags [S.], length 0\n") && text.contains(": Flags [R.], length 0\n"), "{text}");
    assert!(text.contains("T IP 10.0.0.10 > 10.0.0.21: ICMP 10.0.0.10 udp port 99 unreachable, length 36\n"), "{text}");
    assert!(text.contains("T ARP, Request who-has 10.0.0.10 tell 10.0.0.21, length 46\nT ARP, Reply 10.0.0.10 is-at "), "{text}");
    let text = masked(&t.run("fg"));
    assert!(text.starts_with("tcpdump -n -i eth0 not port 22\n^C\n") && text.contains(" packets captured\n"), "{text}");
}

#[test]
fn mistakes_of_tcpdump() {
    let mut t = terminal();
    t.shows("sudo tcpdump -i nope", "tcpdump: nope: No such device exists\n(No such device exists)\n");
    t.shows("sudo tcpdump -i eth0 foo bar", "tcpdump: can't parse filter expression: syntax error\n");
    t.shows("sudo tcpdump -i eth0 -c x", "tcpdump: invalid packet count x\n");
    t.shows(
        "tcpdump -i eth0",
        "tcpdump: eth0: You don't have permission to perform this capture on that device\n(socket: Operation not permitted)\n",
    );
    t.shows(
        "sudo tcpdump -i eth0 -c 1 arp and host 10.9.9.9",
        &format!("{BANNER}^C\n0 packets captured\n0 packets received by filter\n0 packets dropped by kernel\n"),
    );
    t.shows("fg", "bash: fg: current: no such job\n");
    t.shows("kill %1", "bash: kill: %1: no such job\n");
    t.run("sudo tcpdump -i eth0 &");
    t.has("sudo kill %1", "0 packets captured\n");
}

#[test]
fn a_capture_goes_into_a_file_and_comes_back() {
    let mut t = terminal();
    t.run("sudo ip neigh flush all");
    let started = t.run("sudo tcpdump -n -i eth0 -c 2 -w ping.pcap icmp &");
    let listening = "tcpdump: listening on eth0, link-type EN10MB (Ethernet), snapshot length 262144 bytes\n";
    assert!(started.ends_with(listening), "{started}");
    let text = t.run("ping -c 1 10.0.0.2");
    assert!(text.contains("2 packets captured\n2 packets received by filter\n0 packets dropped by kernel\n"), "{text}");
    let reading = "reading from file ping.pcap, link-type EN10MB (Ethernet), snapshot length 262144\n";
    assert_eq!(
        masked(&t.run("tcpdump -n -r ping.pcap")),
        format!(
            "{reading}T IP 10.0.0.10 > 10.0.0.2: ICMP echo request, id 1, seq 1, length 64\nT IP 10.0.0.2 > 10.0.0.10: ICMP echo reply, id 1, seq 1, length 64\n"
        )
    );
    t.shows("tcpdump -n -r ping.pcap arp", reading);
    t.shows("tcpdump -r nope.pcap", "tcpdump: nope.pcap: No such file or directory\n");
    t.shows("tcpdump -r /etc/hosts", "tcpdump: unknown file format\n");
    t.shows("touch e; tcpdump -r e", "tcpdump: truncated dump file; tried to read 4 file header bytes, only got 0\n");
    t.shows("sudo tcpdump -w /nope/x.pcap", "tcpdump: /nope/x.pcap: No such file or directory\n");
    t.shows(
        "tcpdump -D",
        "1.eth0 [Up, Running, Connected]\n2.any (Pseudo-device that captures on all interfaces) [Up, Running]\n3.lo [Up, Running, Loopback]\n",
    );
}
