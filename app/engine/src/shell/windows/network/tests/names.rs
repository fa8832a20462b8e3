//! `nslookup` and the resolver's cache: six different outcomes.

use crate::shell::windows::network::trial::Trial;

const SERVER: &str = "Server:  srv-1.clinic.example\nAddress:  10.44.20.5\n\n";

#[test]
fn records_of_the_own_zone_and_of_others() {
    let mut trial = Trial::cmd("PC-01");
    trial.check("nslookup srv-1", true, &format!("{SERVER}Name:    srv-1.clinic.example\nAddress:  10.44.20.5\n\n"));
    trial.check(
        "nslookup news.example",
        true,
        &format!("{SERVER}Non-authoritative answer:\nName:    news.example\nAddress:  192.0.2.80\n\n"),
    );
    trial.check("nslookup 10.44.20.5", true, &format!("{SERVER}Name:    srv-1.clinic.example\nAddress:  10.44.20.5\n\n"));
    trial.check(
        "nslookup intranet.clinic.example",
        true,
        &format!("{SERVER}Name:    app-1.clinic.example\nAddress:  10.44.20.10\nAliases:  intranet.clinic.example\n\n"),
    );
}

#[test]
fn other_types() {
    let mut trial = Trial::cmd("PC-01");
    trial.check(
        "nslookup -type=mx clinic.example",
        true,
        &format!("{SERVER}clinic.example\tMX preference = 10, mail exchanger = mail.clinic.example\n\n"),
    );
    trial.check(
        "nslookup -q=srv _ldap._tcp.clinic.example",
        true,
        &format!(
            "{SERVER}_ldap._tcp.clinic.example\tSRV service location:\n          priority       = 0\n          weight         = 100\n          \
             port           = 389\n          svr hostname   = srv-1.clinic.example\n\n"
        ),
    );
    trial.check("nslookup -type=foo x", false, "*** Invalid option: type=foo\n");
    trial.check("nslookup -type=any x", false, "[simulation] not modelled here: nslookup -type=any\n");
}

#[test]
fn names_that_do_not_exist() {
    let mut trial = Trial::cmd("PC-01");
    trial.check(
        "nslookup nosuch.clinic.example",
        false,
        &format!("{SERVER}*** srv-1.clinic.example can't find nosuch.clinic.example: Non-existent domain\n"),
    );
}

#[test]
fn no_answer_is_said_again_and_again() {
    let mut trial = Trial::cmd("PC-01");
    trial.unplug("SRV-1");
    let once = "DNS request timed out.\n    timeout was 2 seconds.\n";
    trial.check(
        "nslookup intranet.clinic.example",
        false,
        &format!("{once}Server:  UnKnown\nAddress:  10.44.20.5\n\n{once}{once}*** Request to UnKnown timed-out\n"),
    );
    assert_eq!(trial.seconds("nslookup intranet.clinic.example"), 2 + 3 * 2);
}

#[test]
fn a_server_without_the_service() {
    let mut trial = Trial::cmd("PC-01");
    trial.check(
        "nslookup srv-1 10.44.20.10",
        false,
        "Server:  UnKnown\nAddress:  10.44.20.10\n\n*** UnKnown can't find srv-1: No response from server\n",
    );
}

#[test]
fn line_by_line() {
    let mut trial = Trial::cmd("PC-01");
    trial.check("nslookup", true, "Default Server:  srv-1.clinic.example\nAddress:  10.44.20.5\n\n");
    assert_eq!(trial.session.prompt(&trial.world), "> ");
    trial.check("set type=mx", true, "");
    trial.holds("clinic.example", "MX preference = 10");
    trial.check("server 203.0.113.53", true, "Default Server:  resolver.example\nAddress:  203.0.113.53\n\n");
    trial.check("set type=a", true, "");
    trial.holds("intranet.clinic.example", "*** resolver.example can't find intranet.clinic.example: Non-existent domain\n");
    trial.check("set frob", false, "*** Invalid option: frob\n");
    trial.check("exit", true, "");
    assert!(trial.session.prompt(&trial.world).ends_with('>'));
}

#[test]
fn the_cache_holds_what_was_asked_and_what_is_not() {
    let mut trial = Trial::cmd("PC-01");
    trial.text("ping -n 1 news.example");
    trial.text("ping nosuch");
    trial.holds(
        "ipconfig /displaydns",
        "    news.example\n    ----------------------------------------\n    Record Name . . . . . : news.example\n    Record Type . . . . . : \
         1\n    Time To Live  . . . . : ",
    );
    trial.holds(
        "ipconfig /displaydns",
        "    Data Length . . . . . : 4\n    Section . . . . . . . : Answer\n    A (Host) Record . . . : 192.0.2.80\n\n\n",
    );
    trial.holds(
        "ipconfig /displaydns",
        "    nosuch.clinic.example\n    ----------------------------------------\n    Name does not exist.\n\n\n",
    );
    trial.check("ipconfig /flushdns", true, "\nWindows IP Configuration\n\nSuccessfully flushed the DNS Resolver Cache.\n");
    trial.check("ipconfig /displaydns", true, "\nWindows IP Configuration\n\n");
}
