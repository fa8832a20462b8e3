//! What has been done, with states kept on the way, so that no jump does more than a few actions again.

use super::Reply;
use crate::probe::Probe;
use crate::ticket::Action;
use crate::ticket::run::{Run, Shown};

/// States that are kept at most; for a browser's memory, and enough that a jump among 300 actions does fewer than ten again.
const KEPT: usize = 32;
/// Actions between two kept states, as long as there are few.
const EVERY: usize = 10;

pub(super) struct History {
    /// As it stands after the first `done` actions.
    pub(super) run: Run,
    done: usize,
    needs: Vec<Probe>,
    actions: Vec<Action>,
    /// The states after 0, `every`, 2 × `every`, … actions.
    kept: Vec<Run>,
    every: usize,
}

impl History {
    pub(super) fn new(run: Run, needs: Vec<Probe>) -> Self {
        Self { kept: vec![run.clone()], run, done: 0, needs, actions: Vec::new(), every: EVERY }
    }

    /// Does one more; what had followed is forgotten.
    pub(super) fn act(&mut self, action: Action) -> Reply {
        self.actions.truncate(self.done);
        self.kept.truncate(self.done / self.every + 1);
        self.actions.push(action.clone());
        let reply = self.perform(action);
        if self.done.is_multiple_of(self.every) {
            self.kept.push(self.run.clone());
            self.thin_out();
        }
        reply
    }

    /// Forgets every second state where there are too many.
    fn thin_out(&mut self) {
        if self.kept.len() > KEPT {
            let mut stays = false;
            self.kept.retain(|_| {
                stays = !stays;
                stays
            });
            self.every *= 2;
        }
    }

    fn perform(&mut self, action: Action) -> Reply {
        let unknown = self.run.world.not_modelled.len();
        let entry = self.run.act(action, &self.needs).clone();
        // The page has the outputs; copies of the run need not carry them.
        self.run.log.clear();
        self.done += 1;
        let shown = entry.output.shown();
        let accepted = !matches!(shown, Shown::Refused(_)) && self.run.world.not_modelled.len() == unknown;
        Reply { shown, accepted, at: entry.at, took: entry.took, changed: entry.changed }
    }

    /// How many actions are done then: the last one's number where there are not so many.
    pub(super) fn jump(&mut self, step: u32) -> u32 {
        let target = usize::try_from(step).unwrap_or(usize::MAX).min(self.actions.len());
        let place = (target / self.every).min(self.kept.len().saturating_sub(1));
        let onward = (place * self.every..=target).contains(&self.done);
        if let Some(kept) = self.kept.get(place).filter(|_| !onward) {
            (self.run, self.done) = (kept.clone(), place * self.every);
        }
        while let Some(action) = self.actions.get(self.done).filter(|_| self.done < target) {
            self.perform(action.clone());
        }
        u32::try_from(self.done).unwrap_or(u32::MAX)
    }
}
