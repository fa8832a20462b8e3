//! `ps`, `top`, `kill`, `free`, `uptime`, `lsof`.

use std::fmt::Write;

use super::call::{Call, Done, has, options, value};
use super::{Command, command};
use crate::machine::linux_files::{self, generated, path};
use crate::machine::units;
use crate::sorted;
use crate::time::MONTHS;
use crate::world::linux::{Linux, Process};

pub const COMMANDS: &[Command] = &[
    command("ps", "", ps),
    command("top", "", top),
    command("htop", "htop", top),
    command("kill", "", kill),
    command("pkill", "", pkill),
    command("killall", "psmisc", pkill),
    command("pgrep", "", pgrep),
    command("free", "", free),
    command("uptime", "", uptime),
    command("lsof", "lsof", lsof),
];

/// Permille of the machine's memory.
fn memory_permille(linux: &Linux, process: &Process) -> u64 {
    u64::from(process.rss_kib) * 1000 / (u64::from(linux.memory_mib).max(1) * 1024)
}

/// Processor time since its start, in seconds: its share of a core times its age.
fn cpu_seconds(call: &Call<'_>, process: &Process) -> u64 {
    (call.world.now - process.started).as_seconds() * u64::from(process.cpu) / 1000
}

fn tenths(permille: u64) -> String {
    format!("{}.{}", permille / 10, permille % 10)
}

/// The first word that a command line is known by: `sshd`.
fn short(process: &Process) -> String {
    units::program(&process.command).trim_end_matches(':').chars().take(15).collect()
}

fn ps(call: &mut Call<'_>, args: &[String]) -> Done {
    let joined: String =
        args.iter().filter(|arg| !arg.starts_with("--") && !arg.contains('=')).map(|arg| arg.trim_start_matches('-')).collect();
    let sort = args.iter().find_map(|arg| arg.strip_prefix("--sort=")).map(str::to_owned);
    let bsd = args.iter().any(|arg| !arg.starts_with('-') && arg.contains('u'));
    let mut found: Vec<Process> = call.linux().processes.clone();
    sorted::by_key(&mut found, |process| process.pid);
    match sort.as_deref().map(|key| key.trim_start_matches(['-', '+'])) {
        Some("%cpu" | "pcpu") => sorted::by_key(&mut found, |process| std::cmp::Reverse(process.cpu)),
        Some("%mem" | "pmem" | "rss") => sorted::by_key(&mut found, |process| std::cmp::Reverse(process.rss_kib)),
        _ => {}
    }
    if !joined.chars().all(|c| "auxefwlAtp0123456789".contains(c)) {
        return call.not_modelled("this selection of ps");
    }
    if bsd {
        return Done::ok(aux(call, &found));
    }
    let everything = joined.contains(['e', 'A', 'x']);
    if joined.contains('f') {
        return Done::ok(full(call, &found, everything));
    }
    let user = call.user();
    let mut out = "    PID TTY          TIME CMD\n".to_owned();
    for process in found.iter().filter(|process| everything || (process.user == user && process.unit.is_empty())) {
        let _ = writeln!(out, "{:>7} {:<8} {} {}", process.pid, "?", clock(cpu_seconds(call, process)), short(process));
    }
    Done::ok(out)
}

fn clock(seconds: u64) -> String {
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// The time of day when it started today, else the day: `10:04`, `Nov20`.
fn start(call: &Call<'_>, process: &Process) -> String {
    let (at, now) = (call.local(process.started), call.local(call.world.now));
    if (at.year, at.month, at.day) == (now.year, now.month, now.day) {
        format!("{:02}:{:02}", at.hour, at.minute)
    } else {
        format!("{}{:02}", MONTHS[usize::from(at.month.clamp(1, 12) - 1)].get(..3).unwrap_or_default(), at.day)
    }
}

/// Virtual size is not modelled; the resident size is its lower bound and stands in both columns.
fn aux(call: &Call<'_>, found: &[Process]) -> String {
    let mut out = "USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\n".to_owned();
    for process in found {
        let seconds = cpu_seconds(call, process);
        let state = if process.cpu >= 500 { "R" } else { "Ss" };
        let user: String = if process.user.chars().count() > 8 {
            process.user.chars().take(7).chain(['+']).collect()
        } else {
            process.user.clone()
        };
        let _ = writeln!(
            out,
            "{user:<8} {:>7} {:>4} {:>4} {:>6} {:>5} {:<8} {state:<4} {:>5} {:>6} {}",
            process.pid,
            tenths(u64::from(process.cpu)),
            tenths(memory_permille(call.linux(), process)),
            process.rss_kib,
            process.rss_kib,
            "?",
            start(call, process),
            format!("{}:{:02}", seconds / 60, seconds % 60),
            process.command
        );
    }
    out
}

fn full(call: &Call<'_>, found: &[Process], everything: bool) -> String {
    let user = call.user();
    let mut out = "UID          PID    PPID  C STIME TTY          TIME CMD\n".to_owned();
    for process in found.iter().filter(|process| everything || process.user == user) {
        let parent = u32::from(process.pid != 1);
        let _ = writeln!(
            out,
            "{:<8} {:>7} {parent:>7} {:>2} {:>5} {:<8} {} {}",
            process.user,
            process.pid,
            process.cpu / 10,
            start(call, process),
            "?",
            clock(cpu_seconds(call, process)),
            process.command
        );
    }
    out
}

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
    let users = super::accounts::signed_in_count(call);
    let word = if users == 1 { "user" } else { "users" };
    let load = generated::load(call.linux());
    format!(
        " {:02}:{:02}:{:02} up {days}{clock},  {users} {word},  load average: {load}, {load}, {load}\n",
        now.hour, now.minute, now.second
    )
}

fn uptime(call: &mut Call<'_>, args: &[String]) -> Done {
    if !args.is_empty() {
        return call.not_modelled("options of uptime");
    }
    Done::ok(uptime_line(call))
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
fn top(call: &mut Call<'_>, _args: &[String]) -> Done {
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

fn free(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, _) = options(args, "s");
    if let Some(complaint) = super::call::stranger("free", &given, &["h", "m", "g", "k", "b", "t", "w", "--human"]) {
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

fn may_signal(call: &Call<'_>, process: &Process) -> bool {
    call.is_root() || process.user == call.user()
}

/// KILL by number or name; everything else ends a program in the ordinary way, but HUP, which only makes it read its settings.
enum Signal {
    Term,
    Kill,
    Hup,
    Nothing,
}

fn signal(text: &str) -> Option<Signal> {
    Some(match text.trim_start_matches("SIG") {
        "9" | "KILL" => Signal::Kill,
        "15" | "TERM" | "2" | "INT" | "3" | "QUIT" => Signal::Term,
        "1" | "HUP" => Signal::Hup,
        "0" => Signal::Nothing,
        _ => return None,
    })
}

fn send(call: &mut Call<'_>, pid: u32, signal: &Signal) {
    let device = call.session.device;
    match signal {
        Signal::Kill => units::signal(call.world, device, pid, true),
        Signal::Term => units::signal(call.world, device, pid, false),
        Signal::Hup | Signal::Nothing => {}
    }
}

fn kill(call: &mut Call<'_>, args: &[String]) -> Done {
    let mut wanted = Signal::Term;
    let mut pids = Vec::new();
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        if arg == "-s" {
            let name = rest.next().cloned().unwrap_or_default();
            let Some(found) = signal(&name) else {
                return Done::failed(1, format!("bash: kill: {name}: invalid signal specification\n"));
            };
            wanted = found;
        } else if let Some(name) = arg.strip_prefix('-') {
            let Some(found) = signal(name) else {
                return Done::failed(1, format!("bash: kill: {name}: invalid signal specification\n"));
            };
            wanted = found;
        } else {
            pids.push(arg.clone());
        }
    }
    if pids.is_empty() {
        return Done::failed(2, "kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\n");
    }
    let mut done = Done::default();
    for pid in pids {
        let Ok(number) = pid.parse::<u32>() else {
            done.complain(1, format!("bash: kill: {pid}: arguments must be process or job IDs\n"));
            continue;
        };
        let Some(process) = call.linux().processes.iter().find(|process| process.pid == number).cloned() else {
            done.complain(1, format!("bash: kill: ({pid}) - No such process\n"));
            continue;
        };
        if !may_signal(call, &process) {
            done.complain(1, format!("bash: kill: ({pid}) - Operation not permitted\n"));
        } else if number != 1 {
            send(call, number, &wanted);
        }
    }
    done
}

fn pkill(call: &mut Call<'_>, args: &[String]) -> Done {
    let mut wanted = Signal::Term;
    let (mut user, mut name, mut whole) = (None, None, false);
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        match arg.as_str() {
            "-u" | "-U" => user = rest.next().cloned(),
            "-f" => whole = true,
            "-x" | "-e" => {}
            other => match other.strip_prefix('-') {
                Some(text) => match signal(text) {
                    Some(found) => wanted = found,
                    None => return Done::failed(2, format!("pkill: invalid option -- '{text}'\n")),
                },
                None => name = Some(other.to_owned()),
            },
        }
    }
    if user.is_none() && name.is_none() {
        return Done::failed(2, "pkill: no matching criteria specified\nTry `pkill --help' for more information.\n");
    }
    let fits = |process: &&Process| {
        user.as_ref().is_none_or(|user| process.user == *user)
            && name.as_ref().is_none_or(|name| if whole { process.command.contains(name) } else { short(process).contains(name) })
            && process.pid != 1
    };
    let found: Vec<Process> = call.linux().processes.iter().filter(fits).cloned().collect();
    if name.is_none() && call.is_root() {
        // Ending everything of a person ends the sign-in too.
        call.linux_mut().logins.retain(|login| user.as_ref() != Some(&login.user));
    }
    let mut done = Done { exit: i32::from(found.is_empty()), ..Done::default() };
    for process in found {
        if may_signal(call, &process) {
            send(call, process.pid, &wanted);
        } else {
            done.complain(1, format!("pkill: killing pid {} failed: Operation not permitted\n", process.pid));
        }
    }
    done
}

fn pgrep(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "u");
    let Some(name) = names.first() else {
        return Done::failed(2, "pgrep: no matching criteria specified\nTry `pgrep --help' for more information.\n");
    };
    let whole = has(&given, &["f"]);
    let mut out = String::new();
    for process in &call.linux().processes {
        let fits = if whole { process.command.contains(name.as_str()) } else { short(process).contains(name.as_str()) };
        if fits && value(&given, &["u"]).is_none_or(|user| process.user == user) {
            let shown = if has(&given, &["a"]) {
                format!(" {}", process.command)
            } else if has(&given, &["l"]) {
                format!(" {}", short(process))
            } else {
                String::new()
            };
            let _ = writeln!(out, "{}{shown}", process.pid);
        }
    }
    Done { exit: i32::from(out.is_empty()), out, ..Done::default() }
}

/// A number that stands for a file as long as its path does: the model keeps no inode numbers.
pub fn inode(path: &str) -> u64 {
    crate::hash::fnv1a(path.as_bytes()) % 1_000_000 + 12
}

/// Open files: all of them, `+L1` for those without a name, or those below a path.
fn lsof(call: &mut Call<'_>, args: &[String]) -> Done {
    let deleted_only = args.iter().any(|arg| arg == "+L1" || arg == "+aL1");
    if args.iter().any(|arg| arg.starts_with("-i")) {
        return super::sockets::lsof(call);
    }
    let mut rest = args.iter();
    let (mut names, mut pid) = (Vec::new(), None);
    while let Some(arg) = rest.next() {
        match arg.as_str() {
            "-p" => pid = rest.next().and_then(|pid| pid.parse::<u32>().ok()),
            "+L1" | "+aL1" | "-n" | "-P" | "-nP" => {}
            "+D" | "+d" => names.extend(rest.next().map(|name| call.path(name))),
            option if option.starts_with(['-', '+']) => return call.not_modelled(&format!("lsof {option}")),
            name => names.push(call.path(name)),
        }
    }
    let mut rows = Vec::new();
    for process in
        call.linux().processes.iter().filter(|process| may_signal(call, process) && pid.is_none_or(|pid| pid == process.pid))
    {
        let open = process
            .open
            .iter()
            .map(|path| (path.clone(), linux_files::entry(call.linux(), path).map_or(0, |file| linux_files::bytes(&file)), 1));
        let gone = process.deleted_open.iter().map(|(path, kib)| (path.clone(), kib * 1024, 0));
        for (at, (path, bytes, links)) in gone.chain(open).enumerate() {
            let near = names.is_empty() || names.iter().any(|name| path::is_within(&path, name));
            if near && (!deleted_only || links == 0) {
                rows.push((process, at + 3, path, bytes, links));
            }
        }
    }
    if rows.is_empty() {
        return Done { exit: 1, ..Done::default() };
    }
    let mut out = String::new();
    let link_head = if deleted_only { " NLINK" } else { "" };
    let _ =
        writeln!(out, "{:<9} {:>6} {:>9} {:>4}   TYPE DEVICE   SIZE/OFF{link_head}    NODE NAME", "COMMAND", "PID", "USER", "FD");
    for (process, handle, path, bytes, links) in rows {
        let device = linux_files::mount_of(call.linux(), &path)
            .map_or("0,0".to_owned(), |mount| super::disks::numbers(&mount.source).replace(':', ","));
        let name: String = short(process).chars().take(9).collect();
        let mark = if links == 0 { " (deleted)" } else { "" };
        let links = if deleted_only { format!(" {links:>5}") } else { String::new() };
        let _ = writeln!(
            out,
            "{name:<9} {:>6} {:>9} {:>4}    REG {device:>6} {bytes:>10}{links} {:>7} {path}{mark}",
            process.pid,
            process.user,
            format!("{handle}w"),
            inode(&path)
        );
    }
    Done::ok(out)
}
