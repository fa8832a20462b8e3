//! Time and schedules: `date`, `timedatectl`, `crontab`.

use std::fmt::Write;

use super::call::{Call, Done, has, options, value};
use super::{Command, command};
use crate::text;
use crate::time::{Civil, MONTHS, Time, WEEKDAYS};

pub const COMMANDS: &[Command] =
    &[command("date", "", date), command("timedatectl", "", timedatectl), command("crontab", "", crontab)];

fn name(names: &'static [&'static str], at: u8, letters: usize) -> &'static str {
    names.get(usize::from(at)).and_then(|name| name.get(..letters)).unwrap_or_default()
}

/// `Tue Nov 24 18:53:33 UTC 2026`.
fn plain(civil: Civil, zone: &str) -> String {
    format!(
        "{} {} {:>2} {:02}:{:02}:{:02} {zone} {}",
        name(&WEEKDAYS, civil.weekday, 3),
        name(&MONTHS, civil.month.saturating_sub(1), 3),
        civil.day,
        civil.hour,
        civil.minute,
        civil.second,
        civil.year
    )
}

fn date(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "sd");
    if has(&given, &["d", "r"]) {
        return call.not_modelled("date of another time (-d, -r)");
    }
    if let Some(wanted) = value(&given, &["s", "--set"]).map(str::to_owned) {
        return set(call, &wanted);
    }
    let (civil, zone) = if has(&given, &["u", "--utc"]) {
        (call.now().civil(), "UTC".to_owned())
    } else {
        (call.local(call.world.now), call.zone())
    };
    match names.first().and_then(|format| format.strip_prefix('+')) {
        Some(format) => Done::ok(formatted(format, civil, &zone, call.now()) + "\n"),
        None if names.is_empty() => Done::ok(plain(civil, &zone) + "\n"),
        None => Done::failed(1, format!("date: invalid date '{}'\n", names.join(" "))),
    }
}

fn formatted(format: &str, civil: Civil, zone: &str, at: Time) -> String {
    let mut out = String::new();
    let mut chars = format.chars();
    while let Some(c) = chars.next() {
        if c != '%' {
            out.push(c);
            continue;
        }
        let _ = match chars.next() {
            Some('Y') => write!(out, "{}", civil.year),
            Some('m') => write!(out, "{:02}", civil.month),
            Some('d') => write!(out, "{:02}", civil.day),
            Some('H') => write!(out, "{:02}", civil.hour),
            Some('M') => write!(out, "{:02}", civil.minute),
            Some('S') => write!(out, "{:02}", civil.second),
            Some('F') => write!(out, "{}-{:02}-{:02}", civil.year, civil.month, civil.day),
            Some('T') => write!(out, "{:02}:{:02}:{:02}", civil.hour, civil.minute, civil.second),
            Some('R') => write!(out, "{:02}:{:02}", civil.hour, civil.minute),
            Some('a') => write!(out, "{}", name(&WEEKDAYS, civil.weekday, 3)),
            Some('b') => write!(out, "{}", name(&MONTHS, civil.month.saturating_sub(1), 3)),
            Some('Z') => write!(out, "{zone}"),
            Some('s') => write!(out, "{}", at.0 / 1000),
            Some('%') | None => write!(out, "%"),
            Some(other) => write!(out, "%{other}"),
        };
    }
    out
}

/// `2026-11-24 18:53[:33]` in the machine's zone.
fn parse(call: &Call<'_>, text: &str) -> Option<Time> {
    let (date, clock) = text.split_once([' ', 'T']).map_or_else(
        || if text.contains(':') { (None, text) } else { (Some(text), "00:00:00") },
        |(date, clock)| (Some(date), clock),
    );
    let now = call.local(call.world.now);
    let (year, month, day) = match date {
        None => (now.year, now.month, now.day),
        Some(date) => {
            let mut parts = date.split('-');
            (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?)
        }
    };
    let mut parts = clock.split(':');
    let (hour, minute) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let second: u64 = parts.next().unwrap_or("0").parse().ok()?;
    let sound = (1970..3000).contains(&year)
        && (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && hour < 24
        && minute < 60
        && second < 60;
    let local = sound.then(|| Time::from_civil(year, month, day, hour, minute) + crate::time::Span::seconds(second))?;
    Some(local.shifted(-i64::from(call.world.zone_minutes) * 60_000))
}

fn set(call: &mut Call<'_>, wanted: &str) -> Done {
    let Some(at) = parse(call, wanted) else { return Done::failed(1, format!("date: invalid date '{wanted}'\n")) };
    let shown = plain(at.shifted(i64::from(call.world.zone_minutes) * 60_000).civil(), &call.zone());
    if !call.is_root() {
        return Done { out: shown + "\n", err: "date: cannot set date: Operation not permitted\n".to_owned(), exit: 1 };
    }
    set_clock(call, at);
    Done::ok(shown + "\n")
}

fn set_clock(call: &mut Call<'_>, at: Time) {
    let signed = |time: Time| i64::try_from(time.0).unwrap_or(i64::MAX);
    let offset = signed(at).saturating_sub(signed(call.world.now));
    call.linux_mut().clock_offset = offset;
}

fn timedatectl(call: &mut Call<'_>, args: &[String]) -> Done {
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let changes = matches!(words.first(), Some(&("set-ntp" | "set-time" | "set-timezone")));
    if changes && !call.is_root() {
        return Done::failed(1, "Failed to set time: Interactive authentication required.\n");
    }
    match words.as_slice() {
        [] | ["status"] => timedate_status(call),
        ["set-ntp", word] => {
            let on = matches!(*word, "true" | "yes" | "on" | "1");
            call.linux_mut().ntp = on;
            if on
                && call
                    .linux()
                    .units
                    .get("chrony.service")
                    .is_none_or(|unit| unit.state == crate::world::linux::UnitState::Active)
            {
                // chrony steps the clock in the first updates (makestep 1 3, Debian's default).
                call.linux_mut().clock_offset = 0;
            }
            Done::default()
        }
        ["set-time", wanted] => {
            if call.linux().ntp {
                return Done::failed(1, "Failed to set time: Automatic time synchronization is enabled\n");
            }
            match parse(call, wanted) {
                Some(at) => {
                    set_clock(call, at);
                    Done::default()
                }
                None => Done::failed(1, format!("Failed to parse time specification '{wanted}': Invalid argument\n")),
            }
        }
        ["set-timezone", ..] => call.not_modelled("time zones of single machines"),
        [other, ..] => Done::failed(1, format!("Unknown command verb {other}.\n")),
    }
}

fn timedate_status(call: &Call<'_>) -> Done {
    let (local, utc) = (call.local(call.world.now), call.now().civil());
    let line = |civil: Civil| format!("{} {}", name(&WEEKDAYS, civil.weekday, 3), text::iso(civil));
    let minutes = call.world.zone_minutes;
    let sign = if minutes < 0 { '-' } else { '+' };
    let (hours, rest) = (minutes.unsigned_abs() / 60, minutes.unsigned_abs() % 60);
    let zone = call.zone();
    let zone_name =
        if minutes == 0 { "Etc/UTC".to_owned() } else { format!("Etc/GMT{}{hours}", if minutes < 0 { '+' } else { '-' }) };
    let linux = call.linux();
    let keeper = linux.units.get("chrony.service").is_none_or(|unit| unit.state == crate::world::linux::UnitState::Active);
    let synchronised = if linux.ntp && keeper && linux.clock_offset.abs() < 1000 { "yes" } else { "no" };
    let service = if linux.ntp && keeper { "active" } else { "inactive" };
    let mut out = String::new();
    let _ = writeln!(out, "               Local time: {} {zone}", line(local));
    let _ = writeln!(out, "           Universal time: {} UTC", line(utc));
    let _ = writeln!(out, "                 RTC time: {}", line(utc));
    let _ = writeln!(out, "                Time zone: {zone_name} ({zone}, {sign}{hours:02}{rest:02})");
    let _ = writeln!(out, "System clock synchronized: {synchronised}");
    let _ = writeln!(out, "              NTP service: {service}");
    let _ = writeln!(out, "          RTC in local TZ: no");
    Done::ok(out)
}

fn crontab(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "u");
    if value(&given, &["u"]).is_some() && !call.is_root() {
        return Done::failed(1, "must be privileged to use -u\n");
    }
    let user = value(&given, &["u"]).map_or_else(|| call.user(), str::to_owned);
    if call.linux().accounts.user(&user).is_none() && user != "root" {
        return Done::failed(1, format!("crontab:  user `{user}' unknown\n"));
    }
    let own = |job: &&crate::world::linux::CronJob| job.user == user;
    if has(&given, &["l"]) {
        let lines: Vec<String> =
            call.linux().cron.iter().filter(own).map(|job| format!("{} {}\n", job.schedule, job.command)).collect();
        return if lines.is_empty() { Done::failed(1, format!("no crontab for {user}\n")) } else { Done::ok(lines.concat()) };
    }
    if has(&given, &["r"]) {
        call.linux_mut().cron.retain(|job| job.user != user);
        return Done::default();
    }
    if has(&given, &["e"]) {
        return call.not_modelled("the editor of crontab -e; give the new table with: crontab FILE, or: … | crontab -");
    }
    let (text, done) = call.input("crontab", &names);
    if done.exit != 0 || (names.is_empty() && text.is_empty()) {
        return done;
    }
    install(call, &user, &text)
}

/// Replaces the table of a user. Jobs that stay keep what is known of their last run.
fn install(call: &mut Call<'_>, user: &str, text: &str) -> Done {
    let mut jobs = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let fields: Vec<&str> = line.split_whitespace().collect();
        let (schedule, command) =
            if line.starts_with('@') { fields.split_at(1.min(fields.len())) } else { fields.split_at(5.min(fields.len())) };
        if command.is_empty() {
            return Done::failed(1, format!("\"-\":{}: bad minute\nerrors in crontab file, can't install.\n", at + 1));
        }
        let (schedule, command) = (schedule.join(" "), command.join(" "));
        let known =
            call.linux().cron.iter().find(|job| job.user == user && job.schedule == schedule && job.command == command).cloned();
        jobs.push(known.unwrap_or(crate::world::linux::CronJob {
            user: user.to_owned(),
            schedule,
            command,
            last_run: None,
            last_ok: true,
        }));
    }
    let linux = call.linux_mut();
    linux.cron.retain(|job| job.user != user);
    linux.cron.extend(jobs);
    Done::default()
}
