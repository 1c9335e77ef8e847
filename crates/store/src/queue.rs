//! What arrives by the hundred in a second is written together: use cases of one kind that wait for their turn share one transaction and few statements
//! (`docs/adr/0010-written-together.md`).

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    fmt,
    future::Future,
    sync::{Arc, Mutex, PoisonError},
};

use kernel::{Error, Result};
use tokio::sync::oneshot;

/// Most in one transaction: the first waits for the last.
const MOST: usize = 64;

/// Things of one kind that wait to be written.
#[derive(Debug)]
pub struct Queue<T> {
    waiting: Mutex<Vec<Waiting<T>>>,
    turn: tokio::sync::Mutex<()>,
}

#[derive(Debug)]
struct Waiting<T> {
    thing: T,
    tell: oneshot::Sender<Result<()>>,
}

impl<T> Default for Queue<T> {
    fn default() -> Self {
        Self { waiting: Mutex::default(), turn: tokio::sync::Mutex::default() }
    }
}

impl<T: Send + 'static> Queue<T> {
    /// Waits until the thing is written. `write` gets it with everything else that waited, and says of each whether it was; when it fails, nothing was.
    ///
    /// # Errors
    /// What `write` says of it.
    pub async fn write<F>(self: &Arc<Self>, thing: T, write: impl FnOnce(Vec<T>) -> F + Send + 'static) -> Result<()>
    where
        F: Future<Output = Result<Vec<Result<()>>>> + Send,
    {
        let (tell, told) = oneshot::channel();
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).push(Waiting { thing, tell });
        // In a task of its own: whoever stops listening must not break off what is written for the others.
        let queue = self.clone();
        tokio::spawn(async move {
            let _turn = queue.turn.lock().await;
            let (things, tells) = queue.next();
            if things.is_empty() {
                return;
            }
            match write(things).await {
                Ok(outcomes) => {
                    for (tell, outcome) in tells.into_iter().zip(outcomes) {
                        tell.send(outcome).ok();
                    }
                }
                Err(error) => {
                    let message = error.to_string();
                    for tell in tells {
                        tell.send(Err(Error::Internal(message.clone()))).ok();
                    }
                }
            }
        });
        told.await.unwrap_or_else(|_| Err(Error::internal("việc ghi chung bị bỏ dở")))
    }

    /// Those whose turn it is. As many tasks wait for the turn as things were put in, so that none stays.
    fn next(&self) -> (Vec<T>, Vec<oneshot::Sender<Result<()>>>) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let count = waiting.len().min(MOST);
        waiting.drain(..count).map(|waiting| (waiting.thing, waiting.tell)).unzip()
    }
}

/// The queues of a database, one for each kind of thing.
#[derive(Clone, Default)]
pub(crate) struct Queues(Arc<Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>>);

impl Queues {
    pub(crate) fn of<T: Send + 'static>(&self) -> Arc<Queue<T>> {
        let mut queues = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let queue = queues.entry(TypeId::of::<T>()).or_insert_with(|| Arc::<Queue<T>>::default());
        queue.clone().downcast().unwrap_or_default()
    }
}

impl fmt::Debug for Queues {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Queues").finish_non_exhaustive()
    }
}
