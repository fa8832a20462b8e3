//! Companies that are being worked on, kept in memory so that an action does not replay the whole log.
//!
//! A cache and never the truth: whatever is missing here, after a restart or because another process wrote it, is played from the
//! log.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use app::error::AppError;
use domain::ids::{OrgId, TicketId};
use domain::tickets::{Standing, Step};
use engine::ticket::action::Action;
use engine::ticket::hint::{self, Hint};
use engine::ticket::run::{Given, Run};
use engine::ticket::scenario::prepare;
use sqlx::PgConnection;
use tokio::sync::{Mutex as AsyncMutex, OwnedMutexGuard};

use super::row::{self, TicketRow};
use crate::accounts::session::Scope;
use crate::caller::Caller;
use crate::content::Playable;
use crate::error::OrInternal;

/// Tickets kept in memory; the one that was not used for the longest goes first. What each takes is measured by
/// `make bench`.
const MOST_LIVE: usize = 500;

/// One ticket's place: empty until it is played. Held while a step is taken, so that steps come one after the other.
pub type Slot = Arc<AsyncMutex<Option<Live>>>;
/// A ticket that is played as far as its log goes.
pub type Held = OwnedMutexGuard<Option<Live>>;

#[derive(Default)]
pub struct Benches(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    slots: BTreeMap<(OrgId, TicketId), (u64, Slot)>,
    /// Counts uses, so that the oldest is known.
    used: u64,
}

impl Benches {
    fn slot(&self, org: OrgId, ticket: TicketId) -> Slot {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.used += 1;
        let now = kept.used;
        if kept.slots.len() >= MOST_LIVE && !kept.slots.contains_key(&(org, ticket)) {
            let oldest = kept.slots.iter().min_by_key(|(_, (used, _))| *used).map(|(key, _)| *key);
            oldest.map(|key| kept.slots.remove(&key));
        }
        let (used, slot) = kept.slots.entry((org, ticket)).or_default();
        *used = now;
        Arc::clone(slot)
    }

    /// Of a ticket that is closed and only read from here on, or that turned out to be nobody's.
    pub fn forget(&self, org: OrgId, ticket: TicketId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).slots.remove(&(org, ticket));
    }
}

/// A ticket as its log has left it.
pub struct Live {
    pub playable: Arc<Playable>,
    pub given: Given,
    pub run: Run,
    pub standing: Standing,
    /// How many steps of the log are in it.
    pub steps: u32,
    /// What stood beside each action of the run when it was done.
    pub beside: Vec<Beside>,
    /// For each step of the log, the number of the action it was, from 1.
    numbers: Vec<Option<u32>>,
}

/// What the run itself does not keep.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// Of a terminal: before the line and after it.
    pub prompts: Option<(String, String)>,
    /// The requester's mood afterwards, 0 to 1000.
    pub mood: u16,
}

impl Live {
    /// The start of a ticket.
    ///
    /// # Errors
    /// What is wrong with the scenario; checked content has nothing wrong.
    pub fn start(playable: Arc<Playable>, seed: u64) -> Result<Self, String> {
        let given = prepare(&playable.scenario, &playable.site, seed).map_err(|complaints| {
            complaints.into_iter().map(|one| format!("{}: {}", one.path, one.message)).collect::<Vec<_>>().join("; ")
        })?;
        let run = Run::start(&given);
        let (standing, beside, numbers) = Default::default();
        Ok(Self { playable, given, run, standing, steps: 0, beside, numbers })
    }

    /// Name and job of the person who asked.
    pub fn requester(&self) -> String {
        let person = self.given.twin.people.get(usize::from(self.given.requester.0));
        person.map(|person| format!("{}, {}", person.name, person.job)).unwrap_or_default()
    }

    /// Takes one more step of the log.
    pub fn take(&mut self, step: Step) {
        self.steps += 1;
        self.standing.take(step.clone());
        match step {
            Step::Act(action) => {
                self.act(action);
                self.numbers.push(u32::try_from(self.run.log.len()).ok());
            }
            Step::Rewind { .. } => {
                self.run = Run::start(&self.given);
                self.beside.clear();
                for action in self.standing.actions.clone() {
                    self.act(action);
                }
                self.numbers.push(None);
            }
            Step::Hint { .. } => self.numbers.push(None),
        }
    }

    /// The number of the action that a step was, while it still counts.
    pub fn number_of(&self, step: u32) -> Option<u32> {
        let at = usize::try_from(step).ok()?.checked_sub(1)?;
        let number = self.numbers.get(at).copied().flatten()?;
        (usize::try_from(number).ok()? <= self.run.log.len()).then_some(number)
    }

    /// Takes long: it plays the log in every company where another candidate is the fault.
    pub fn next_hint(&self) -> Option<Hint> {
        let told: Vec<_> = self.standing.hints.iter().map(|(_, hint)| hint.text.clone()).collect();
        hint::next(&self.playable.scenario, &self.given, &self.run, &told)
    }

    fn act(&mut self, action: Action) {
        let terminal = match &action {
            Action::Shell { device, shell, elevated, .. } => Some((*device, *shell, *elevated)),
            _ => None,
        };
        let prompt = |run: &Run| {
            let known = terminal.filter(|(device, ..)| usize::from(device.0) < run.world.devices.len());
            known.and_then(|(device, shell, elevated)| run.prompt(device, shell, elevated))
        };
        let before = prompt(&self.run);
        self.run.act(action, &self.given.needs);
        let mood = self.run.world.people.get(usize::from(self.given.requester.0)).map_or(0, |person| person.mood);
        self.beside.push(Beside { prompts: before.zip(prompt(&self.run)), mood });
    }
}

/// Waits until nobody else takes a step in this ticket.
pub async fn hold(caller: &Caller, scope: &Scope, ticket: TicketId) -> Held {
    caller.server.benches.slot(scope.org(), ticket).lock_owned().await
}

/// The answer where the ticket is not this person's. Addresses that were guessed take no place from tickets that are worked on.
pub fn nobodys(caller: &Caller, scope: &Scope, ticket: TicketId) -> AppError {
    caller.server.benches.forget(scope.org(), ticket);
    AppError::NotFound
}

/// Plays what is missing of the log. Afterwards the place is not empty.
pub async fn catch_up(
    caller: &Caller,
    db: &mut PgConnection,
    scope: &Scope,
    row: &TicketRow,
    held: Held,
) -> Result<Held, AppError> {
    let stored = row.steps.unsigned_abs();
    let known = held.as_ref().map_or(0, |live| live.steps);
    if held.is_some() && known == stored {
        return Ok(held);
    }
    let scenario = row.scenario_id.as_str().into();
    let playable = caller.server.catalog.scenario_version(db, &scenario, &row.scenario_version).await.or_internal(caller)?;
    let steps = row::steps_after(db, scope.org(), row.id(), known).await.or_internal(caller)?;
    let seed = row.seed.cast_unsigned();
    let (held, played) = apart(held, move |place| {
        if place.is_none() {
            *place = Some(Live::start(playable, seed)?);
        }
        let live = place.as_mut().ok_or("a place that was just filled")?;
        for step in steps {
            live.take(step);
        }
        Ok::<(), String>(())
    })
    .await;
    played.map_err(|error| {
        tracing::error!(request.id = %caller.request_id, scenario = %row.scenario_id, error, "a ticket cannot be played");
        AppError::Internal { request_id: caller.request_id.clone() }
    })?;
    Ok(held)
}

/// Computes on a ticket without keeping other requests waiting.
pub async fn apart<T: Send + 'static>(mut held: Held, work: impl FnOnce(&mut Option<Live>) -> T + Send + 'static) -> (Held, T) {
    let done = tokio::task::spawn_blocking(move || {
        let answer = work(&mut held);
        (held, answer)
    });
    match done.await {
        Ok(done) => done,
        Err(error) => std::panic::resume_unwind(error.into_panic()),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn held(benches: &Benches) -> usize {
        benches.0.lock().unwrap().slots.len()
    }

    #[test]
    fn the_ticket_that_was_not_used_for_the_longest_makes_room() {
        let (benches, org) = (Benches::default(), OrgId(Uuid::from_u128(1)));
        let ticket = |number: usize| TicketId(Uuid::from_u128(number as u128));
        for number in 0..MOST_LIVE {
            benches.slot(org, ticket(number));
        }
        let first = benches.slot(org, ticket(0));
        benches.slot(org, ticket(MOST_LIVE));
        assert_eq!(held(&benches), MOST_LIVE);
        assert!(Arc::ptr_eq(&first, &benches.slot(org, ticket(0))), "used just now");
        assert!(!benches.0.lock().unwrap().slots.contains_key(&(org, ticket(1))), "used longest ago");
    }

    #[test]
    fn a_ticket_that_is_forgotten_takes_no_place() {
        let (benches, org, ticket) = (Benches::default(), OrgId(Uuid::from_u128(1)), TicketId(Uuid::from_u128(2)));
        benches.slot(org, ticket);
        benches.forget(org, ticket);
        assert_eq!(held(&benches), 0);
    }
}
