//! Local users and groups; certificates; mail.

use super::Seen;
use crate::panel::{PanelKind, view};
use crate::time::Span;
use crate::world::windows::{Certificate, CertificateStore, MailProfile, MailRule};

#[test]
fn local_users_are_made_locked_out_and_put_into_groups() {
    let mut seen = Seen::of("PC-01", PanelKind::LocalUsers);
    assert_eq!(
        seen.text(),
        "\
Local Users and Groups

Users
Name           Full name   Disabled  Locked out  Must change password  Password never expires
Administrator              yes       no          no                    yes
support        IT support  no        no          no                    yes

Groups
Name                  Members                 Description
Administrators        administrator, support  Administrators have complete and unrestricted access to the computer/domain
Remote Desktop Users                          Members in this group are granted the right to logon remotely
Users                                         Users are prevented from making accidental or intentional system-wide changes and can run most applications
"
    );
    seen.refuses(
        "create",
        "",
        &[("name", "kim"), ("password", "short")],
        "The password does not meet the password policy requirements.",
    );
    seen.does("create", "", &[("name", "kim"), ("password", "Harbour-42-x")], "kim was created.");
    seen.refuses("create", "", &[("name", "Kim"), ("password", "Harbour-42-x")], "The user name is empty or already in use.");
    seen.does("add-member", "Administrators", &[("user", "kim")], "kim is a member of Administrators.");
    seen.refuses("add-member", "Administrators", &[("user", "nobody")], "An object named “nobody” cannot be found.");
    seen.does("remove-member", "Administrators", &[("user", "kim")], "kim left Administrators.");
    seen.refuses("remove-member", "Administrators", &[("user", "kim")], "Not a member of this group.");
    seen.does("disable", "kim", &[], "kim was changed.");
    assert!(seen.text().contains("kim                        yes       no"), "{}", seen.text());
    seen.does("enable", "kim", &[], "kim was changed.");
    seen.does("delete", "kim", &[], "kim was deleted.");
    seen.refuses("delete", "kim", &[], "There is no user “kim”.");
    let world = &seen.world;
    assert_eq!(view(world, world.find("SRV-1").unwrap(), PanelKind::LocalUsers), None, "a domain controller has none");
}

#[test]
fn certificates_run_out_and_are_renewed() {
    let mut seen = Seen::of("PC-01", PanelKind::Certificates);
    let now = seen.world.now;
    seen.windows().certificates = vec![Certificate {
        subject: "pc-01.clinic.example".to_owned(),
        issuer: "Clinic CA".to_owned(),
        from: now - Span::days(400),
        until: now - Span::days(35),
        store: CertificateStore::Computer,
    }]
    .into();
    let shown = seen.text();
    assert!(shown.contains("pc-01.clinic.example  Clinic CA  8/3/2025    8/3/2026         Expired\n"), "{shown}");
    seen.refuses("renew", "other", &[], "There is no such certificate to renew.");
    seen.does("renew", "pc-01.clinic.example", &[], "pc-01.clinic.example was renewed.");
    assert!(seen.text().contains("Valid\n"));
    seen.refuses("import-root", "", &[("subject", " ")], "Choose a certificate.");
    seen.does("import-root", "", &[("subject", "Clinic CA")], "The import was successful.");
    seen.does("delete", "Clinic CA", &[], "Deleted.");
    seen.refuses("delete", "Clinic CA", &[], "There is no such certificate.");
    seen.world.device_mut(seen.device).stack.interfaces.clear();
    seen.refuses("renew", "pc-01.clinic.example", &[], "The certificate authority cannot be reached.");
}

#[test]
fn a_mailbox_fills_and_forwards() {
    let mut seen = Seen::of("PC-01", PanelKind::Mail);
    seen.windows().mail = Some(Box::new(MailProfile {
        address: "ada@clinic.example".to_owned(),
        server: "mail.clinic.example".to_owned(),
        size: 50_000,
        limit: 50_000,
        rules: vec![MailRule { name: "All".to_owned(), forwards_to: "x@other.example".to_owned() }],
    }));
    assert_eq!(
        seen.text(),
        "\
Mail: ada@clinic.example
! The mailbox file has reached its maximum size.
Account: ada@clinic.example
Server: mail.clinic.example
Mailbox file: 50000 MB of 50000 MB

Rules
Rule  Action
All   Forward to x@other.example
"
    );
    let before = seen.world.now;
    seen.does("archive", "", &[], "Old mail was moved to the archive, and the file was compacted.");
    assert_eq!(seen.world.now - before, Span::minutes(20));
    assert!(seen.text().contains("Mailbox file: 20000 MB of 50000 MB\n"), "{}", seen.text());
    seen.does("remove-rule", "All", &[], "The rule was deleted.");
    seen.refuses("remove-rule", "All", &[], "There is no such rule.");
    seen.refuses("set-server", "", &[("server", " ")], "Enter a server.");
    seen.does("set-server", "", &[("server", "mail2.clinic.example")], "Saved.");
    seen.windows().mail = None;
    seen.refuses("archive", "", &[], "There is no mail profile here.");
}
