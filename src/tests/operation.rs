//! Health, logs, metrics, and stopping.

use std::io::Write;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::support::*;

#[test]
fn each_request_is_one_json_line_without_its_query() {
    let data = Folder::new();
    let server = Server::run(firstline(data.path()).args(["--log-format", "json"]));
    let answer = server.get("/readyz?token=canary-in-the-query");
    assert_eq!((answer.status, answer.body.as_str()), (200, "ready"));
    assert_eq!(server.get("/canary-in-the-path").status, 404);
    let id = answer.header("x-request-id").expect("every answer has one").to_owned();
    eventually("both are logged", || server.log().matches("\"http.route\"").count() == 2);
    let log = server.log();
    let lines: Vec<serde_json::Value> =
        log.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("not JSON: {line}"))).collect();
    let line = lines.iter().find(|line| line["request.id"] == *id).expect("the request is logged");
    assert_eq!((&line["http.method"], &line["http.route"]), (&"GET".into(), &"/readyz".into()));
    assert_eq!(line["http.status"], 200);
    assert!(line["duration_ms"].to_string().contains('.'), "{line}");
    assert!(!log.contains("canary"), "{log}");
}

#[test]
fn the_version_is_told() {
    let data = Folder::new();
    let answer = Server::start(data.path()).get("/version");
    let version: serde_json::Value = serde_json::from_str(&answer.body).expect("it is JSON");
    assert_eq!(version["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(answer.header("content-type"), Some("application/json"));
}

#[test]
fn metrics_are_on_their_own_listener_only() {
    let data = Folder::new();
    let server = Server::run(firstline(data.path()).args(["--metrics-listen", "127.0.0.1:0"]));
    assert_eq!(server.get("/metrics").status, 404);
    server.get("/healthz");
    let log = server.log();
    let (_, rest) = log.split_once("http://").expect("the address of the metrics is printed");
    let address = rest.split('/').next().and_then(|text| text.parse().ok()).expect("an address");
    let metrics = get(address, "/metrics").body;
    for line in [
        "http_requests_total{method=\"GET\",route=\"/healthz\",status=\"2xx\"} 1",
        "http_requests_total{method=\"GET\",route=\"none\",status=\"4xx\"} 1",
        "http_request_duration_seconds_count{method=\"GET\",route=\"/healthz\",status=\"2xx\"} 1",
        "db_pool_connections{state=\"most\"} 20",
        "db_pool_connections{state=\"in_use\"} ",
    ] {
        assert!(metrics.contains(line), "{line}\n{metrics}");
    }
}

#[test]
fn a_database_that_goes_away_is_seen_within_seconds_and_comes_back() {
    let (data, other) = (Folder::new(), Folder::new());
    let home = Server::start(data.path());
    let url = format!("postgres://firstline_app@{}/firstline", data.join("run").display().to_string().replace('/', "%2F"));
    let owner = url.replace("firstline_app", "firstline_owner");
    let mut server = Server::run(firstline(other.path()).env("DATABASE_URL", url).env("FIRSTLINE_MIGRATION_URL", owner));
    assert_eq!(server.get("/readyz").status, 200);
    assert!(home.stop().success());
    let begun = Instant::now();
    assert_eq!(server.get("/readyz").status, 503);
    assert!(begun.elapsed() < Duration::from_secs(2));
    assert_eq!(server.get("/healthz").status, 200);
    let _home = Server::start(data.path());
    eventually("ready again", || server.get("/readyz").status == 200);
    assert!(server.child.try_wait().expect("it is our child").is_none());
}

#[test]
fn a_schema_that_does_not_fit_is_not_ready_and_a_newer_one_is() {
    let data = Folder::new();
    let server = Server::start(data.path());
    sql(
        data.path(),
        "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
                      values (20990101000000, 'from the future', true, '', 0)",
    );
    assert_eq!(server.get("/readyz").status, 200, "an old program serves on while a new one is rolled out");
    sql(data.path(), "update _sqlx_migrations set checksum = 'edited' where version = 20261122100000");
    let answer = server.get("/readyz");
    assert_eq!((answer.status, answer.body.as_str()), (503, "the database is not migrated to this version"));
}

#[test]
fn a_client_that_never_finishes_cannot_hold_up_the_end() {
    let data = Folder::new();
    let mut server = Server::run(firstline(data.path()).args(["--drain-seconds", "1"]));
    let mut slow = TcpStream::connect(server.address).expect("it listens");
    slow.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\n").expect("it reads");
    std::thread::sleep(Duration::from_millis(100));
    let begun = Instant::now();
    server.signal(Signal::TERM);
    assert!(server.wait().success());
    assert!(begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
    assert!(TcpStream::connect(server.address).is_err());
    assert!(postmaster(data.path()).is_none());
}

#[test]
fn a_second_ctrl_c_does_not_wait() {
    let data = Folder::new();
    let mut server = Server::run(firstline(data.path()).args(["--drain-seconds", "60"]));
    let mut slow = TcpStream::connect(server.address).expect("it listens");
    slow.write_all(b"GET /healthz HTTP/1.1\r\n").expect("it reads");
    std::thread::sleep(Duration::from_millis(100));
    let begun = Instant::now();
    server.signal(Signal::INT);
    std::thread::sleep(Duration::from_millis(300));
    server.signal(Signal::INT);
    assert!(server.wait().success());
    assert!(begun.elapsed() < Duration::from_secs(6), "{:?}", begun.elapsed());
}
