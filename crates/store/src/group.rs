//! On SQLite, use cases that wait for each other's turn to write share one transaction and one write to the disk (group commit): each is a savepoint
//! within it, so that one that fails takes nothing of the others with it, and none is told that it is done before the disk has all of them.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use kernel::{Error, Result};
use sea_orm::{
    DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use tokio::sync::{Mutex, OwnedMutexGuard, oneshot};

/// Most use cases in one transaction: the first waits for the last.
const MOST: usize = 64;

/// Those who share.
#[derive(Debug, Default)]
pub(crate) struct Group {
    open: Arc<Mutex<Option<Batch>>>,
    waiting: AtomicUsize,
}

/// A transaction under way and those who wait for its end.
struct Batch {
    outer: DatabaseTransaction,
    members: Vec<oneshot::Sender<std::result::Result<(), String>>>,
}

impl fmt::Debug for Batch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch").field("members", &self.members.len()).finish_non_exhaustive()
    }
}

/// The turn to write. Giving it up lets the next one in, or ends the transaction when nobody waits.
#[derive(Debug)]
pub(crate) struct Seat {
    turn: Option<OwnedMutexGuard<Option<Batch>>>,
    group: Arc<Group>,
}

/// One who waits for the turn; who stops waiting must not leave a transaction open behind.
struct Waiting(Option<Arc<Group>>);

impl Waiting {
    fn of(group: &Arc<Group>) -> Self {
        group.waiting.fetch_add(1, Ordering::SeqCst);
        Self(Some(group.clone()))
    }

    fn end(mut self) {
        if let Some(group) = self.0.take() {
            group.waiting.fetch_sub(1, Ordering::SeqCst);
        }
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if let Some(group) = self.0.take() {
            group.waiting.fetch_sub(1, Ordering::SeqCst);
            tokio::spawn(async move {
                let turn = group.open.clone().lock_owned().await;
                leave(turn, &group).await;
            });
        }
    }
}

/// Waits for the turn: a savepoint in the shared transaction, and the seat.
pub(crate) async fn join(group: &Arc<Group>, write: &DatabaseConnection) -> Result<(DatabaseTransaction, Seat)> {
    let waiting = Waiting::of(group);
    let turn = group.open.clone().lock_owned().await;
    waiting.end();
    let mut seat = Seat { turn: Some(turn), group: group.clone() };
    let point = seat.point(write).await.map_err(crate::fail)?;
    Ok((point, seat))
}

impl Seat {
    /// A savepoint in the transaction, which begins with the first.
    async fn point(&mut self, write: &DatabaseConnection) -> std::result::Result<DatabaseTransaction, DbErr> {
        let Some(turn) = self.turn.as_mut() else { return Err(DbErr::Custom("lượt ghi đã hết".into())) };
        let batch = match &mut **turn {
            Some(batch) => batch,
            none => {
                let options = TransactionOptions {
                    sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                    ..TransactionOptions::default()
                };
                none.insert(Batch { outer: write.begin_with_options(options).await?, members: Vec::new() })
            }
        };
        batch.outer.begin().await
    }

    /// After the savepoint was released: gives up the turn and waits until the disk has it.
    pub(crate) async fn done(mut self) -> Result<()> {
        let (tell, told) = oneshot::channel();
        if let Some(batch) = self.turn.as_mut().and_then(|turn| turn.as_mut()) {
            batch.members.push(tell);
        }
        drop(self);
        match told.await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(Error::Internal(format!("cơ sở dữ liệu: {error}"))),
            Err(_) => Err(Error::internal("giao dịch chung bị bỏ dở")),
        }
    }
}

impl Drop for Seat {
    /// In a task of its own: whoever stops listening must not break off the commit of the others.
    fn drop(&mut self) {
        if let Some(turn) = self.turn.take() {
            let group = self.group.clone();
            tokio::spawn(async move { leave(turn, &group).await });
        }
    }
}

async fn leave(mut turn: OwnedMutexGuard<Option<Batch>>, group: &Group) {
    let full = turn.as_ref().is_some_and(|batch| batch.members.len() >= MOST);
    if group.waiting.load(Ordering::SeqCst) > 0 && !full {
        return;
    }
    if let Some(batch) = turn.take() {
        let ended = batch.outer.commit().await.map_err(|error| error.to_string());
        for member in batch.members {
            member.send(ended.clone()).ok();
        }
    }
}
