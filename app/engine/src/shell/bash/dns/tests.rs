use super::super::tests::{Terminal, terminal};
use crate::shell::{Session, ShellKind};

/// The application server of a site with an Internet around it.
fn clinic() -> Terminal {
    let world = crate::site::profile::windows::tests::clinic();
    let server = world.find("APP-1").unwrap();
    let session = Session::open(&world, server, ShellKind::Bash).unwrap();
    Terminal { world, session }
}

const BANNER: &str = "\n; <<>> DiG 9.18.28-1~deb12u2-Debian <<>> ";

#[test]
fn a_trace_starts_at_the_root_and_passes_the_companys_server_by() {
    let mut t = clinic();
    t.shows(
        "dig +trace news.example",
        &format!(
            "{BANNER}+trace news.example\n;; global options: +cmd\n\
             .\t\t\t518400\tIN\tNS\tresolver.example.\n\
             ;; Received 58 bytes from 127.0.0.53#53(127.0.0.53) in 0 ms\n\n\
             news.example.\t\t3600\tIN\tA\t192.0.2.80\n\
             ;; Received 63 bytes from 203.0.113.53#53(resolver.example) in 8 ms\n\n"
        ),
    );
    // Inside, the name has an address; outside, nobody knows it.
    t.has("dig +short intranet.clinic.example", "app-1.clinic.example.\n");
    t.has("dig +trace intranet.clinic.example", "\n\n;; Received 52 bytes from 203.0.113.53#53(resolver.example) in 9 ms\n\n");
    t.shows(
        "dig +trace +short @203.0.113.53 news.example",
        "NS resolver.example. from server 203.0.113.53 in 8 ms.\nA 192.0.2.80 from server 203.0.113.53 in 8 ms.\n",
    );
    t.has("dig ns .", ";; QUESTION SECTION:\n;.\t\t\t\tIN\tNS\n\n;; ANSWER SECTION:\n.\t\t\t");
}

#[test]
fn a_trace_stops_where_nobody_answers() {
    let mut t = clinic();
    let lost = ";; communications error to 203.0.113.99#53: timed out\n".repeat(3);
    t.shows(
        "dig @203.0.113.99 +trace news.example",
        &format!(
            "{lost}{BANNER}@203.0.113.99 +trace news.example\n; (1 server found)\n;; global options: +cmd\n;; no servers could be reached\n"
        ),
    );
    // The first server knows the root's from its cache; the way to them is cut.
    t.run("dig ns .");
    let router = t.world.find("MODEM").unwrap();
    t.world.device_mut(router).power.plugged = false;
    let text = t.run("dig +trace news.example");
    let lost = ";; communications error to 203.0.113.53#53: timed out\n".repeat(3);
    assert!(text.ends_with(&format!(" in 0 ms\n\n{lost};; no servers could be reached\n")), "{text}");
}

#[test]
fn a_zone_on_another_server_is_referred_to() {
    let mut t = clinic();
    let site = t.world.find("news.example").unwrap();
    let zone = crate::world::server::Zone::default();
    let dns = crate::world::server::DnsServer { zones: [("news.example".to_owned(), zone)].into(), ..Default::default() };
    t.world.device_mut(site).roles.dns = Some(dns);
    let text = t.run("dig +trace news.example");
    assert!(text.contains("\nnews.example.\t\t172800\tIN\tNS\tnews.example.\n;; Received "), "{text}");
    assert!(
        text.contains(" bytes from 203.0.113.53#53(resolver.example) in 9 ms\n\n;; communications error to 192.0.2.80#53: connection refused\n"),
        "{text}"
    );
}

#[test]
fn dig_in_full() {
    let mut t = terminal();
    let id = |text: &str| text.split("id: ").nth(1).and_then(|rest| rest.split('\n').next()).unwrap_or_default().to_owned();
    let text = t.run("dig @10.0.0.2 mx lab.example");
    assert_eq!(
        text,
        format!(
            "{BANNER}@10.0.0.2 mx lab.example\n; (1 server found)\n;; global options: +cmd\n;; Got answer:\n\
             ;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: {}\n\
             ;; flags: qr aa rd ra; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 1\n\n\
             ;; OPT PSEUDOSECTION:\n; EDNS: version: 0, flags:; udp: 1232\n\
             ;; QUESTION SECTION:\n;lab.example.\t\t\tIN\tMX\n\n\
             ;; ANSWER SECTION:\nlab.example.\t\t3600\tIN\tMX\t10 mail.lab.example.\n\n\
             ;; Query time: 0 msec\n;; SERVER: 10.0.0.2#53(10.0.0.2) (UDP)\n\
             ;; WHEN: Mon Sep  7 07:44:18 UTC 2026\n;; MSG SIZE  rcvd: 72\n\n",
            id(&text)
        )
    );
    t.has("dig nope.lab.example", "status: NXDOMAIN, id: ");
    t.has("dig txt www.lab.example", "status: NOERROR, id: ");
    t.has("dig x.other", "status: SERVFAIL, id: ");
    t.has("dig @10.0.0.2 x.other", "status: REFUSED, id: ");
    let refused = ";; communications error to 10.0.0.10#53: connection refused\n".repeat(3);
    t.shows(
        "dig @10.0.0.10 x.other",
        &format!(
            "{refused}{BANNER}@10.0.0.10 x.other\n; (1 server found)\n;; global options: +cmd\n;; no servers could be reached\n"
        ),
    );
    t.shows("dig -x q", "dig: Invalid IP address q\n");
    t.shows("dig @nowhere.lab.example www.lab.example", "dig: couldn't get address for 'nowhere.lab.example': not found\n");
}

/// As measured with dig 9.18: at least one blank, tabs only where they reach the column.
#[test]
fn long_names_push_the_columns() {
    let record = |name: &str| {
        let data = crate::world::server::RecordData::A([192, 0, 2, 80].into());
        super::dig::section(&[(name.to_owned(), crate::world::server::Record { ttl: 3600, data })])
    };
    assert_eq!(record("x.a"), "x.a.\t\t\t3600\tIN\tA\t192.0.2.80\n");
    assert_eq!(record("a.averylongname.news.example"), "a.averylongname.news.example. 3600 IN\tA\t192.0.2.80\n");
    assert_eq!(
        record("www.averyveryverylongname.news.example"),
        "www.averyveryverylongname.news.example.\t3600 IN\tA 192.0.2.80\n"
    );
}

#[test]
fn host_in_full() {
    let mut t = terminal();
    t.shows("host www.lab.example", "www.lab.example has address 10.0.0.10\n");
    t.shows("host -t mx lab.example", "lab.example mail is handled by 10 mail.lab.example.\n");
    t.shows("host nope.lab.example", "Host nope.lab.example not found: 3(NXDOMAIN)\n");
    t.shows(
        "host www.lab.example 10.0.0.9",
        ";; communications error to 10.0.0.9#53: timed out\n;; communications error to 10.0.0.9#53: timed out\n;; no servers could be reached\n",
    );
    t.shows(
        "host www.lab.example 10.0.0.2",
        "Using domain server:\nName: 10.0.0.2\nAddress: 10.0.0.2#53\nAliases: \n\nwww.lab.example has address 10.0.0.10\n",
    );
}

#[test]
fn nslookup_line_by_line() {
    let mut t = terminal();
    let head = "Server:\t\t127.0.0.53\nAddress:\t127.0.0.53#53\n\n";
    t.shows("nslookup www.lab.example", &format!("{head}Name:\twww.lab.example\nAddress: 10.0.0.10\n\n"));
    t.shows("nslookup nope.lab.example", &format!("{head}** server can't find nope.lab.example: NXDOMAIN\n\n"));
    t.shows("nslookup", "");
    assert_eq!(super::super::prompt(&t.world, &t.session), "> ");
    t.shows("set type=mx", "");
    t.shows("lab.example", &format!("{head}lab.example\tmail exchanger = 10 mail.lab.example.\n\n"));
    t.shows("www.lab.example", &format!("{head}*** Can't find www.lab.example: No answer\n\n"));
    t.shows("set foo", "*** Invalid option: foo\n");
    t.shows("set type=bogus", "unknown query type: bogus\n");
    t.shows("help", "The 'help' command is not yet implemented.\n");
    t.shows("server 10.0.0.2", "Default server: 10.0.0.2\nAddress: 10.0.0.2#53\n");
    t.run("set q=a");
    t.shows("www.lab.example", "Server:\t\t10.0.0.2\nAddress:\t10.0.0.2#53\n\nName:\twww.lab.example\nAddress: 10.0.0.10\n\n");
    let refused = ";; communications error to 10.0.0.10#53: connection refused\n".repeat(3);
    t.shows("x.lab.example 10.0.0.10", &format!("{refused};; no servers could be reached\n\n"));
    t.shows("exit", "");
    t.shows("whoami", "support\n");
    t.shows("nslookup - nowhere.lab.example", "nslookup: couldn't get address for 'nowhere.lab.example': not found\n");
}
