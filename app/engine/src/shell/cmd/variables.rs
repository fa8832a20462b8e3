//! Environment variables: those of the machine and the sign-in, and what the session has set.

use crate::shell::Session;
use crate::sorted::Map;
use crate::world::World;

/// All of them by their name as it is written.
#[must_use]
pub fn all(world: &World, session: &Session) -> Map<String, String> {
    let device = world.device(session.device);
    let computer = device.name.to_uppercase();
    let joined = device.windows().and_then(|windows| windows.joined.as_ref());
    let short = |domain: &str| domain.split('.').next().unwrap_or_default().to_uppercase();
    let domain = joined.map_or_else(|| computer.clone(), |joined| short(&joined.domain));
    let home = format!("C:\\Users\\{}", session.user);
    let mut found: Map<String, String> = [
        ("ALLUSERSPROFILE", "C:\\ProgramData".to_owned()),
        ("APPDATA", format!("{home}\\AppData\\Roaming")),
        ("COMPUTERNAME", computer),
        ("ComSpec", "C:\\Windows\\system32\\cmd.exe".to_owned()),
        ("HOMEDRIVE", "C:".to_owned()),
        ("HOMEPATH", format!("\\Users\\{}", session.user)),
        ("LOCALAPPDATA", format!("{home}\\AppData\\Local")),
        ("NUMBER_OF_PROCESSORS", device.hardware.cpu.cores.to_string()),
        ("OS", "Windows_NT".to_owned()),
        ("Path", "C:\\Windows\\system32;C:\\Windows;C:\\Windows\\System32\\Wbem".to_owned()),
        ("PATHEXT", ".COM;.EXE;.BAT;.CMD;.VBS;.VBE;.JS;.JSE;.WSF;.WSH;.MSC".to_owned()),
        ("ProgramFiles", "C:\\Program Files".to_owned()),
        ("SystemDrive", "C:".to_owned()),
        ("SystemRoot", "C:\\Windows".to_owned()),
        ("TEMP", format!("{home}\\AppData\\Local\\Temp")),
        ("TMP", format!("{home}\\AppData\\Local\\Temp")),
        ("USERDOMAIN", domain),
        ("USERNAME", session.user.clone()),
        ("USERPROFILE", home),
        ("windir", "C:\\Windows".to_owned()),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect();
    if let Some(joined) = joined {
        found.insert("USERDNSDOMAIN".to_owned(), joined.domain.to_uppercase());
        let controller = world.devices.iter().find(|device| device.roles.directory.is_some());
        if let Some(controller) = controller {
            found.insert("LOGONSERVER".to_owned(), format!("\\\\{}", controller.name.to_uppercase()));
        }
    }
    for (name, value) in &session.windows.variables {
        found.retain(|known, _| !known.eq_ignore_ascii_case(name));
        if !value.is_empty() {
            found.insert(name.clone(), value.clone());
        }
    }
    found
}

#[must_use]
pub fn get(world: &World, session: &Session, name: &str) -> Option<String> {
    all(world, session).into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// Puts the values in place of `%NAME%`; an unknown name stays as it is, as at the prompt of `cmd`.
#[must_use]
pub fn expand(world: &World, session: &Session, line: &str) -> String {
    if !line.contains('%') {
        return line.to_owned();
    }
    let mut done = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('%') {
        done.push_str(before);
        let known = after.split_once('%').and_then(|(name, tail)| Some((get(world, session, name)?, tail)));
        if let Some((value, tail)) = known {
            done.push_str(&value);
            rest = tail;
        } else {
            done.push('%');
            rest = after;
        }
    }
    done.push_str(rest);
    done
}
