//! Runs the built program the way an operator does. The parts below drive the server without a process.

pub mod bank;
pub mod browser;
pub mod company;
pub mod exhibits;
pub mod learner;
pub mod log;
pub mod site;
pub mod stopped;
pub mod taker;

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_firstline");

/// A folder that is removed at the end, open to the user that runs Postgres.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("firstline-it-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        fs::create_dir(&path).expect("the temporary folder can be written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("it is ours");
        Self(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn join(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The program with nothing set but a data folder and a free port.
pub fn firstline(data: &Path) -> Command {
    let mut command = Command::new(PROGRAM);
    without_settings(&mut command).env("FIRSTLINE_DATA", data).env("FIRSTLINE_LISTEN", "127.0.0.1:0");
    command
}

pub fn without_settings(command: &mut Command) -> &mut Command {
    for (name, _) in std::env::vars_os() {
        let name_text = name.to_string_lossy();
        if name_text.starts_with("FIRSTLINE_") || name_text.starts_with("PG") || name_text == "DATABASE_URL" {
            command.env_remove(&name);
        }
    }
    // Where the system's Postgres is may be said by whoever runs the tests.
    if let Some(bin) = std::env::var_os("FIRSTLINE_POSTGRES_BIN") {
        command.env("FIRSTLINE_POSTGRES_BIN", bin);
    }
    command
}

/// Runs to the end; gives what it wrote to standard output.
pub fn succeed(command: &mut Command) -> String {
    let output = command.output().expect("the program runs");
    assert!(output.status.success(), "{}", errors(&output));
    String::from_utf8(output.stdout).expect("it writes text")
}

/// Runs to the end, which must be exit code 1 with one message; gives that message.
pub fn fail(command: &mut Command) -> String {
    let output = command.output().expect("the program runs");
    assert_eq!(output.status.code(), Some(1), "{}", errors(&output));
    let text = errors(&output);
    let message = text.split("firstline: ").last().unwrap_or_default().trim().to_owned();
    assert!(!message.contains("panicked"), "{text}");
    message
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// SQL as the owner of the tables, in the private database; one line a row, columns by `|`.
pub fn sql(data: &Path, statement: &str) -> String {
    succeed(firstline(data).args(["database", "--", "psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-c", statement])).trim().to_owned()
}

/// A server that runs. Stopped, and its output shown, when a test fails.
pub struct Server {
    pub child: Child,
    pub address: SocketAddr,
    log: Arc<Mutex<String>>,
}

impl Server {
    pub fn start(data: &Path) -> Self {
        Self::run(&mut firstline(data))
    }

    /// Waits for the line with the address.
    pub fn run(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program runs");
        let log = Arc::new(Mutex::new(String::new()));
        follow(child.stderr.take().expect("it is piped"), &log);
        follow(child.stdout.take().expect("it is piped"), &log);
        let begun = Instant::now();
        let address = loop {
            let text = log.lock().expect("no reader panics").clone();
            if let Some((_, rest)) = text.split_once("is ready: http://") {
                let end = rest.find(|c: char| c != '.' && c != ':' && !c.is_ascii_digit()).expect("a line has an end");
                break rest[..end].parse().expect("it is an address");
            }
            let ended = child.try_wait().expect("it is our child");
            assert!(ended.is_none() && begun.elapsed() < Duration::from_mins(1), "not ready: {text}");
            sleep(Duration::from_millis(10));
        };
        Self { child, address, log }
    }

    pub fn log(&self) -> String {
        self.log.lock().expect("no reader panics").clone()
    }

    pub fn get(&self, path: &str) -> Answer {
        get(self.address, path)
    }

    pub fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).expect("it is our child");
    }

    pub fn wait(&mut self) -> ExitStatus {
        self.child.wait().expect("it is our child")
    }

    pub fn stop(mut self) -> ExitStatus {
        self.signal(Signal::TERM);
        self.wait()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Ok(None) = self.child.try_wait() {
            self.signal(Signal::TERM);
            let _ = self.child.wait();
        }
        if std::thread::panicking() {
            eprintln!("--- output of the server\n{}", self.log());
        }
    }
}

fn follow(output: impl Read + Send + 'static, log: &Arc<Mutex<String>>) {
    let log = Arc::clone(log);
    std::thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            let _ = writeln!(log.lock().expect("no reader panics"), "{line}");
        }
    });
}

pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .find_map(|line| line.split_once(": ").filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value))
    }
}

pub fn get(address: SocketAddr, path: &str) -> Answer {
    let mut stream = TcpStream::connect(address).expect("the server listens");
    stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a time");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").expect("it reads");
    let mut text = String::new();
    stream.read_to_string(&mut text).expect("it answers");
    let (head, body) = text.split_once("\r\n\r\n").expect("an answer has a head");
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    Answer { status, head: head.to_owned(), body: body.to_owned() }
}

/// Tries for up to 15 seconds.
pub fn eventually(what: &str, test: impl Fn() -> bool) {
    let begun = Instant::now();
    while !test() {
        assert!(begun.elapsed() < Duration::from_secs(15), "never: {what}");
        sleep(Duration::from_millis(20));
    }
}

pub fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// Says past the test harness, which hides output of tests that pass, that a check was left out. Whoever runs the tests counts these.
pub fn skipped(reason: &str) {
    let _ = writeln!(std::io::stderr(), "SKIPPED: {reason}");
}

/// A command as the user that runs Postgres: another one for root, ourselves otherwise.
pub fn as_postgres_user(program: impl AsRef<OsStr>) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let users = fs::read_to_string("/etc/passwd").expect("every system has it");
    let user = if users.lines().any(|line| line.starts_with("postgres:")) { "postgres" } else { "nobody" };
    as_user(user, program)
}

pub fn as_user(user: &str, program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--reuid", user, "--clear-groups", "--"]).arg(program).current_dir("/");
    command
}

/// The first line of `postmaster.pid`.
pub fn postmaster(data: &Path) -> Option<Pid> {
    let text = fs::read_to_string(data.join("postgres/postmaster.pid")).ok()?;
    Pid::from_raw(text.lines().next()?.trim().parse().ok()?)
}
