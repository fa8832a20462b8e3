//! `-w` and `-r`: a file of captured frames. Its text holds them as the state does, in hexadecimal digits, one a line; only
//! `tcpdump` reads it.

use super::super::call::{Call, Done};
use super::{Job, expression, full, print as printed};
use crate::machine::linux_files::{self, Actor, Written};
use crate::world::linux::Captured;

/// The first line of such a file.
const MAGIC: &str = "d4c3b2a1";

fn text(frames: &[Captured]) -> String {
    let mut text = format!("{MAGIC}\n");
    for captured in frames {
        // Plain data without maps: it always has a form in bytes.
        let bytes = postcard::to_stdvec(captured).unwrap_or_default();
        text.extend(bytes.iter().map(|byte| format!("{byte:02x}")));
        text.push('\n');
    }
    text
}

/// `None`: this is no file of frames.
fn frames(text: &str) -> Option<Vec<Captured>> {
    let lines = text.strip_prefix(MAGIC)?.lines().filter(|line| !line.is_empty());
    let digits = |line: &str| -> Option<Vec<u8>> {
        (0..line.len()).step_by(2).map(|at| u8::from_str_radix(line.get(at..at + 2)?, 16).ok()).collect()
    };
    lines.map(|line| postcard::from_bytes(&digits(line)?).ok()).collect()
}

/// Makes the file of `-w` before anything is captured.
pub(super) fn begin(call: &mut Call<'_>, job: &Job, args: &[String]) -> Result<(), Done> {
    let Some(path) = &job.file else { return Ok(()) };
    let shown = args.iter().skip_while(|arg| *arg != "-w").nth(1).map_or(path.as_str(), String::as_str);
    call.write(path, &text(&[]), false).map_err(|error| Done::failed(1, format!("tcpdump: {shown}: {}\n", error.text())))
}

/// Fills it when the capture ends; whoever types then may be somebody else.
pub(super) fn finish(call: &mut Call<'_>, job: &Job) {
    let Some(path) = &job.file else { return };
    let now = call.now();
    let written = Written { text: &text(&job.kept), append: false, now };
    // A disk that filled up meanwhile keeps the empty file.
    _ = linux_files::write(call.linux_mut(), path, &Actor::root(), &written);
}

/// `-r`: prints the frames of a file.
pub(super) fn print(call: &Call<'_>, job: &mut Job, name: &str) -> Done {
    let held = match call.read(name) {
        Ok(text) if text.is_empty() => {
            return Done::failed(1, "tcpdump: truncated dump file; tried to read 4 file header bytes, only got 0\n");
        }
        Ok(text) => frames(&text),
        Err(error) => return Done::failed(1, format!("tcpdump: {name}: {}\n", error.text())),
    };
    let Some(held) = held else { return Done::failed(1, "tcpdump: unknown file format\n") };
    let mut out = String::new();
    for captured in held {
        if !full(job) && expression::fits(&job.expression, &captured.frame) {
            out += &printed::line(call, job, &captured);
            job.printed = job.printed.saturating_add(1);
        }
    }
    let err = format!("reading from file {name}, link-type EN10MB (Ethernet), snapshot length 262144\n");
    Done { out, err, exit: 0 }
}
