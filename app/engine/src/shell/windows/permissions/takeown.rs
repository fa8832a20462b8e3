//! `takeown`.

use std::fmt::Write;

use super::{below, own_name, right};
use crate::shell::windows::disk;
use crate::shell::{Output, Session};
use crate::world::World;
use crate::world::files::Right;

const HINT: &str = "Type \"TAKEOWN /?\" for usage.\n";
const USAGE: &str = "\nTAKEOWN /F filename [/A] [/R [/D prompt]]\n\n    /F  the file or folder\n    /A  gives ownership to the administrators group instead of the current user\n    /R  also on everything below the folder\n    /D  the answer where a folder may not be listed: Y takes it too, N skips it\n";

pub fn run(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    let (mut path, mut group, mut deep) = (None, false, false);
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        match word.to_lowercase().as_str() {
            "/f" => path = words.next(),
            "/a" => group = true,
            "/r" => deep = true,
            "/d" => _ = words.next(),
            "/?" => return Output::ok(USAGE),
            "/s" | "/u" | "/p" | "/skipsl" => return Output::not_modelled(world, &format!("takeown {word}")),
            _ => return Output::failed(1, format!("ERROR: Invalid argument/option - '{word}'.\n{HINT}")),
        }
    }
    let Some(path) = path else {
        return Output::failed(1, format!("ERROR: Invalid syntax. Mandatory option '/F' is missing.\n{HINT}"));
    };
    let spot = match disk::locate(world, session, path) {
        Ok(spot) if disk::is_folder(world, &spot) || disk::is_file(world, &spot) => spot,
        Ok(_) => return Output::failed(1, "ERROR: The system cannot find the file specified.\n"),
        Err(error) => return Output::failed(1, format!("ERROR: {}\n", error.text())),
    };
    if group && !session.elevated {
        return Output::failed(1, "ERROR: The current logged on user does not have administrative privileges.\n");
    }
    let spots = if deep { below(world, &spot) } else { vec![spot] };
    let who = if group { "the administrators group".to_owned() } else { format!("user \"{}\"", own_name(world, session)) };
    let name = if group { "Administrators".to_owned() } else { session.user.clone() };
    let mut text = String::from("\n");
    for one in spots {
        // The privilege of administrators, or full control of the file.
        if !session.elevated && right(world, session, &one) < Right::Full {
            return Output::failed(
                1,
                format!(
                    "ERROR: The current logged on user does not have ownership privileges on\n       the file (or folder) \"{}\".\n",
                    one.shown
                ),
            );
        }
        disk::set_access(world, &one, None, Some(&name));
        let _ = writeln!(text, "SUCCESS: The file (or folder): \"{}\" now owned by {who}.", one.shown);
    }
    Output::ok(text)
}
