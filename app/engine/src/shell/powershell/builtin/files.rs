//! Files read and listed: `Get-ChildItem`, `Get-Content`, `Set-Location`, `Test-Path`.

use super::super::call::{Call, Cmdlet, Parameter};
use super::super::object::{Answer, Column, Failure, Object, Value, View};
use super::super::spot;
use crate::shell::Session;
use crate::shell::cmd::wildcard;
use crate::shell::windows::disk::{self, DiskError, Listed, Spot};
use crate::shell::windows::network::adapters::local_time;
use crate::world::World;
use crate::world::files::Right;

pub const CMDLETS: &[Cmdlet] = &[
    Cmdlet {
        name: "Get-ChildItem",
        parameters: &[
            Parameter::positional("Path"),
            Parameter::positional("Filter"),
            Parameter::switch("Recurse"),
            Parameter::switch("Force"),
            Parameter::switch("File"),
            Parameter::switch("Directory"),
            Parameter::switch("Name"),
        ],
        run: children,
    },
    Cmdlet { name: "Get-Item", parameters: &[Parameter::positional("Path")], run: item },
    Cmdlet {
        name: "Get-Content",
        parameters: &[
            Parameter::positional("Path"),
            Parameter::named("TotalCount"),
            Parameter::named("Tail"),
            Parameter::switch("Raw"),
        ],
        run: content,
    },
    Cmdlet { name: "Set-Location", parameters: &[Parameter::positional("Path")], run: set_location },
    Cmdlet { name: "Get-Location", parameters: &[], run: location },
    Cmdlet { name: "Test-Path", parameters: &[Parameter::positional("Path")], run: test_path },
];

const COLUMNS: &[Column] = &[
    Column::left("Mode", 13),
    Column::right("LastWriteTime", 26).of("Written"),
    Column::right("Length", 14),
    Column::left("Name", 0),
];

/// An error of a path in the words of the file system provider.
pub fn failure(error: DiskError, path: &str, session: &Session, cmdlet: &str) -> Failure {
    let full = disk::absolute(session, path);
    let class = cmdlet.replace('-', "");
    match error {
        DiskError::Denied => Failure::new(
            format!("Access to the path '{full}' is denied."),
            format!("PermissionDenied: ({full}:String) [{cmdlet}], UnauthorizedAccessException"),
            format!("UnauthorizedAccess,Microsoft.PowerShell.Commands.{class}Command"),
        ),
        DiskError::DriveNotFound => {
            let drive = full.split(':').next().unwrap_or_default();
            Failure::new(
                format!("Cannot find drive. A drive with the name '{drive}' does not exist."),
                format!("ObjectNotFound: ({drive}:String) [{cmdlet}], DriveNotFoundException"),
                format!("DriveNotFound,Microsoft.PowerShell.Commands.{class}Command"),
            )
        }
        DiskError::Exists => Failure::new(
            format!("An item with the specified name {full} already exists."),
            format!("ResourceExists: ({full}:String) [{cmdlet}], IOException"),
            format!("DirectoryExist,Microsoft.PowerShell.Commands.{class}Command"),
        ),
        _ => Failure::new(
            format!("Cannot find path '{full}' because it does not exist."),
            format!("ObjectNotFound: ({full}:String) [{cmdlet}], ItemNotFoundException"),
            format!("PathNotFound,Microsoft.PowerShell.Commands.{class}Command"),
        ),
    }
}

fn object(world: &World, session: &Session, at: &Spot, one: &Listed) -> Object {
    let modified = local_time(world, session.device, one.modified);
    let date = modified.civil();
    let hour = if date.hour.is_multiple_of(12) { 12 } else { date.hour % 12 };
    let half = if date.hour < 12 { "AM" } else { "PM" };
    let written = format!("{:>2}/{}/{}  {hour:>2}:{:02} {half}", date.month, date.day, date.year, date.minute);
    let length = if one.folder { Value::Empty } else { Value::from(one.size) };
    Object::new()
        .with("Name", one.name.clone())
        .with("Mode", if one.folder { "d-----" } else { "-a----" })
        .with("LastWriteTime", Value::Time(modified))
        .with("Length", length)
        .with("FullName", at.below(&one.name).shown)
        .with("PSIsContainer", one.folder)
        .with("Written", written)
}

fn children(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let path = call.text("Path").unwrap_or(".").to_owned();
    let found = match spot(world, session, &path) {
        Ok(found) => found,
        Err(error) => return Answer::failed(failure(error, &path, session, "Get-ChildItem")),
    };
    let (folder, pattern) = if disk::is_folder(world, &found) {
        (found, call.text("Filter").unwrap_or("*").to_owned())
    } else {
        let exists = disk::is_file(world, &found) || wildcard::is_pattern(found.name());
        match found.parent().filter(|parent| exists && disk::is_folder(world, parent)) {
            Some(parent) => (parent, found.name().to_owned()),
            None => return Answer::failed(failure(DiskError::NotFound, &path, session, "Get-ChildItem")),
        }
    };
    if folder.right(world, session) < Right::Read {
        return Answer::failed(failure(DiskError::Denied, &folder.shown, session, "Get-ChildItem"));
    }
    let mut objects = Vec::new();
    let mut open = vec![folder.clone()];
    while let Some(at) = open.pop() {
        for one in disk::list(world, &at) {
            if one.folder && call.has("Recurse") {
                open.push(at.below(&one.name));
            }
            let wanted = !(call.has("File") && one.folder || call.has("Directory") && !one.folder);
            if wanted && wildcard::matches(&pattern, &one.name) {
                objects.push(object(world, session, &at, &one));
            }
        }
    }
    if call.has("Name") {
        return Answer::new(View::Lines, objects.iter().map(|object| Object::line(object.text("Name"))).collect());
    }
    let heading = format!("\n\n    Directory: {}\n\n", folder.shown);
    Answer { heading, ..Answer::new(View::Table(COLUMNS), objects) }
}

fn item(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let path = call.text("Path").unwrap_or(".").to_owned();
    let found = spot(world, session, &path);
    let listed = found.ok().and_then(|found| {
        let parent = found.parent()?;
        let one = disk::list(world, &parent).into_iter().find(|one| one.name.eq_ignore_ascii_case(found.name()))?;
        Some((parent, one))
    });
    match listed {
        Some((parent, one)) => Answer {
            heading: format!("\n\n    Directory: {}\n\n", parent.shown),
            ..Answer::new(View::Table(COLUMNS), vec![object(world, session, &parent, &one)])
        },
        None => Answer::failed(failure(DiskError::NotFound, &path, session, "Get-Item")),
    }
}

fn content(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let Some(path) = call.text("Path").map(str::to_owned) else { return Answer::default() };
    let text = match spot(world, session, &path).and_then(|spot| disk::read(world, session, &spot)) {
        Ok(text) => text,
        Err(error) => return Answer::failed(failure(error, &path, session, "Get-Content")),
    };
    let number = |name: &str| call.text(name).and_then(|text| text.parse::<usize>().ok());
    let all: Vec<&str> = text.lines().collect();
    let from = number("Tail").map_or(0, |tail| all.len().saturating_sub(tail));
    let kept = all.into_iter().skip(from).take(number("TotalCount").unwrap_or(usize::MAX));
    Answer::new(View::Lines, kept.map(Object::line).collect())
}

fn set_location(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let home = format!("C:\\Users\\{}", session.user);
    let path = call.text("Path").map_or_else(|| home.clone(), |path| if path == "~" { home.clone() } else { path.to_owned() });
    match spot(world, session, &path) {
        Ok(found) if disk::is_folder(world, &found) => {
            session.folder = found.shown;
            Answer::default()
        }
        Ok(_) => Answer::failed(failure(DiskError::PathNotFound, &path, session, "Set-Location")),
        Err(error) => Answer::failed(failure(error, &path, session, "Set-Location")),
    }
}

fn location(_world: &mut World, session: &mut Session, _call: &Call) -> Answer {
    Answer::new(View::Automatic, vec![Object::new().with("Path", session.folder.clone())])
}

fn test_path(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let path = call.text("Path").unwrap_or_default().to_owned();
    let there = spot(world, session, &path).is_ok_and(|found| disk::is_folder(world, &found) || disk::is_file(world, &found));
    Answer::new(View::Lines, vec![Object::new().with("Value", there)])
}
