//! Heavy work off the async threads: as many at once as there are cores, a short queue behind them, and a refusal beyond it.

use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::Semaphore;

use super::HashError;

/// How much may run and wait.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub at_once: usize,
    pub waiting: usize,
    pub longest_wait: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        Self { at_once: cores, waiting: 100, longest_wait: Duration::from_secs(10) }
    }
}

#[derive(Clone)]
pub(super) struct Queue {
    limits: Limits,
    permits: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
}

impl Queue {
    pub(super) fn new(limits: Limits) -> Self {
        Self { limits, permits: Arc::new(Semaphore::new(limits.at_once)), waiting: Arc::default() }
    }

    /// Runs `work` on a thread that may block, once it is its turn.
    pub(super) async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, HashError> {
        let place = Place::take(&self.waiting, self.limits.at_once + self.limits.waiting).ok_or(HashError::Busy)?;
        let turn = tokio::time::timeout(self.limits.longest_wait, self.permits.clone().acquire_owned()).await;
        let permit = turn.map_err(|_| HashError::Busy)?.map_err(|error| HashError::Failed(error.to_string()))?;
        // Permit and place go into the thread: a visitor who hangs up does not make room for work that still runs.
        tokio::task::spawn_blocking(move || {
            let _held = (permit, place);
            work()
        })
        .await
        .map_err(|error| HashError::Failed(error.to_string()))
    }
}

/// A place among those who wait or run; given back when dropped.
struct Place(Arc<AtomicUsize>);

impl Place {
    fn take(count: &Arc<AtomicUsize>, limit: usize) -> Option<Self> {
        let taken = count.fetch_add(1, Ordering::Relaxed);
        // Counted already, so that dropping it gives it back in both cases.
        let place = Self(Arc::clone(count));
        gauge(taken + 1);
        (taken < limit).then_some(place)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        gauge(self.0.fetch_sub(1, Ordering::Relaxed) - 1);
    }
}

fn gauge(places: usize) {
    metrics::gauge!("firstline_password_work").set(f64::from(u32::try_from(places).unwrap_or(u32::MAX)));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queue(longest_wait_ms: u64) -> Queue {
        Queue::new(Limits { at_once: 1, waiting: 1, longest_wait: Duration::from_millis(longest_wait_ms) })
    }

    /// Occupies the only thread until the sender is dropped.
    async fn occupy(queue: &Queue) -> (std::sync::mpsc::Sender<()>, tokio::task::JoinHandle<Result<(), HashError>>) {
        let (release, held) = std::sync::mpsc::channel::<()>();
        let (started, running) = tokio::sync::oneshot::channel();
        let queue = queue.clone();
        let task = tokio::spawn(async move {
            queue
                .run(move || {
                    let _ = started.send(());
                    let _ = held.recv();
                })
                .await
        });
        running.await.unwrap();
        (release, task)
    }

    #[tokio::test]
    async fn one_more_than_the_queue_holds_is_refused_at_once() {
        let queue = queue(60_000);
        let (release, running) = occupy(&queue).await;
        let waiting = tokio::spawn({
            let queue = queue.clone();
            async move { queue.run(|| 7).await }
        });
        while queue.waiting.load(Ordering::Relaxed) < 2 {
            tokio::task::yield_now().await;
        }
        assert!(matches!(queue.run(|| ()).await, Err(HashError::Busy)));
        drop(release);
        assert_eq!(waiting.await.unwrap().ok(), Some(7));
        assert!(running.await.unwrap().is_ok());
        assert_eq!(queue.waiting.load(Ordering::Relaxed), 0);
    }

    #[tokio::test]
    async fn waiting_too_long_is_refused_and_gives_the_place_back() {
        let queue = queue(20);
        let (release, running) = occupy(&queue).await;
        assert!(matches!(queue.run(|| ()).await, Err(HashError::Busy)));
        drop(release);
        assert!(running.await.unwrap().is_ok());
        assert!(queue.run(|| ()).await.is_ok());
        assert_eq!(queue.waiting.load(Ordering::Relaxed), 0);
    }

    #[tokio::test]
    async fn a_visitor_who_hangs_up_leaves_no_place_taken() {
        let queue = queue(60_000);
        let (release, running) = occupy(&queue).await;
        let waiting = tokio::spawn({
            let queue = queue.clone();
            async move { queue.run(|| ()).await }
        });
        while queue.waiting.load(Ordering::Relaxed) < 2 {
            tokio::task::yield_now().await;
        }
        waiting.abort();
        let _ = waiting.await;
        assert_eq!(queue.waiting.load(Ordering::Relaxed), 1);
        drop(release);
        assert!(running.await.unwrap().is_ok());
    }
}
