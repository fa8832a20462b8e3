//! The built program as an operator runs it: a process with its own private Postgres in a temporary folder.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

pub struct Program {
    pub url: String,
    folder: PathBuf,
    port: u16,
    child: Child,
}

impl Program {
    pub async fn start() -> Self {
        let folder = std::env::temp_dir().join(format!("firstline-crash-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let child = spawn(&folder, port);
        let mut program = Self { url: format!("http://127.0.0.1:{port}"), folder, port, child };
        program.wait_until_ready().await;
        program
    }

    /// SIGKILL: no time to tidy up anything.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    pub async fn start_again(&mut self) {
        self.child = spawn(&self.folder, self.port);
        self.wait_until_ready().await;
    }

    /// Stops Postgres and keeps it away: its data folder is out of sight until [`Self::give_postgres_back`].
    pub fn take_postgres_away(&self) {
        let pid_file = std::fs::read_to_string(self.folder.join("postgres/postmaster.pid")).unwrap();
        let pid = pid_file.lines().next().unwrap();
        std::fs::rename(self.folder.join("postgres"), self.folder.join("postgres.away")).unwrap();
        assert!(Command::new("kill").args(["-INT", pid]).status().unwrap().success());
    }

    pub fn give_postgres_back(&self) {
        std::fs::rename(self.folder.join("postgres.away"), self.folder.join("postgres")).unwrap();
    }

    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Over the private socket, as the role that owns the tables.
    pub fn database_url(&self) -> String {
        let socket = self.folder.join("run").to_string_lossy().replace('/', "%2F");
        format!("postgres://firstline_owner@{socket}/firstline")
    }

    /// As Ctrl-C does.
    pub fn stop(mut self) {
        assert!(Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().unwrap().success());
        assert!(self.child.wait().unwrap().success(), "the program did not stop cleanly");
        std::fs::remove_dir_all(&self.folder).unwrap();
    }

    async fn wait_until_ready(&mut self) {
        let deadline = Instant::now() + Duration::from_secs(60);
        let client = reqwest::Client::new();
        loop {
            assert!(self.is_running(), "the program ended instead of getting ready");
            let answer = client.get(format!("{}/readyz", self.url)).timeout(Duration::from_secs(2)).send().await;
            if answer.is_ok_and(|answer| answer.status().is_success()) {
                return;
            }
            assert!(Instant::now() < deadline, "not ready within a minute");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // After a failed test: nothing may be left running.
        let _ = self.child.kill();
    }
}

fn spawn(folder: &std::path::Path, port: u16) -> Child {
    let binary = std::env::var("FIRSTLINE_BINARY").unwrap_or_else(|_| env!("CARGO_BIN_EXE_firstline").to_owned());
    let log = std::fs::File::options().create(true).append(true).open(folder.join("server.log")).unwrap();
    Command::new(binary)
        .env_remove("DATABASE_URL")
        .env("FIRSTLINE_DATA", folder)
        .env("FIRSTLINE_LISTEN", format!("127.0.0.1:{port}"))
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .unwrap()
}
