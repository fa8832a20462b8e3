//! `net localgroup`.

use super::super::services::system_error;
use super::super::{after_colon, given, of};
use super::{DONE, RULE, keeper, may_change, write};
use crate::shell::{Output, Session};
use crate::world::World;
use crate::world::accounts::{Accounts, Group};
use crate::world::windows::Windows;

pub fn localgroup(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    let (keeper, head) = match keeper(world, session, arguments) {
        Ok(found) => found,
        Err(output) => return output,
    };
    let words: Vec<&str> = arguments.iter().map(String::as_str).filter(|word| !word.starts_with('/')).collect();
    let (add, delete) = (given(arguments, "add"), given(arguments, "delete"));
    let comment = after_colon(arguments, "comment").map(str::to_owned);
    if (add || delete || comment.is_some()) && !may_change(world, session, &keeper) {
        return system_error(5);
    }
    let machine = world.device(session.device).name.clone();
    let domain = of(world, session.device).and_then(short_domain);
    let Some(accounts) = write(world, session, &keeper) else { return system_error(5) };
    let Some(name) = words.first() else {
        let names = accounts.groups.keys().map(|name| format!("*{name}\n")).collect::<Vec<_>>().concat();
        return Output::ok(format!("{head}\nAliases for \\\\{machine}\n\n{RULE}{names}{DONE}"));
    };
    let key = accounts.groups.keys().find(|key| key.eq_ignore_ascii_case(name)).cloned();
    let members: Vec<String> = words.iter().skip(1).map(|word| word.to_lowercase()).collect();
    let Some(key) = key else {
        if add && members.is_empty() {
            let description = comment.unwrap_or_default();
            accounts.groups.insert((*name).to_owned(), Group { description, ..Group::default() });
            return Output::ok(head + DONE);
        }
        return system_error_text(1376, "The specified local group does not exist.");
    };
    let known = |accounts: &Accounts, member: &str| {
        accounts.user(member).is_some() || accounts.groups.contains_key(member) || member.contains('\\')
    };
    if let Some(unknown) = members.iter().find(|member| (add || delete) && !known(accounts, member)) {
        return Output::failed(
            2,
            format!(
                "There is no such global user or group: {unknown}.\n\nMore help is available by typing NET HELPMSG 3783.\n\n"
            ),
        );
    }
    let Some(group) = accounts.groups.get_mut(&key) else { return system_error(5) };
    if let Some(comment) = comment {
        group.description = comment;
        return Output::ok(head + DONE);
    }
    if delete && members.is_empty() {
        accounts.groups.remove(&key);
        return Output::ok(head + DONE);
    }
    for member in members {
        // A domain account is kept under its own name: CLINIC\ada is ada.
        let bare = member.rsplit('\\').next().unwrap_or_default().to_owned();
        if add && !group.members.insert(bare.clone()) {
            return system_error_text(1378, "The specified account name is already a member of the group.");
        }
        if delete && !group.members.remove(&bare) {
            return system_error_text(1377, "The specified account name is not a member of the group.");
        }
    }
    if add || delete {
        return Output::ok(head + DONE);
    }
    let comment = group.description.clone();
    let members: Vec<String> = group.members.iter().cloned().collect();
    let lines: String = members
        .iter()
        .map(|member| match (accounts.user(member), &domain) {
            (Some(user), _) => format!("{}\n", user.name),
            (None, Some(domain)) => format!("{domain}\\{member}\n"),
            (None, None) => format!("{member}\n"),
        })
        .collect();
    Output::ok(format!("{head}Alias name     {key}\nComment        {comment}\n\nMembers\n\n{RULE}{lines}{DONE}"))
}

fn system_error_text(code: u32, text: &str) -> Output {
    Output::failed(2, format!("System error {code} has occurred.\n\n{text}\n\n"))
}

/// The domain's NetBIOS name: the first label in capitals.
fn short_domain(windows: &Windows) -> Option<String> {
    let joined = windows.joined.as_ref()?;
    Some(joined.domain.split('.').next().unwrap_or_default().to_uppercase())
}
