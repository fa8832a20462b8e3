//! What a command gets and gives back.

use crate::machine::linux_files::generated;
use crate::machine::linux_files::path;
use crate::machine::linux_files::{self, Actor, FileError, READ, Written};
use crate::shell::Session;
use crate::time::{Civil, Time};
use crate::world::World;
use crate::world::device::{Device, System};
use crate::world::linux::Linux;

/// What a command printed, on two streams.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Done {
    pub out: String,
    pub err: String,
    pub exit: i32,
}

impl Done {
    pub fn ok(out: impl Into<String>) -> Self {
        Self { out: out.into(), ..Self::default() }
    }

    pub fn failed(exit: i32, err: impl Into<String>) -> Self {
        Self { err: err.into(), exit, ..Self::default() }
    }

    /// Adds another part; the last failure gives the exit status.
    pub fn add(&mut self, other: Self) {
        let Self { out, err, exit } = other;
        self.out += &out;
        self.err += &err;
        if exit != 0 {
            self.exit = exit;
        }
    }

    /// A complaint beside what is printed.
    pub fn complain(&mut self, exit: i32, err: impl AsRef<str>) {
        self.err.push_str(err.as_ref());
        self.exit = exit;
    }
}

/// One command as it runs.
pub struct Call<'a> {
    pub world: &'a mut World,
    pub session: &'a mut Session,
    /// What a pipe or `<` gives it.
    pub stdin: Option<String>,
    /// Its output goes into a pipe or a file, not to the screen.
    pub piped: bool,
    /// The shell does not wait for it.
    pub background: bool,
    /// Stands in where the device is no Linux machine; [`super::run`] has seen to it that it is.
    spare: Linux,
}

/// The home folder of an account, or `/`.
pub fn home(linux: &Linux, user: &str) -> String {
    if user == "root" {
        return "/root".to_owned();
    }
    linux.accounts.user(user).map_or_else(|| "/".to_owned(), |user| user.home.clone())
}

impl<'a> Call<'a> {
    pub fn new(world: &'a mut World, session: &'a mut Session) -> Self {
        Self { world, session, stdin: None, piped: false, background: false, spare: Linux::default() }
    }

    pub fn device(&self) -> &Device {
        self.world.device(self.session.device)
    }

    pub fn device_mut(&mut self) -> &mut Device {
        self.world.device_mut(self.session.device)
    }

    pub fn linux(&self) -> &Linux {
        match &self.world.device(self.session.device).system {
            System::Linux(linux) => linux,
            _ => &self.spare,
        }
    }

    pub fn linux_mut(&mut self) -> &mut Linux {
        match &mut self.world.device_mut(self.session.device).system {
            System::Linux(linux) => linux,
            _ => &mut self.spare,
        }
    }

    pub fn is_root(&self) -> bool {
        self.session.elevated || self.session.user == "root"
    }

    /// Whose name files get and `id` shows.
    pub fn user(&self) -> String {
        if self.is_root() { "root".to_owned() } else { self.session.user.clone() }
    }

    pub fn home(&self) -> String {
        home(self.linux(), &self.user())
    }

    pub fn actor(&self) -> Actor {
        if self.is_root() {
            return Actor::root();
        }
        Actor { user: self.session.user.clone(), groups: self.session.bash.groups.clone().unwrap_or_default() }
    }

    pub fn path(&self, name: &str) -> String {
        path::absolute(&self.session.folder, &self.home(), name)
    }

    /// The machine's own clock, in UTC.
    pub fn now(&self) -> Time {
        self.world.now.shifted(self.linux().clock_offset)
    }

    /// A moment of the world as this machine shows it: with its clock's error and its zone.
    pub fn local(&self, at: Time) -> Civil {
        at.shifted(self.linux().clock_offset).shifted(i64::from(self.world.zone_minutes) * 60_000).civil()
    }

    /// `UTC`, or `+01` and `+0530` as zones without a name are printed.
    pub fn zone(&self) -> String {
        zone(self.world.zone_minutes)
    }

    /// The text of a file, if the actor may read it.
    pub fn read(&self, name: &str) -> Result<String, FileError> {
        let path = self.path(name);
        let file = linux_files::open(self.linux(), &path, &self.actor(), READ)?;
        if file.folder {
            return Err(FileError::IsFolder);
        }
        Ok(generated::text(self.world, self.session.device, &path).unwrap_or(file.text))
    }

    /// Writes a file as the actor. Generated files take what the model can hold.
    pub fn write(&mut self, name: &str, text: &str, append: bool) -> Result<(), FileError> {
        let path = self.path(name);
        if path == "/dev/null" {
            return Ok(());
        }
        let (actor, now) = (self.actor(), self.now());
        if path == "/etc/hosts" {
            linux_files::open(self.linux(), &path, &actor, linux_files::WRITE)?;
            let old =
                if append { generated::text(self.world, self.session.device, &path).unwrap_or_default() } else { String::new() };
            self.set_hosts(&(old + text));
            return Ok(());
        }
        if generated::entry(&path).is_some() {
            linux_files::open(self.linux(), &path, &actor, linux_files::WRITE)?;
            self.world.note_not_modelled(format!("writing {path}"));
            return Err(FileError::ReadOnly);
        }
        linux_files::write(self.linux_mut(), &path, &actor, &Written { text, append, now })
    }

    fn set_hosts(&mut self, text: &str) {
        let own = generated::host_name(self.device());
        let mut hosts = Vec::new();
        for line in text.lines() {
            let mut fields = line.split('#').next().unwrap_or_default().split_whitespace();
            let Some(ip) = fields.next().and_then(|ip| ip.parse::<std::net::Ipv4Addr>().ok()) else { continue };
            hosts.extend(
                fields
                    .filter(|name| *name != "localhost" && (*name != own || !ip.is_loopback()))
                    .map(|name| (ip, name.to_owned())),
            );
        }
        self.device_mut().stack.resolver.hosts = hosts;
    }

    /// Says that the simulation does not hold this, and tells the authors.
    pub fn not_modelled(&mut self, what: &str) -> Done {
        let output = crate::shell::Output::not_modelled(self.world, what);
        Done::failed(output.exit, output.text)
    }

    /// Writes a line of a program into the journal.
    pub fn log(&mut self, unit: &str, identifier: &str, priority: u8, text: &str) {
        crate::machine::units::log(self.world, self.session.device, unit, identifier, priority, text);
    }

    /// The text to work on: the named files, or what the pipe gives. Complaints name the program.
    pub fn input(&mut self, program: &str, names: &[String]) -> (String, Done) {
        let mut done = Done::default();
        if names.is_empty() {
            return (self.stdin.take().unwrap_or_default(), done);
        }
        let mut text = String::new();
        for name in names {
            if name == "-" {
                text.push_str(&self.stdin.take().unwrap_or_default());
                continue;
            }
            match self.read(name) {
                Ok(read) => text.push_str(&read),
                Err(error) => done.complain(1, format!("{program}: {name}: {}\n", error.text())),
            }
        }
        (text, done)
    }
}

pub fn zone(minutes: i32) -> String {
    if minutes == 0 {
        return "UTC".to_owned();
    }
    let sign = if minutes < 0 { '-' } else { '+' };
    let (hours, rest) = (minutes.unsigned_abs() / 60, minutes.unsigned_abs() % 60);
    if rest == 0 { format!("{sign}{hours:02}") } else { format!("{sign}{hours:02}{rest:02}") }
}

/// Adds a line to what is printed.
pub fn push_line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

/// Splits arguments into single-letter and long options and the rest. `--` ends the options. Letters in `with_value` take the
/// next argument, or the rest of their own.
pub fn options(args: &[String], with_value: &str) -> (Vec<(String, String)>, Vec<String>) {
    let (mut found, mut rest) = (Vec::new(), Vec::new());
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        if arg == "--" {
            rest.extend(args.cloned());
            break;
        }
        if let Some(long) = arg.strip_prefix("--") {
            let (name, value) = long.split_once('=').unwrap_or((long, ""));
            found.push((format!("--{name}"), value.to_owned()));
        } else if let Some(letters) = arg.strip_prefix('-').filter(|letters| !letters.is_empty()) {
            for (at, letter) in letters.char_indices() {
                if with_value.contains(letter) {
                    let own = arg.get(at + 1 + letter.len_utf8()..).unwrap_or_default();
                    let value = if own.is_empty() { args.next().cloned().unwrap_or_default() } else { own.to_owned() };
                    found.push((letter.to_string(), value));
                    break;
                }
                found.push((letter.to_string(), String::new()));
            }
        } else {
            rest.push(arg.clone());
        }
    }
    (found, rest)
}

/// Whether one of these options is there.
pub fn has(options: &[(String, String)], names: &[&str]) -> bool {
    options.iter().any(|(name, _)| names.contains(&name.as_str()))
}

/// The last value given for one of these options.
pub fn value<'a>(options: &'a [(String, String)], names: &[&str]) -> Option<&'a str> {
    options.iter().rev().find(|(name, _)| names.contains(&name.as_str())).map(|(_, value)| value.as_str())
}

/// An option that the tool does not know, as GNU programs say it; `None` where all are known.
pub fn stranger(program: &str, options: &[(String, String)], known: &[&str]) -> Option<Done> {
    let (name, _) = options.iter().find(|(name, _)| !known.contains(&name.as_str()))?;
    let complaint = match name.strip_prefix("--") {
        Some(_) => format!("{program}: unrecognized option '{name}'\n"),
        None => format!("{program}: invalid option -- '{name}'\n"),
    };
    Some(Done::failed(2, format!("{complaint}Try '{program} --help' for more information.\n")))
}

/// `1.5G`, as `ls -h`, `du -h` and `df -h` round: up, with one decimal below ten. `kib` is in KiB.
pub fn human(kib: u64) -> String {
    human_bytes(kib.saturating_mul(1024))
}

pub fn human_bytes(bytes: u64) -> String {
    const UNITS: [char; 5] = ['K', 'M', 'G', 'T', 'P'];
    if bytes < 1024 {
        return bytes.to_string();
    }
    let mut unit = 1024_u64;
    let mut letter = 'K';
    for next in UNITS {
        letter = next;
        if bytes.div_ceil(unit) < 1024 || next == 'P' {
            break;
        }
        unit = unit.saturating_mul(1024);
    }
    let tenths = bytes.saturating_mul(10).div_ceil(unit);
    if tenths < 100 { format!("{}.{}{letter}", tenths / 10, tenths % 10) } else { format!("{}{letter}", bytes.div_ceil(unit)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_rounded_up_as_the_tools_do() {
        for (kib, expected) in [(0, "0"), (4, "4.0K"), (1024, "1.0M"), (1536, "1.5M"), (10_300, "11M"), (20_971_520, "20G")] {
            assert_eq!(human(kib), expected, "{kib}");
        }
    }

    #[test]
    fn options_are_split_like_getopt() {
        let args: Vec<String> = ["-la", "-n5", "-u", "ssh", "--human-readable", "x", "--", "-y"].map(str::to_owned).to_vec();
        let (found, rest) = options(&args, "nu");
        assert!(has(&found, &["l"]) && has(&found, &["a"]) && has(&found, &["--human-readable"]));
        assert_eq!((value(&found, &["n"]), value(&found, &["u"])), (Some("5"), Some("ssh")));
        assert_eq!(rest, ["x", "-y"]);
    }
}
