//! The machine the oracles run on: who we are, which tools there are, scripts in namespaces of their own.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What an oracle came to, with one line of figures.
pub enum Verdict {
    Agrees(String),
    Differs(String),
    /// Not run, and why. Where we are root and could have installed what is missing, this is a failure.
    Skipped(String),
}

/// `None` when everything is there; else what to answer.
pub fn lacking(tools: &[&str]) -> Option<Verdict> {
    let missing: Vec<&str> = tools.iter().copied().filter(|tool| which(tool).is_none()).collect();
    if !is_root() {
        return Some(Verdict::Skipped("namespaces need root".to_owned()));
    }
    if missing.is_empty() {
        return None;
    }
    Some(Verdict::Differs(format!("{} not found: run src/tests/oracle-tools.sh", missing.join(", "))))
}

pub fn is_root() -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find_map(|line| line.strip_prefix("Uid:")).is_some_and(|ids| ids.split_whitespace().nth(1) == Some("0"))
}

pub fn which(tool: &str) -> Option<PathBuf> {
    let path = std::env::var("PATH").unwrap_or_default();
    let folders = path.split(':').chain(["/usr/sbin", "/sbin"]);
    folders.map(|folder| Path::new(folder).join(tool)).find(|file| file.is_file())
}

pub fn number(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// What every isolated script begins with: folders of its own where tools leave their marks, and `in NAME COMMAND…`, which
/// enters one of its network namespaces without the new mount namespace that makes `ip netns exec` slow.
const PRELUDE: &str = "set -eu\nPATH=$PATH:/usr/sbin:/sbin\nmount -t tmpfs none /run\nmkdir -p /run/netns /run/o /run/lock\n\
                       in_() { n=$1; shift; nsenter --net=/run/netns/$n \"$@\"; }\n";

/// Runs a shell script in new network, mount and process namespaces: whatever it makes is gone when it ends.
///
/// # Errors
/// What it wrote to standard error, when it stopped before its end.
pub fn isolated(script: &str) -> Result<String, String> {
    let mut child = Command::new("unshare")
        .args(["--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "sh", "-s"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("unshare: {error}"))?;
    let whole = format!("{PRELUDE}{script}\n");
    let mut input = child.stdin.take().ok_or("no standard input")?;
    let writer = std::thread::spawn(move || input.write_all(whole.as_bytes()));
    let output = child.wait_with_output().map_err(|error| error.to_string())?;
    let written = writer.join().map_err(|_| "the script's writer stopped".to_owned())?;
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    if !output.status.success() {
        return Err(format!("{}: {error}", output.status));
    }
    written.map_err(|error| error.to_string())?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A kernel setting that exists once for the whole machine, put back when this is dropped.
pub struct Setting {
    file: &'static str,
    before: String,
}

impl Setting {
    pub fn change(file: &'static str, to: &str) -> Result<Self, String> {
        let before = fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
        fs::write(file, to).map_err(|error| format!("{file}: {error}"))?;
        Ok(Self { file, before })
    }
}

impl Drop for Setting {
    fn drop(&mut self) {
        if let Err(error) = fs::write(self.file, &self.before) {
            println!("{} was not put back to {}: {error}", self.file, self.before.trim());
        }
    }
}

/// The parts of a script's output, each begun by a line `== NAME`.
pub fn sections(output: &str) -> Vec<(String, String)> {
    let mut parts: Vec<(String, String)> = Vec::new();
    for line in output.lines() {
        if let Some(name) = line.strip_prefix("== ") {
            parts.push((name.to_owned(), String::new()));
        } else if let Some((_, text)) = parts.last_mut() {
            text.push_str(line);
            text.push('\n');
        }
    }
    parts
}
