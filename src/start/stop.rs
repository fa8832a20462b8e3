//! The word to stop: SIGINT (Ctrl-C), SIGTERM or SIGHUP.

use std::io;

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

/// Counts how often the program was asked to stop. Clones hear the same.
#[derive(Clone)]
pub struct Stop(watch::Receiver<u32>);

impl Stop {
    /// Takes over the signals for the rest of the process' life.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn on_signals() -> io::Result<Self> {
        let mut signals = [signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?, signal(SignalKind::hangup())?];
        let (sender, receiver) = watch::channel(0);
        tokio::spawn(async move {
            loop {
                let [interrupt, terminate, hangup] = &mut signals;
                tokio::select! {
                    _ = interrupt.recv() => {}
                    _ = terminate.recv() => {}
                    _ = hangup.recv() => {}
                }
                sender.send_modify(|asked| *asked += 1);
            }
        });
        Ok(Self(receiver))
    }

    pub async fn asked(&mut self) {
        self.times(1).await;
    }

    /// Asked a second time: at once, please.
    pub async fn insisted(&mut self) {
        self.times(2).await;
    }

    async fn times(&mut self, wanted: u32) {
        if self.0.wait_for(|asked| *asked >= wanted).await.is_err() {
            // The sender lives as long as the runtime; without it nobody can ask.
            std::future::pending::<()>().await;
        }
    }
}
