//! The words every part shares: ids, dates, clock, Vietnamese text, paging, permits, errors.
