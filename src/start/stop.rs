//! The word to stop: SIGINT (Ctrl-C) or SIGTERM. SIGHUP keeps its meaning, so that `nohup` works.

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
        let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
        let (sender, receiver) = watch::channel(0);
        tokio::spawn(async move {
            loop {
                tokio::select! {
                    _ = interrupt.recv() => {}
                    _ = terminate.recv() => {}
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
