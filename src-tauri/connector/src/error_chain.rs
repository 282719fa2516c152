//! Looks for the error that matters in those that wrap it.

use std::{error::Error, io};

/// The first error of that type in `error` or in what caused it.
pub fn find<'a, E: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a E> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        // An `io::Error` does not count what it holds as its source.
        let held = error.downcast_ref().and_then(io::Error::get_ref).map(|held| held as &(dyn Error + 'static));
        next = held.or_else(|| error.source());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_found_inside_errors_of_the_connection() {
        let inner = io::Error::new(io::ErrorKind::InvalidData, rustls::Error::DecryptError);
        assert_eq!(find(&io::Error::other(inner)), Some(&rustls::Error::DecryptError), "two levels deep");
        assert_eq!(find::<rustls::Error>(&io::Error::other("something else")), None);
    }
}
