//! `ping`, `tracert`, `pathping`: one table of what happened and how it reads.

use crate::shell::windows::network::trial::Trial;
use crate::world::interface::{Address, Direction, Protocol, Rule, Verdict};

const FOUR: &str = "    Packets: Sent = 4, Received = 4, Lost = 0 (0% loss),\n";

#[test]
fn a_reply_with_times() {
    Trial::cmd("PC-01").check(
        "ping srv-1",
        true,
        "
Pinging srv-1.clinic.example [10.44.20.5] with 32 bytes of data:
Reply from 10.44.20.5: bytes=32 time<1ms TTL=127
Reply from 10.44.20.5: bytes=32 time<1ms TTL=127
Reply from 10.44.20.5: bytes=32 time<1ms TTL=127
Reply from 10.44.20.5: bytes=32 time<1ms TTL=127

Ping statistics for 10.44.20.5:
    Packets: Sent = 4, Received = 4, Lost = 0 (0% loss),
Approximate round trip times in milli-seconds:
    Minimum = 0ms, Maximum = 0ms, Average = 0ms
",
    );
}

#[test]
fn a_neighbour_that_is_not_there_counts_as_received() {
    let mut trial = Trial::cmd("PC-01");
    let own = trial.world.device(trial.id("PC-01")).stack.interfaces[0].addresses[0].ip;
    let line = format!("Reply from {own}: Destination host unreachable.\n");
    trial.check(
        "ping 10.44.10.199",
        true,
        &format!("\nPinging 10.44.10.199 with 32 bytes of data:\n{}\nPing statistics for 10.44.10.199:\n{FOUR}", line.repeat(4)),
    );
}

#[test]
fn silence_costs_four_seconds_each() {
    let mut trial = Trial::cmd("PC-01");
    let server = trial.id("SRV-1");
    trial.world.device_mut(server).stack.icmp.answers_echo = false;
    trial.check(
        "ping -n 2 10.44.20.5",
        false,
        "\nPinging 10.44.20.5 with 32 bytes of data:\nRequest timed out.\nRequest timed out.\n\nPing statistics for 10.44.20.5:\n    \
         Packets: Sent = 2, Received = 0, Lost = 2 (100% loss),\n",
    );
    assert_eq!(trial.seconds("ping -n 2 10.44.20.5"), 2 + 8);
    assert_eq!(trial.seconds("ping -n 2 -w 1500 10.44.20.5"), 2 + 3);
}

#[test]
fn without_a_route_it_is_a_general_failure() {
    let mut trial = Trial::cmd("PC-01");
    trial.unplug("PC-01");
    trial.holds("ping -n 1 10.44.20.5", "PING: transmit failed. General failure.\n");
    trial.check(
        "ping news.example",
        false,
        "Ping request could not find host news.example. Please check the name and try again.\n",
    );
}

#[test]
fn errors_of_routers() {
    let mut trial = Trial::cmd("PC-01");
    trial.holds("ping 10.99.99.99", "Reply from 198.51.100.1: Destination net unreachable.\n");
    trial.holds("ping -i 1 news.example", "Reply from 10.44.10.1: TTL expired in transit.\n");
    trial.holds("ping -f -l 2000 news.example", "Packet needs to be fragmented but DF set.\n");
    trial.holds("ping -f -l 2000 news.example", "Sent = 4, Received = 0, Lost = 4 (100% loss)");
}

#[test]
fn a_filter_that_rejects_reads_as_net_unreachable() {
    let mut trial = Trial::cmd("PC-01");
    let wall = trial.id("FW-1");
    let rule = Rule {
        name: "no echo".to_owned(),
        enabled: true,
        verdict: Verdict::Reject,
        direction: Direction::Forward,
        protocol: Some(Protocol::Icmp),
        from: None,
        to: None,
        ports: None,
        profiles: crate::sorted::Set::new(),
        hits: 0,
    };
    trial.world.device_mut(wall).stack.filter.rules.insert(0, rule);
    trial.holds("ping -n 1 10.44.20.5", "Reply from 10.44.10.1: Destination net unreachable.\n");
}

#[test]
fn options_and_their_mistakes() {
    let mut trial = Trial::cmd("PC-01");
    trial.holds("ping -a -n 1 10.44.20.5", "Pinging srv-1.clinic.example [10.44.20.5] with 32 bytes of data:");
    trial.holds("ping -t srv-1", "Control-C\n^C\n");
    trial.holds("ping -l 100 -n 1 -4 srv-1", "Reply from 10.44.20.5: bytes=100 time<1ms TTL=127");
    trial.check("ping -n 0 srv-1", false, "Bad value for option -n, valid range is from 1 to 4294967295.\n");
    trial.check("ping -n", false, "Value must be supplied for option -n.\n");
    trial.check("ping -4", false, "IP address must be specified.\n");
    trial.holds("ping -x srv-1", "Bad option -x.\n\n\nUsage: ping");
    trial.check("ping -6 srv-1", false, "[simulation] not modelled here: ping -6\n");
}

#[test]
fn a_trace_by_name_and_by_address() {
    let mut trial = Trial::cmd("PC-01");
    trial.check(
        "tracert -d srv-1",
        true,
        "
Tracing route to srv-1.clinic.example [10.44.20.5]
over a maximum of 30 hops:

  1     1 ms     1 ms     1 ms  10.44.10.1
  2    <1 ms    <1 ms    <1 ms  10.44.20.5

Trace complete.
",
    );
    trial.holds("tracert 10.44.20.5", "Tracing route to srv-1.clinic.example [10.44.20.5]\nover a maximum of 30 hops:\n\n");
    trial.holds("tracert 10.44.20.5", " ms  srv-1.clinic.example [10.44.20.5]\n");
    trial.holds("tracert -d 192.0.2.80", "\nTracing route to 192.0.2.80 over a maximum of 30 hops\n\n");
}

#[test]
fn a_trace_that_does_not_arrive() {
    let mut trial = Trial::cmd("PC-01");
    trial.holds("tracert -d 10.99.99.99", "  2  198.51.100.1  reports: Destination net unreachable.\n\nTrace complete.\n");
    trial.holds(
        "tracert -d -h 1 srv-1",
        "over a maximum of 1 hops:\n\n  1     1 ms     1 ms     1 ms  10.44.10.1\n\nTrace complete.\n",
    );
    trial.check("tracert nosuch", false, "Unable to resolve target system name nosuch.\n");
    let wall = trial.id("FW-1");
    trial.world.device_mut(wall).stack.icmp.sends_time_exceeded = false;
    trial.holds("tracert -d srv-1", "  1     *        *        *     Request timed out.\n  2    <1 ms");
    assert_eq!(trial.seconds("tracert -d srv-1"), 2 + 12 + 1);
}

#[test]
fn pathping_measures_every_hop() {
    let mut trial = Trial::cmd("PC-01");
    let own = Address { ip: trial.world.device(trial.id("PC-01")).stack.interfaces[0].addresses[0].ip, prefix: 24 }.ip;
    let text = trial.text("pathping -n srv-1");
    assert!(text.contains("Computing statistics for 50 seconds...\n            Source to Here   This Node/Link\n"), "{text}");
    assert!(text.contains(&format!("Hop  RTT    Lost/Sent = Pct  Lost/Sent = Pct  Address\n  0{:43}{own}\n", "")), "{text}");
    assert!(text.contains("  2    0ms     0/ 100 =  0%     0/ 100 =  0%  10.44.20.5\n"), "{text}");
    assert_eq!(trial.seconds("pathping -n srv-1"), 2 + 50);
}
