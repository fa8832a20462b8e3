//! Certificates: `certmgr.msc` and `certlm.msc` together.

mod issued;

use super::parts::{choice, offer, offer_on, refuse, table, text, windows, windows_mut};
use super::{Operation, Refused, View};
use crate::machine::services::clock;
use crate::text::windows_short;
use crate::time::Span;
use crate::world::windows::{Certificate, CertificateStore, Windows};
use crate::world::{DeviceId, World};

const STORES: [(CertificateStore, &str); 3] = [
    (CertificateStore::Personal, "Personal"),
    (CertificateStore::Computer, "Local Computer"),
    (CertificateStore::TrustedRoot, "Trusted Root Certification Authorities"),
];

#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    let windows = windows(world, device)?;
    let today = clock::utc(windows, world.now);
    let rows = |store: CertificateStore| {
        let of_store = windows.certificates.iter().filter(|certificate| certificate.store == store);
        of_store.map(|certificate| row(windows, certificate, today)).collect()
    };
    let columns = ["Issued to", "Issued by", "Valid from", "Expiration date", "Status"];
    let own = windows.certificates.iter().filter(|certificate| certificate.store != CertificateStore::TrustedRoot);
    Some(View {
        title: "Certificates".to_owned(),
        tables: STORES
            .iter()
            .map(|(store, title)| table(title, &columns, rows(*store)))
            .chain(issued::table(world, device))
            .collect(),
        operations: [
            offer_on("renew", "Renew certificate", own.map(|certificate| certificate.subject.clone()).collect(), Vec::new()),
            offer_on(
                "delete",
                "Delete",
                windows.certificates.iter().map(|certificate| certificate.subject.clone()).collect(),
                Vec::new(),
            ),
            offer_on("reissue", "Issue again and install", issued::targets(world, device), Vec::new()),
            Some(offer(
                "import-root",
                "Import a trusted root",
                Vec::new(),
                vec![text("subject", "Issued to", ""), choice("source", "From", &["company", "file"], "company")],
            )),
        ]
        .into_iter()
        .flatten()
        .collect(),
        ..View::default()
    })
}

fn row(windows: &Windows, certificate: &Certificate, today: crate::time::Time) -> Vec<String> {
    let status = if today < certificate.from {
        "Not yet valid"
    } else if today > certificate.until {
        "Expired"
    } else {
        "Valid"
    };
    let date = |at| windows_short(clock::stamp(windows, at)).split(' ').next().unwrap_or_default().to_owned();
    vec![
        certificate.subject.clone(),
        certificate.issuer.clone(),
        date(certificate.from),
        date(certificate.until),
        status.to_owned(),
    ]
}

pub fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    let now = world.now;
    let joined = windows_mut(world, device)?.joined.is_some();
    if operation.verb == "renew" && joined && crate::machine::sign_in::controller(world, device).is_none() {
        return refuse("The certificate authority cannot be reached.");
    }
    if operation.verb == "reissue" {
        return issued::reissue(world, device, &operation.target);
    }
    let windows = windows_mut(world, device)?;
    match operation.verb.as_str() {
        "import-root" => {
            let subject = operation.value("subject").trim();
            if subject.is_empty() {
                return refuse("Choose a certificate.");
            }
            windows.certificates.push(Certificate {
                subject: subject.to_owned(),
                issuer: subject.to_owned(),
                from: now - Span::days(30),
                until: now + Span::days(3650),
                store: CertificateStore::TrustedRoot,
            });
            Ok("The import was successful.".to_owned())
        }
        "delete" => {
            let before = windows.certificates.len();
            windows.certificates.retain(|certificate| certificate.subject != operation.target);
            if windows.certificates.len() == before { refuse("There is no such certificate.") } else { Ok("Deleted.".to_owned()) }
        }
        "renew" => {
            let found = windows.certificates.iter_mut().find(|certificate| {
                certificate.subject == operation.target && certificate.store != CertificateStore::TrustedRoot
            });
            let Some(certificate) = found else { return refuse("There is no such certificate to renew.") };
            (certificate.from, certificate.until) = (now, now + Span::days(365));
            Ok(format!("{} was renewed.", certificate.subject))
        }
        _ => operation.unknown(),
    }
}
