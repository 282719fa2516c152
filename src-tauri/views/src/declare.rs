//! How a wire type is declared.

/// Defines the wire types of a module, and lists them for [`crate::render_typescript`]. A `reply` is only ever written, a
/// `request` only ever read; `both` is for a word that goes both ways; `revealed` is a reply with a secret in it.
macro_rules! wire {
    ($($(#[$meta:meta])* $way:ident $kind:ident $name:ident $body:tt)*) => {
        $(crate::declare::wire_type! { $way $(#[$meta])* $kind $name $body })*

        pub(crate) fn declarations(config: &ts_rs::Config) -> Vec<String> {
            vec![$(crate::declare::declaration::<$name>(config)),*]
        }
    };
}

macro_rules! wire_type {
    (reply $($type:tt)*) => { crate::declare::wire_type! { @derive (Clone, serde::Serialize) $($type)* } };
    (revealed $($type:tt)*) => { crate::declare::wire_type! { @derive (serde::Serialize) $($type)* } };
    (request $($type:tt)*) => { crate::declare::wire_type! { @derive (serde::Deserialize) $($type)* } };
    (both $($type:tt)*) => { crate::declare::wire_type! { @derive (Clone, serde::Serialize, serde::Deserialize) $($type)* } };
    (@derive ($($derive:path),*) $(#[$meta:meta])* $kind:ident $name:ident $body:tt) => {
        #[derive(Debug, ts_rs::TS, $($derive),*)]
        #[serde(rename_all = "camelCase")]
        $(#[$meta])*
        pub $kind $name $body
    };
}
pub(crate) use {wire, wire_type};

/// One exported TypeScript declaration with its documentation.
pub(crate) fn declaration<T: ts_rs::TS>(config: &ts_rs::Config) -> String {
    format!("{}export {}", T::docs().unwrap_or_default(), T::decl(config))
}
