//! Pages, mail, and the company's SaaS tenant.

use super::Builder;
use crate::machine::phones;
use crate::net::web::PUBLIC_ROOT;
use crate::site::spec::{Device as Spec, Kind};
use crate::sorted::{Map, Set};
use crate::time::{Span, Time};
use crate::world::DeviceId;
use crate::world::person::Person;
use crate::world::phone::Phone;
use crate::world::server::{MailServer, Tls, WebSite};
use crate::world::tenant::{CloudUser, MfaMethod, Tenant};
use crate::world::windows::MailProfile;

/// Mailboxes and cloud drives, MiB.
const MAILBOX_LIMIT: u32 = 51_200;
const CLOUD_QUOTA: u32 = 1_048_576;

/// The company's own certificate authority, which the machines of its domain trust.
#[must_use]
pub fn issuing_ca(organisation: &str) -> String {
    format!("{organisation} Issuing CA")
}

impl Builder<'_> {
    pub(super) fn sites(&mut self, id: DeviceId, spec: &Spec) {
        let now = self.now();
        for written in &spec.web {
            let tls = written.tls.then(|| Tls {
                names: vec![written.host.clone()],
                issuer: if spec.kind == Kind::Internet { PUBLIC_ROOT.to_owned() } else { issuing_ca(&self.world.organisation) },
                from: now - Span::days(120),
                until: now + Span::days(245),
            });
            self.world.device_mut(id).roles.web.push(WebSite {
                host: written.host.clone(),
                port: written.port.unwrap_or(if written.tls { 443 } else { 80 }),
                tls,
                title: written.title.clone(),
                backend: written.backend.clone(),
                owner: written.owner.clone(),
            });
        }
    }

    pub(super) fn mail(&mut self, id: DeviceId, spec: &Spec) {
        if !spec.mail {
            return;
        }
        let windows = self.world.device(id).windows().is_some();
        let accounts: Map<_, _> = self
            .world
            .people
            .iter()
            .map(|person| (person.account.clone(), super::super::people::password_of(person.id)))
            .collect();
        let domain = self.world.domain.clone();
        let owner = if windows { "MailTransport" } else { "postfix.service" };
        self.world.device_mut(id).roles.mail = Some(MailServer { domain: domain.clone(), owner: owner.to_owned(), accounts });
        let server = format!("mail.{domain}");
        let people: Vec<_> =
            self.world.people.iter().filter_map(|person| Some((person.device?, person.account.clone()))).collect();
        for (device, account) in people {
            let size = self.chance.between(800, 9000);
            if let Some(windows) = self.world.device_mut(device).windows_mut() {
                windows.mail = Some(
                    MailProfile {
                        address: format!("{account}@{domain}"),
                        server: server.clone(),
                        size,
                        limit: MAILBOX_LIMIT,
                        rules: Vec::new(),
                    }
                    .into(),
                );
            }
        }
    }

    pub(super) fn tenant(&mut self) {
        let Some(written) = &self.site.tenant else { return };
        let licence = written.licences.keys().next().cloned().unwrap_or_default();
        let mut users = Map::new();
        for person in &self.world.people {
            let phone = phone(person, self.world.now);
            users.insert(
                person.account.clone(),
                CloudUser {
                    licences: Set::from([licence.clone()]),
                    quota: CLOUD_QUOTA,
                    used: 4000 + 650 * u32::from(person.id.0 % 9),
                    country: written.country.clone(),
                    mfa: vec![MfaMethod { device: phone.name.clone(), in_hand: true }],
                    sessions: vec![format!("{} · browser", written.country)],
                    password: super::super::people::password_of(person.id),
                    phone: Some(phone),
                    ..CloudUser::default()
                },
            );
        }
        self.world.tenant = Some(
            Tenant {
                domain: written.domain.clone(),
                country: written.country.clone(),
                licences: written.licences.clone(),
                users,
                allowed_countries: written.allowed_countries.iter().cloned().collect(),
                mfa_required: true,
                required_system: phones::OLDEST_SYSTEM,
                ..Tenant::default()
            }
            .into(),
        );
    }
}

/// The company's phone of a person, well kept.
fn phone(person: &Person, now: Time) -> Phone {
    /// 128 GiB, a common size.
    const SIZE: u32 = 131_072;
    let pictures = 9000 + 1700 * u32::from(person.id.0 % 11);
    Phone {
        name: format!("{}'s phone", person.name.split(' ').next().unwrap_or_default()),
        system: phones::CURRENT_SYSTEM,
        compliant: true,
        last_seen: now,
        size: SIZE,
        free: SIZE / 2 - pictures,
        pictures,
        mail_password: super::super::people::password_of(person.id),
        ..Phone::default()
    }
}
