//! The thread that owns the server process.

use std::fs::File;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use tokio::sync::oneshot;

use super::PostgresError;
use super::binaries::Binaries;
use super::folder::Folder;
use super::log::Tail;
use super::process::command;

/// A Postgres that comes back from a crash replays its log first.
const START_LIMIT: Duration = Duration::from_mins(10);
/// How long a Postgres of an earlier run may take to go by itself, and then after we have asked it to.
const LEFTOVER_GOES: Duration = Duration::from_secs(3);
const LEFTOVER_LIMIT: Duration = Duration::from_secs(12);
const STOP_LIMIT: Duration = Duration::from_secs(30);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

pub struct Supervisor {
    folder: Folder,
    /// Open as long as we run: it marks the folder as ours.
    _lock: File,
    binaries: Binaries,
    pool_size: u32,
}

/// Why a start did not come to its end.
enum Halt {
    Asked,
    Failed(PostgresError),
}

impl<E: Into<PostgresError>> From<E> for Halt {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl Supervisor {
    pub fn new(folder: Folder, lock: File, binaries: Binaries, pool_size: u32) -> Self {
        Self { folder, _lock: lock, binaries, pool_size }
    }

    /// Runs until `stop` says so or its sender is gone. `ready` hears of the first start only; later ones go to the log.
    pub fn run(self, ready: oneshot::Sender<Result<(), PostgresError>>, stop: &Receiver<()>) {
        let mut child = match self.prepare().map_err(Halt::from).and_then(|()| self.start(stop)) {
            Ok(child) => child,
            Err(Halt::Asked) => return,
            Err(Halt::Failed(error)) => return drop(ready.send(Err(error))),
        };
        // Nobody listens any more when the program was told to stop meanwhile; `stop` says that too.
        let _ = ready.send(Ok(()));
        loop {
            if asked(stop, Duration::from_millis(100)) {
                return end(&mut child);
            }
            if let Ok(Some(status)) = child.try_wait() {
                tracing::error!(%status, "Postgres died; starting it again");
                match self.start_again(stop) {
                    Some(again) => child = again,
                    None => return,
                }
            }
        }
    }

    fn prepare(&self) -> Result<(), PostgresError> {
        self.folder.prepare()?;
        if self.folder.postgres().exists() {
            return Ok(());
        }
        let unfinished = self.folder.unfinished()?;
        let output = command(&self.binaries.program("initdb"), &self.folder.identity, &self.folder.data)
            .arg("--pgdata")
            .arg(&unfinished)
            .args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums"])
            .output()?;
        if !output.status.success() {
            let log = String::from_utf8_lossy(&output.stderr).trim().to_owned();
            return Err(PostgresError::InitFailed { folder: self.folder.data.clone(), log });
        }
        std::fs::rename(&unfinished, self.folder.postgres()).map_err(|cause| self.folder.not_writable(cause))
    }

    /// Tries until Postgres is there or we are asked to stop.
    fn start_again(&self, stop: &Receiver<()>) -> Option<Child> {
        let mut pause = Duration::from_millis(100);
        loop {
            match self.start(stop) {
                Ok(child) => {
                    tracing::info!("Postgres runs again");
                    return Some(child);
                }
                Err(Halt::Asked) => return None,
                Err(Halt::Failed(error)) => tracing::error!(%error, "Postgres could not be started again; trying on"),
            }
            if asked(stop, pause) {
                return None;
            }
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    /// Starts the server and waits until it answers. A server of an earlier run, killed a moment ago, may still be going: the
    /// folder is ours by its lock, so that one is waited for, then asked to stop.
    fn start(&self, stop: &Receiver<()>) -> Result<Child, Halt> {
        let begun = Instant::now();
        let (mut seen_leftover, mut asked_leftover) = (false, false);
        loop {
            let tail = Tail::default();
            let mut child = self.spawn(&tail)?;
            let Err(halt) = self.wait_until_ready(&mut child, &tail, stop) else { return Ok(child) };
            let Halt::Failed(PostgresError::StartFailed { log }) = &halt else { return Err(halt) };
            if !(log.contains("\"postmaster.pid\" already exists") || log.contains("pre-existing shared memory")) {
                return Err(halt);
            }
            if !seen_leftover {
                seen_leftover = true;
                tracing::info!("waiting for the Postgres of an earlier run to stop");
            }
            if begun.elapsed() > LEFTOVER_LIMIT {
                let process = self.folder.postmaster().unwrap_or_default();
                return Err(PostgresError::Leftover { folder: self.folder.data.clone(), process }.into());
            }
            if begun.elapsed() > LEFTOVER_GOES && !asked_leftover {
                asked_leftover = true;
                self.stop_leftover();
            }
            if asked(stop, Duration::from_millis(100)) {
                return Err(Halt::Asked);
            }
        }
    }

    fn spawn(&self, tail: &Tail) -> Result<Child, PostgresError> {
        let mut postgres = command(&self.binaries.program("postgres"), &self.folder.identity, &self.folder.data);
        postgres.arg("-D").arg(self.folder.postgres()).arg("-k").arg(self.folder.run());
        postgres.args(["-p", &super::PORT.to_string()]);
        let connections = format!("max_connections={}", self.pool_size.saturating_add(20).max(50));
        let settings = [
            "listen_addresses=",
            "unix_socket_permissions=0700",
            &connections,
            "cluster_name=firstline",
            "timezone=UTC",
            "log_timezone=UTC",
            "logging_collector=off",
            "log_destination=stderr",
            // Details and statements may hold what people typed; they stay out of the log.
            "log_error_verbosity=terse",
            "log_min_error_statement=panic",
        ];
        for setting in settings {
            postgres.args(["-c", setting]);
        }
        let mut child = postgres.stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
        if let Some(stderr) = child.stderr.take() {
            tail.follow(stderr)?;
        }
        Ok(child)
    }

    fn wait_until_ready(&self, child: &mut Child, tail: &Tail, stop: &Receiver<()>) -> Result<(), Halt> {
        let begun = Instant::now();
        let process = child.id().to_string();
        loop {
            if self.folder.postmaster().as_deref() == Some(&process) && self.folder.is_ready() {
                return Ok(());
            }
            if child.try_wait()?.is_some() {
                // The reader of its last words may be a moment behind.
                sleep(Duration::from_millis(20));
                return Err(PostgresError::StartFailed { log: tail.text() }.into());
            }
            if begun.elapsed() > START_LIMIT {
                end(child);
                return Err(PostgresError::StartFailed { log: tail.text() }.into());
            }
            if asked(stop, Duration::from_millis(5)) {
                end(child);
                return Err(Halt::Asked);
            }
        }
    }

    /// `pg_ctl` checks that the process is a Postgres on this folder before it signals it.
    fn stop_leftover(&self) {
        tracing::warn!("a Postgres of an earlier run still runs on the data folder; stopping it");
        let mut pg_ctl = command(&self.binaries.program("pg_ctl"), &self.folder.identity, &self.folder.data);
        pg_ctl.arg("stop").arg("-D").arg(self.folder.postgres()).args(["-m", "fast", "-t", "5", "-s"]);
        if let Err(error) = pg_ctl.stdout(Stdio::null()).stderr(Stdio::null()).status() {
            tracing::warn!(%error, "pg_ctl could not be run");
        }
    }
}

/// Fast shutdown; after half a minute without a last checkpoint, which costs a replay at the next start and no data.
fn end(child: &mut Child) {
    for (signal, limit) in [(Signal::INT, STOP_LIMIT), (Signal::QUIT, Duration::from_secs(5))] {
        if let Err(error) = kill_process(Pid::from_child(child), signal) {
            tracing::warn!(%error, "Postgres cannot be told to stop");
        }
        let asked = Instant::now();
        while asked.elapsed() < limit {
            match child.try_wait() {
                Ok(None) => sleep(Duration::from_millis(2)),
                Ok(Some(_)) | Err(_) => return,
            }
        }
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// Waits up to `time` for the word to stop.
fn asked(stop: &Receiver<()>, time: Duration) -> bool {
    !matches!(stop.recv_timeout(time), Err(RecvTimeoutError::Timeout))
}
