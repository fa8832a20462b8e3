//! The device management of the tenant: company phones, and what their owners do on them while one talks with them.

use super::parts::{offer, offer_on, refuse, table, text};
use super::{Operation, Refused, View};
use crate::machine::phones::{self, NoMail};
use crate::machine::services::disks::size_exact;
use crate::text::iso;
use crate::time::Span;
use crate::world::phone::Phone;
use crate::world::tenant::Tenant;
use crate::world::{DeviceId, World};

#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    let tenant = world.tenant.as_ref()?;
    if !super::tickets::is_computer(world, device) || phones(tenant).next().is_none() {
        return None;
    }
    let devices = phones(tenant).map(|(owner, phone)| row(world, owner, phone)).collect();
    let apps = phones(tenant).flat_map(|(owner, phone)| phone.apps.iter().map(move |app| (owner, app)));
    let apps = apps.map(|(owner, app)| {
        let publisher = if app.publisher.is_empty() { "unknown" } else { app.publisher.as_str() };
        let rights = if app.administrator { "device administrator" } else { "" };
        vec![key(owner, &app.name), publisher.to_owned(), rights.to_owned(), format!("{} MiB", app.data)]
    });
    let columns = ["Owner", "Device", "System", "Compliance", "Free", "Pictures", "Mail", "Last check-in", "State"];
    Some(View {
        title: "Mobile devices".to_owned(),
        facts: vec![("Oldest system allowed".to_owned(), tenant.required_system.to_string())],
        tables: vec![
            table("Devices", &columns, devices),
            table("Apps beyond the company's", &["App", "Publisher", "Rights", "Data this month"], apps.collect()),
        ],
        operations: operations(tenant),
        ..View::default()
    })
}

fn phones(tenant: &Tenant) -> impl Iterator<Item = (&String, &Phone)> {
    tenant.users.iter().filter_map(|(owner, user)| Some((owner, user.phone.as_ref()?)))
}

/// How the list names an app.
fn key(owner: &str, app: &str) -> String {
    format!("{owner}: {app}")
}

fn row(world: &World, owner: &str, phone: &Phone) -> Vec<String> {
    let local = i64::from(world.zone_minutes).saturating_mul(60_000);
    let mail = match phones::no_mail(world, owner) {
        None => "synchronised",
        Some(NoMail::Wiped) => "removed",
        Some(NoMail::NotCompliant) => "blocked until compliant",
        Some(NoMail::WrongPassword) => "password refused",
        Some(NoMail::Full) => "storage is full",
    };
    let mut state = Vec::new();
    state.extend(phone.lost.then_some("reported lost"));
    state.extend(phone.locked.then_some("locked"));
    state.extend(phone.wiped.then_some("wiped"));
    vec![
        owner.to_owned(),
        phone.name.clone(),
        phone.system.to_string(),
        if phone.compliant { "compliant".to_owned() } else { "not compliant: the system is too old".to_owned() },
        format!("{} of {}", size_exact(phone.free.into()), size_exact(phone.size.into())),
        size_exact(phone.pictures.into()),
        mail.to_owned(),
        iso(phone.last_seen.shifted(local).civil()),
        if state.is_empty() { "in use".to_owned() } else { state.join(", ") },
    ]
}

fn operations(tenant: &Tenant) -> Vec<super::Offer> {
    let owners = |wanted: &dyn Fn(&Phone) -> bool| -> Vec<String> {
        phones(tenant).filter(|(_, phone)| wanted(phone)).map(|(owner, _)| owner.clone()).collect()
    };
    let apps = |administrator: bool| -> Vec<String> {
        let all = phones(tenant).flat_map(|(owner, phone)| phone.apps.iter().map(move |app| (owner, app)));
        all.filter(|(_, app)| app.administrator == administrator).map(|(owner, app)| key(owner, &app.name)).collect()
    };
    let used = owners(&|phone| !phone.wiped);
    let in_hand = owners(&|phone| !phone.wiped && !phone.lost);
    [
        offer_on("sync", "Check in now", used.clone(), Vec::new()),
        offer_on("update", "Install the current system", used.clone(), Vec::new()),
        offer_on("enter-password", "Have the owner enter the password of their mail", in_hand.clone(), Vec::new()),
        offer_on("move-pictures", "Have the owner move pictures to the cloud drive", in_hand, Vec::new()),
        offer_on("remove-administrator", "Take the administrator's rights away", apps(true), Vec::new()),
        offer_on("uninstall", "Uninstall", apps(true).into_iter().chain(apps(false)).collect(), Vec::new()),
        offer_on("lock", "Lock", owners(&|phone| !phone.locked && !phone.wiped), Vec::new()),
        offer_on("wipe", "Wipe: everything on it is lost", used, Vec::new()),
        Some(offer(
            "set-required",
            "Oldest system allowed",
            Vec::new(),
            vec![text("version", "Version", &tenant.required_system.to_string())],
        )),
    ]
    .into_iter()
    .flatten()
    .collect()
}

pub fn apply(world: &mut World, _device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    let target = operation.target.to_lowercase();
    let owner = target.split(':').next().unwrap_or_default().to_owned();
    match operation.verb.as_str() {
        "set-required" => {
            let version = super::parts::number(operation.value("version"), "version")?;
            let Some(tenant) = &mut world.tenant else { return refuse("This company has no tenant.") };
            tenant.required_system = version;
            return Ok(format!("Phones need system {version}. They are judged when they check in next."));
        }
        "sync" | "update" | "enter-password" | "move-pictures" | "lock" | "wipe" | "uninstall" | "remove-administrator" => {}
        _ => return operation.unknown(),
    }
    if phones::of(world, &owner).is_none_or(|phone| phone.wiped) {
        return refuse(format!("There is no phone in use for “{}”.", operation.target));
    }
    match operation.verb.as_str() {
        "enter-password" | "move-pictures" => with_owner(world, &owner, &operation.verb),
        "uninstall" | "remove-administrator" => app(world, &owner, &target, &operation.verb),
        _ => manage(world, &owner, &operation.verb),
    }
}

/// What the console does by itself, wherever the phone is.
fn manage(world: &mut World, owner: &str, verb: &str) -> Result<String, Refused> {
    const UPDATE_TAKES: Span = Span::minutes(15);
    if verb == "update" {
        world.wait(UPDATE_TAKES);
    }
    if verb == "sync" {
        phones::check_in(world, owner);
        let compliant = phones::of(world, owner).is_some_and(|phone| phone.compliant);
        return Ok(format!("It checked in: {}.", if compliant { "compliant" } else { "not compliant, the system is too old" }));
    }
    let Some(phone) = phones::of_mut(world, owner) else { return refuse("There is no such phone.") };
    match verb {
        "update" if phone.free < phones::UPDATE_SPACE => {
            refuse(format!("The update needs {} MiB, {} are free.", phones::UPDATE_SPACE, phone.free))
        }
        "update" => {
            phone.system = phone.system.max(phones::CURRENT_SYSTEM);
            Ok(format!("System {} is installed. It is judged when it checks in next.", phone.system))
        }
        "lock" => {
            phone.locked = true;
            Ok("It is locked.".to_owned())
        }
        _ => {
            (phone.wiped, phone.locked) = (true, false);
            (phone.free, phone.pictures) = (phone.size, 0);
            phone.apps.clear();
            Ok("It was wiped: nothing of its owner or the company is on it any more.".to_owned())
        }
    }
}

/// What takes the owner's own hands.
fn with_owner(world: &mut World, owner: &str, verb: &str) -> Result<String, Refused> {
    if phones::of(world, owner).is_some_and(|phone| phone.lost) {
        return refuse("Its owner does not have it.");
    }
    let known = world.people.iter().find(|person| person.account == owner).map(|person| person.cloud_password);
    let Some(user) = world.tenant.as_mut().and_then(|tenant| tenant.users.get_mut(owner)) else {
        return refuse("There is no such owner.");
    };
    let room = user.quota.saturating_sub(user.used);
    let Some(phone) = &mut user.phone else { return refuse("There is no such phone.") };
    if verb == "enter-password" {
        phone.mail_password = known.unwrap_or(phone.mail_password);
        return Ok("The owner has entered the password.".to_owned());
    }
    if phone.pictures > room {
        return refuse(format!("The cloud drive has room for {room} MiB, and there are {} MiB of pictures.", phone.pictures));
    }
    let moved = std::mem::take(&mut phone.pictures);
    phone.free = phone.free.saturating_add(moved).min(phone.size);
    user.used += moved;
    Ok(format!("{moved} MiB of pictures are on the cloud drive now."))
}

fn app(world: &mut World, owner: &str, target: &str, verb: &str) -> Result<String, Refused> {
    let Some(phone) = phones::of_mut(world, owner) else { return refuse("There is no such phone.") };
    let Some(at) = phone.apps.iter().position(|app| key(owner, &app.name).eq_ignore_ascii_case(target)) else {
        return refuse(format!("There is no app “{target}”."));
    };
    let app = &mut phone.apps[at];
    if verb == "remove-administrator" {
        app.administrator = false;
        return Ok(format!("{} is an app like any other now.", app.name));
    }
    if app.administrator {
        return refuse(format!("{} is a device administrator and cannot be uninstalled.", app.name));
    }
    let name = phone.apps.remove(at).name;
    Ok(format!("{name} was uninstalled."))
}
