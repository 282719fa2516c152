//! The unchanged filler of published samples, which people paste by mistake.

use zeroize::Zeroizing;

use crate::{Part, tree::normalise_key};

/// Whether a value is filler instead of the part that it stands for.
pub(crate) fn is_placeholder(part: Part, text: &str) -> bool {
    let text = text.trim();
    if is_masked(text) || is_bracketed_name(text) || is_named_after(part, text) || is_sample_value(text) {
        return true;
    }
    match part {
        Part::Url | Part::TokenUrl | Part::CertUrl => {
            holds_bracketed_name(text, '<', '>') || holds_bracketed_name(text, '{', '}') || holds_filler_word(text)
        }
        Part::ClientId => holds_bracketed_name(text, '<', '>') || holds_filler_word(text),
        Part::Certificate | Part::PrivateKey => is_pem_of_filler(text),
        // Anything else may be a secret by chance.
        Part::ClientSecret => false,
    }
}

/// Nothing but crosses, asterisks or dots, and punctuation between them: `xxxxxxxx-xxxx$xxxx=`, `••••`.
fn is_masked(text: &str) -> bool {
    let crosses = text.chars().filter(|c| matches!(c, 'x' | 'X')).count();
    let masks = text.chars().filter(|c| matches!(c, '*' | '•' | '…' | '.')).count();
    let others = text.chars().any(|c| c.is_alphanumeric() && !matches!(c, 'x' | 'X'));
    !others && (crosses >= 4 || masks >= 3 && crosses == 0)
}

/// A name in brackets and nothing else: `<client secret>`, `{CLIENT_SECRET}`, `${CLIENT_SECRET}`.
fn is_bracketed_name(text: &str) -> bool {
    let inside = |open: &str, close: &str| text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    let pairs = [("<", ">"), ("{{", "}}"), ("${", "}"), ("{", "}")];
    pairs.into_iter().any(|(open, close)| inside(open, close).is_some_and(|name| is_name(name.trim())))
}

fn holds_bracketed_name(text: &str, open: char, close: char) -> bool {
    text.split(open).skip(1).any(|rest| rest.split_once(close).is_some_and(|(name, _)| is_name(name)))
}

/// What stands in the brackets of a sample: words, not the middle of a secret that happens to hold brackets.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphabetic() || " -_".contains(c))
}

/// A word, or the end of one, of four or more crosses: `cfs-xxxx`, `sb-apiaccessxxxx!b1`.
fn holds_filler_word(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|word| {
        let without = word.trim_end_matches(['x', 'X']);
        word.len() - without.len() >= 4
    })
}

/// The value says only what should stand there: `client-id`, `your-client-id`.
fn is_named_after(part: Part, text: &str) -> bool {
    if text.len() > 24 {
        return false;
    }
    let name = Zeroizing::new(normalise_key(text));
    let name = name.strip_prefix("your").or(name.strip_prefix("my")).unwrap_or(&name);
    part.spellings().contains(&name)
}

fn is_sample_value(text: &str) -> bool {
    let host = text.strip_prefix("https://").unwrap_or(text);
    let host = host.split_once('/').map_or(host, |(host, _)| host);
    ["apiportal-application-url", "token-enpoint-url", "token-endpoint-url"].contains(&host)
}

/// PEM blocks around filler.
fn is_pem_of_filler(text: &str) -> bool {
    if !text.contains("-----") {
        return false;
    }
    let mut some = false;
    for piece in text.split("-----").filter(|piece| !piece.starts_with("BEGIN ") && !piece.starts_with("END ")) {
        if piece.contains("only for test") {
            return true;
        }
        let mut characters = without_line_breaks(piece).peekable();
        some |= characters.peek().is_some();
        if !characters.all(|c| matches!(c, 'x' | 'X' | '.' | '…' | '*' | '•' | '=')) {
            return false;
        }
    }
    some
}

/// The characters of a text but for white space, also where it is written as `\n` or `\\n`.
fn without_line_breaks(text: &str) -> impl Iterator<Item = char> {
    let mut escaped = false;
    text.chars().filter(move |c| {
        let skipped = *c == '\\' || c.is_whitespace() || escaped && matches!(c, 'n' | 'r' | 't');
        escaped = *c == '\\';
        !skipped
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_filler_of_the_published_samples_is_recognised() {
        for (part, text) in [
            (Part::Url, "https://<application name>.cfapps.sap.hana.ondemand.com"),
            (Part::Url, "https://apiportal-application-url"),
            (Part::Url, "{URL}"),
            (Part::Url, "https://xxxxxxxxxxxx.cfapps.sap.hana.ondemand.com"),
            (Part::TokenUrl, "https://token-enpoint-url/oauth/token"),
            (Part::TokenUrl, "https://{tenant}.authentication.eu10.hana.ondemand.com"),
            (Part::CertUrl, "https://mysubaccount-xxxxxxx.authentication.cert.example.com"),
            (Part::ClientId, "your-client-id"),
            (Part::ClientId, "client-id"),
            (Part::ClientId, "clientId"),
            (Part::ClientId, "<client-id>"),
            (Part::ClientId, "sb-apiaccessxxxxxxxx!xxxx|api-portal-xsuaa!bxxxx"),
            (Part::ClientSecret, "xxxxxxxxxxxxxxxx="),
            (Part::ClientSecret, "XXXX"),
            (Part::ClientSecret, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx$xxxxxxxxxxxx="),
            (Part::ClientSecret, "<client_secret>"),
            (Part::ClientSecret, "{CLIENT_SECRET}"),
            (Part::ClientSecret, "${CLIENT_SECRET}"),
            (Part::ClientSecret, "your-client-secret"),
            (Part::ClientSecret, "••••••••"),
            (Part::Certificate, "xxxxxxxxxxxxxxxxxxx"),
            (Part::Certificate, "-----BEGIN CERTIFICATE-----\nxxxxxx\nxxxx\n-----END CERTIFICATE-----\n"),
            (Part::Certificate, "-----BEGIN CERTIFICATE-----\\nxxxxxx\\nxxxx\\n-----END CERTIFICATE-----\\n"),
            (Part::Certificate, "-----BEGIN CERTIFICATE-----\\\\nxxxx\\\\n-----END CERTIFICATE-----\\\\n"),
            (Part::Certificate, "-----BEGIN CERTIFICATE-----...-----END CERTIFICATE-----"),
            (Part::PrivateKey, "-----BEGIN PRIVATE KEY-----fake, only for test-----END PRIVATE KEY-----"),
        ] {
            assert!(is_placeholder(part, text), "{part:?}: {text}");
        }
    }

    #[test]
    fn what_happens_to_look_a_little_like_a_sample_is_none() {
        for secret in ["<", ">", "><", "<>", "a<b+>9", "a>b<c", "p<4$>q", "<abc9>", "a<b>c", "xxx", "xxxxy", "{1}"] {
            assert!(!is_placeholder(Part::ClientSecret, secret), "a secret may hold any visible character: {secret}");
        }
        assert!(!is_placeholder(Part::ClientSecret, "{\"looks\":\"like json\"}"));
        assert!(!is_placeholder(Part::ClientSecret, "your-client-secret9"));
        assert!(!is_placeholder(Part::Url, "https://xxxlutz.example.com"), "a company may be called like this");
        assert!(!is_placeholder(Part::Url, "https://paastenant.auth.com"));
        assert!(!is_placeholder(Part::ClientId, "sb-apiaccess_1705298659201!b109482|api-portal-xsuaa!b11864"));
        assert!(!is_placeholder(Part::Certificate, "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"));
        assert!(!is_placeholder(Part::PrivateKey, ""));
    }
}
