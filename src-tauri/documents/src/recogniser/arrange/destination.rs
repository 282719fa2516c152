//! BTP destinations.

use crate::{
    Shape,
    recogniser::{
        arrangement::{Announced, Arrangement, KeyStoreReference},
        keyed::Keyed,
    },
    tree::{Member, Node, Value},
};

/// A BTP destination. `certificates` are the keystores that the destination service delivers along.
pub(super) fn arrange<'a>(keys: &Keyed<'a>, certificates: Option<&'a Node>) -> Arrangement<'a> {
    let location = keys.find("tokenservicekeystorelocation");
    let password = keys.find("tokenservicekeystorepassword");
    let keystore = location.and_then(|location| {
        let name = location.value.text().filter(|name| !name.trim().is_empty())?;
        let files: &[Node] = match certificates.map(|node| &node.value) {
            Some(Value::List(files)) => files,
            Some(Value::Object(_) | Value::Text(_) | Value::Scalar(_)) | None => &[],
        };
        let file = files.iter().find(|file| file.find("name").and_then(Node::text) == Some(name));
        Some(KeyStoreReference {
            at: location.value.at,
            location: name,
            password: password.and_then(|member| member.value.text()).filter(|password| !password.is_empty()),
            content: file.and_then(|file| file.find("content")).and_then(Node::text),
        })
    });
    let given = keys.given();
    let token_host = false;
    let announced = keystore.map(|_| Announced::Certificate);
    // What every destination of this kind says, and what leads to the keystore, belongs to the form and not to what it holds.
    let of_form = |(key, value): &(&str, &str)| keys.find(key).filter(|member| member.value.text() == Some(*value));
    let taken: Vec<&Member> = [
        ("type", "HTTP"),
        ("proxytype", "Internet"),
        ("authentication", "OAuth2ClientCredentials"),
        ("tokenserviceurltype", "Dedicated"),
    ]
    .iter()
    .filter_map(of_form)
    .chain(keys.find("name"))
    .chain(location)
    .chain(password)
    .collect();
    let rest = keys.rest(&taken);
    Arrangement { shape: Shape::Destination, entry: None, nested: false, given, token_host, announced, keystore, rest }
}
