//! Documents on their way to the threads that index. The library's own queue holds ten thousand, which are tens of megabytes; here whoever brings more than
//! [`MOST`] waits.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

use tantivy::{TantivyDocument, schema::Document};

/// Documents that may be on their way.
const MOST: usize = 256;

/// How many are on their way.
#[derive(Debug, Default)]
pub(super) struct Places {
    taken: Mutex<usize>,
    freed: Condvar,
}

impl Places {
    /// Waits for a place and takes it for a document.
    pub(super) fn take(self: &Arc<Self>, doc: TantivyDocument) -> Waiting {
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let mut taken = self.freed.wait_while(taken, |taken| *taken >= MOST).unwrap_or_else(PoisonError::into_inner);
        *taken += 1;
        Waiting { doc, _place: Place(self.clone()) }
    }
}

/// A document with its place.
pub(super) struct Waiting {
    doc: TantivyDocument,
    _place: Place,
}

/// Free again once it is dropped: with the document, or when a thread has taken it.
struct Place(Arc<Places>);

impl Drop for Place {
    fn drop(&mut self) {
        *self.0.taken.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        self.0.freed.notify_one();
    }
}

impl Document for Waiting {
    type Value<'a> = <TantivyDocument as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.doc.iter_fields_and_values()
    }

    fn into_tantivy_document(self) -> TantivyDocument {
        self.doc
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_brings_too_many_waits_until_one_is_taken() {
        let places = Arc::new(Places::default());
        let mut waiting: Vec<_> = (0..MOST).map(|_| places.take(TantivyDocument::default())).collect();
        let (told, tells) = std::sync::mpsc::channel();
        let late = std::thread::spawn({
            let places = places.clone();
            move || {
                let one = places.take(TantivyDocument::default());
                told.send(()).expect("somebody who listens");
                drop(one);
            }
        });
        assert!(tells.try_recv().is_err());
        drop(waiting.pop().map(Document::into_tantivy_document));
        tells.recv().expect("a place");
        late.join().expect("an end");
        drop(waiting);
        assert_eq!(*places.taken.lock().expect("a count"), 0);
    }
}
