//! Reading files: the same paper in every format, and files made to do harm.

#[cfg(test)]
mod article;
#[cfg(test)]
mod build;
#[cfg(test)]
mod formats;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod layout;
