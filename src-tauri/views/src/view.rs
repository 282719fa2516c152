//! Makes views.

use domain::messages::Language;

/// What a screen or a script gets about a `T` of the domain, with its texts in one language.
pub trait View<T>: Sized {
    /// The view of `what`.
    fn of(what: T, language: Language) -> Self;
}

impl<T, V: View<T>> View<Option<T>> for Option<V> {
    fn of(what: Option<T>, language: Language) -> Self {
        what.map(|what| V::of(what, language))
    }
}

impl<T, V: View<T>> View<Vec<T>> for Vec<V> {
    fn of(what: Vec<T>, language: Language) -> Self {
        what.into_iter().map(|what| V::of(what, language)).collect()
    }
}

/// [`View::of`] as a method of what is shown.
pub trait IntoView: Sized {
    /// The view of the type that the caller asks for.
    fn into_view<V: View<Self>>(self, language: Language) -> V {
        V::of(self, language)
    }
}

impl<T> IntoView for T {}
