//! `top`, `free`, `uptime`.

use std::fmt::Write;

use super::super::call::{Call, Done, has, options};
use super::{cpu_seconds, memory_permille, short, tenths};
use crate::machine::linux_files;
use crate::machine::linux_files::generated;
use crate::sorted;
use crate::text::iso;
use crate::world::linux::{Linux, Process};

/// ` 18:53:33 up 10 days,  2:03,  1 user,  load average: 0.05, 0.05, 0.05`.
pub fn uptime_line(call: &Call<'_>) -> String {
    let now = call.local(call.world.now);
    let up = (call.world.now - call.device().started).as_seconds();
    let (days, hours, minutes) = (up / 86_400, up / 3600 % 24, up / 60 % 60);
    let days = match days {
        0 => String::new(),
        1 => "1 day, ".to_owned(),
        more => format!("{more} days, "),
    };
    let clock = if hours > 0 { format!("{hours:>2}:{minutes:02}") } else { format!("{minutes} min") };
    let users = super::super::accounts::signed_in_count(call);
    let word = if users == 1 { "user" } else { "users" };
    let load = generated::load(call.linux());
    format!(
        " {:02}:{:02}:{:02} up {days}{clock},  {users} {word},  load average: {load}, {load}, {load}\n",
        now.hour, now.minute, now.second
    )
}

pub(super) fn uptime(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, _) = options(args, "");
    match given.first().map(|(name, _)| name.as_str()) {
        None => Done::ok(uptime_line(call)),
        Some("p" | "--pretty") => Done::ok(pretty(call)),
        Some("s" | "--since") => Done::ok(format!("{}\n", iso(call.local(call.device().started)))),
        Some(other) => {
            let complaint = match other.strip_prefix("--") {
                Some(_) => format!("uptime: unrecognized option '{other}'"),
                None => format!("uptime: invalid option -- '{other}'"),
            };
            Done::failed(1, format!("{complaint}\n{UPTIME_USAGE}"))
        }
    }
}

const UPTIME_USAGE: &str = "\nUsage:\n uptime [options]\n\nOptions:\n -p, --pretty   show uptime in pretty format\n -h, --help     display this help and exit\n -s, --since    system up since\n -V, --version  output version information and exit\n\nFor more details see uptime(1).\n";

/// `up 1 week, 23 hours, 1 minute`: what is zero is left out.
fn pretty(call: &Call<'_>) -> String {
    let minutes = (call.world.now - call.device().started).as_seconds() / 60;
    let parts = [(minutes / 10_080, "week"), (minutes / 1440 % 7, "day"), (minutes / 60 % 24, "hour"), (minutes % 60, "minute")];
    let words: Vec<String> = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}{}", if *count == 1 { "" } else { "s" }))
        .collect();
    format!("up {}\n", words.join(", "))
}

/// Memory as the model has it, in KiB: all, used by processes, cached files.
struct Memory {
    total: u64,
    used: u64,
    cache: u64,
    swap: u64,
    swapped: u64,
}

/// What does not fit into memory lies in swap; files that were read stay in what is free.
fn memory(linux: &Linux) -> Memory {
    let total = u64::from(linux.memory_mib) * 1024;
    let wanted: u64 = linux.processes.iter().map(|process| u64::from(process.rss_kib)).sum();
    let used = wanted.min(total);
    let swap = u64::from(linux.swap_mib) * 1024;
    let files: u64 = linux.files.0.values().filter(|file| !file.folder).map(linux_files::kib).sum();
    Memory { total, used, cache: files.min(total - used), swap, swapped: (wanted - used).min(swap) }
}

/// One frame, as the first one looks.
pub(super) fn top(call: &mut Call<'_>, _args: &[String]) -> Done {
    let linux = call.linux();
    let cores = u64::from(call.device().hardware.cpu.cores.max(1));
    let busy: u64 = linux.processes.iter().map(|process| u64::from(process.cpu)).sum::<u64>().min(cores * 1000) / cores;
    let running = linux.processes.iter().filter(|process| process.cpu >= 500).count().max(1);
    let mut out = format!("top -{}", uptime_line(call));
    let tasks = linux.processes.len();
    let _ = writeln!(
        out,
        "Tasks: {tasks:>3} total, {running:>3} running, {:>3} sleeping,   0 stopped,   0 zombie",
        tasks.saturating_sub(running)
    );
    let _ = writeln!(
        out,
        "%Cpu(s): {:>4} us,  0.0 sy,  0.0 ni, {:>4} id,  0.0 wa,  0.0 hi,  0.0 si,  0.0 st",
        tenths(busy),
        tenths(1000 - busy)
    );
    let memory = memory(linux);
    let mib = |kib: u64| format!("{}.{}", kib / 1024, kib % 1024 * 10 / 1024);
    let free = memory.total - memory.used - memory.cache;
    let _ = writeln!(
        out,
        "MiB Mem : {:>8} total, {:>8} free, {:>8} used, {:>8} buff/cache",
        mib(memory.total),
        mib(free),
        mib(memory.used),
        mib(memory.cache)
    );
    let _ = writeln!(
        out,
        "MiB Swap: {:>8} total, {:>8} free, {:>8} used. {:>8} avail Mem",
        mib(memory.swap),
        mib(memory.swap - memory.swapped),
        mib(memory.swapped),
        mib(free + memory.cache)
    );
    out.push_str("\n    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND\n");
    let mut found: Vec<&Process> = linux.processes.iter().collect();
    sorted::by_key(&mut found, |process| (std::cmp::Reverse(process.cpu), process.pid));
    for process in found {
        let seconds = cpu_seconds(call, process);
        let user: String = process.user.chars().take(8).collect();
        let _ = writeln!(
            out,
            "{:>7} {user:<8}  20   0 {:>7} {:>6} {:>6} {} {:>5} {:>5} {:>9} {}",
            process.pid,
            process.rss_kib,
            process.rss_kib,
            0,
            if process.cpu >= 500 { 'R' } else { 'S' },
            tenths(u64::from(process.cpu)),
            tenths(memory_permille(linux, process)),
            format!("{}:{:02}.00", seconds / 60, seconds % 60),
            short(process)
        );
    }
    Done::ok(out)
}

pub(super) fn free(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, _) = options(args, "s");
    if let Some(complaint) = super::super::call::stranger("free", &given, &["h", "m", "g", "k", "b", "t", "w", "--human"]) {
        return complaint;
    }
    let memory = memory(call.linux());
    let free = memory.total - memory.used - memory.cache;
    let show = |kib: u64| {
        if has(&given, &["h", "--human"]) {
            human(kib)
        } else if has(&given, &["m"]) {
            (kib / 1024).to_string()
        } else if has(&given, &["g"]) {
            (kib / 1024 / 1024).to_string()
        } else if has(&given, &["b"]) {
            (kib * 1024).to_string()
        } else {
            kib.to_string()
        }
    };
    let mut out = "               total        used        free      shared  buff/cache   available\n".to_owned();
    let row = [memory.total, memory.used, free, 0, memory.cache, free + memory.cache].map(show);
    let _ = writeln!(out, "Mem:     {:>11} {:>11} {:>11} {:>11} {:>11} {:>11}", row[0], row[1], row[2], row[3], row[4], row[5]);
    let swap = [memory.swap, memory.swapped, memory.swap - memory.swapped].map(show);
    let _ = writeln!(out, "Swap:    {:>11} {:>11} {:>11}", swap[0], swap[1], swap[2]);
    Done::ok(out)
}

/// `3.8Gi`, `975Mi`, `0B`, as procps prints with `-h`.
fn human(kib: u64) -> String {
    const UNITS: [&str; 4] = ["Ki", "Mi", "Gi", "Ti"];
    if kib == 0 {
        return "0B".to_owned();
    }
    let mut unit = 1;
    for name in UNITS {
        if kib < unit * 1024 || name == "Ti" {
            let tenths = kib * 10 / unit;
            return if tenths < 100 && unit > 1 {
                format!("{}.{}{name}", tenths / 10, tenths % 10)
            } else {
                format!("{}{name}", tenths / 10)
            };
        }
        unit *= 1024;
    }
    String::new()
}
