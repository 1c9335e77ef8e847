//! What slices keep in memory because they can make it again: one value of a type for each application.

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

/// See the module.
#[derive(Default)]
pub struct Memory(RwLock<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>);

impl Memory {
    /// The value of this type, made on first use.
    pub fn of<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        let key = TypeId::of::<T>();
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        let value = known.unwrap_or_else(|| {
            let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
            all.entry(key).or_insert_with(|| Arc::new(T::default())).clone()
        });
        // The key is the type, so that the value always is one.
        value.downcast().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU8, Ordering};

    use super::*;

    #[test]
    fn each_type_has_one_value() {
        let memory = Memory::default();
        memory.of::<AtomicU8>().store(7, Ordering::Relaxed);
        assert_eq!(memory.of::<AtomicU8>().load(Ordering::Relaxed), 7);
        assert_eq!(*memory.of::<String>(), "");
    }
}
