//! Shares, drives, backups.

use super::Builder;
use crate::site::spec::Device as Spec;
use crate::sorted::Map;
use crate::time::Span;
use crate::world::DeviceId;
use crate::world::files::{AccessEntry, Right};
use crate::world::server::{BackupJob, BackupRun, Share};
use crate::world::windows::MappedDrive;

impl Builder<'_> {
    pub(super) fn shares(&mut self, path: &str, id: DeviceId, spec: &Spec) {
        for (at, written) in spec.share.iter().enumerate() {
            let path = format!("{path}.share[{at}]");
            let share = Share {
                name: written.name.clone(),
                folder: written.folder.clone(),
                permissions: self.entries(&format!("{path}.permissions"), &written.permissions),
                ntfs: self.entries(&format!("{path}.ntfs"), &written.ntfs),
            };
            self.world.device_mut(id).roles.shares.push(share);
        }
    }

    fn entries(&mut self, path: &str, written: &Map<String, String>) -> Vec<AccessEntry> {
        let mut entries = Vec::new();
        for (who, text) in written {
            match right(text) {
                Some(right) => entries.push(AccessEntry { who: who.clone(), right, allow: true }),
                None => self.complain(path, "Write read, modify or full."),
            }
        }
        entries
    }

    pub(super) fn drives(&mut self, id: DeviceId, spec: &Spec) {
        let user = self.world.device(id).user.map(|person| self.world.person(person).account.clone()).unwrap_or_default();
        if let Some(windows) = self.world.device_mut(id).windows_mut() {
            for (letter, path) in &spec.drive {
                if let Some(letter) = letter.chars().next() {
                    windows.mapped_drives.push(MappedDrive {
                        letter: letter.to_ascii_uppercase(),
                        path: path.clone(),
                        user: user.clone(),
                        persistent: true,
                    });
                }
            }
        }
    }

    pub(super) fn backups(&mut self, id: DeviceId, spec: &Spec) {
        let now = self.now();
        for written in &spec.backup {
            let runs = (1..=5)
                .rev()
                .map(|day| BackupRun { at: now - Span::days(day), ok: true, message: "Completed".to_owned() })
                .collect();
            self.world.device_mut(id).roles.backups.push(BackupJob {
                name: written.name.clone(),
                source: written.source.clone(),
                target: written.target.clone(),
                user: "backup".to_owned(),
                password: 950,
                enabled: true,
                runs,
                target_free_mib: 900_000,
                size_mib: 120_000,
                tested: Some(now - Span::days(40)),
            });
        }
    }
}

/// A right by the word authors use.
#[must_use]
pub fn right(text: &str) -> Option<Right> {
    Some(match text {
        "none" => Right::None,
        "read" => Right::Read,
        "modify" => Right::Modify,
        "full" => Right::Full,
        _ => return None,
    })
}
