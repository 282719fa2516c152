use super::*;

use Wrapper::{JsonInString, KubernetesSecret, ServiceList};

use base64::{Engine, prelude::BASE64_STANDARD};

fn secret(data: &str) -> String {
    format!("apiVersion: v1\nkind: Secret\nmetadata:\n  name: my-binding\n{data}")
}

#[test]
fn a_flat_document_is_read_with_its_places() {
    let source =
        "# a comment\nurl: https://sales.example.com\nclientId: 'sb-sales!b1'\nclientSecret: \"pl4nted+s3cr3t/$=\"\n";
    let binding = only(source);
    assert_eq!(text(&binding.node, "url"), "https://sales.example.com");
    assert_eq!(text(&binding.node, "clientId"), "sb-sales!b1");
    assert_eq!(text(&binding.node, "clientSecret"), SECRET);
    assert_eq!(place(source, value(&binding.node, "clientSecret")), (4, 15));
    assert_eq!(place(source, value(&binding.node, "url")), (2, 6));
}

#[test]
fn block_scalars_keep_the_lines_of_a_certificate() {
    let source = "certificate: |\n  -----BEGIN CERTIFICATE-----\n  MIIB\n  -----END CERTIFICATE-----\nkey: |-\n  -----BEGIN A-----\n";
    let binding = only(source);
    assert_eq!(text(&binding.node, "certificate"), "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
    assert_eq!(text(&binding.node, "key"), "-----BEGIN A-----");
}

#[test]
fn plain_numbers_and_truth_values_are_no_texts_and_quoted_ones_are() {
    let source = "a: 12\nb: '12'\nc: true\nd: null\ne:\nf: 1.5e3\ng: 0x1F\nh: !!str 12\ni: 12a\nj: ~\nk: -.inf\nl: +12\n\
                  m: .5\nn: Truely\no: 1.2.3\np: e5\nq: 0o17\nclientid: 1e10\n";
    let binding = only(source);
    let scalars: Vec<&str> = binding
        .node
        .members()
        .iter()
        .filter(|member| matches!(member.value.value, Value::Scalar(_)))
        .map(|member| member.key.as_str())
        .collect();
    assert_eq!(scalars, ["a", "c", "d", "e", "f", "g", "j", "k", "l", "m", "q", "clientid"], "{source}");
}

#[test]
fn several_documents_are_several_bindings() {
    let source = "clientid: a\n---\nclientid: b\n---\n---\n# nothing\n";
    assert_eq!(names(source), ["#1", "#2"]);
    let binding = &parsed(source).bindings[1];
    assert_eq!(place(source, value(&binding.node, "clientid")), (3, 11));
}

#[test]
fn a_kubernetes_secret_is_decoded() {
    let encoded = BASE64_STANDARD.encode(SECRET);
    let source = secret(&format!("type: Opaque\ndata:\n  client_id: c2Itc2FsZXMhYjE=\n  client_secret: {encoded}\n"));
    let binding = only(&source);
    assert_eq!((binding.name.as_str(), &binding.wrappers[..]), ("my-binding", &[KubernetesSecret][..]));
    assert_eq!(text(&binding.node, "client_id"), "sb-sales!b1");
    assert_eq!(text(&binding.node, "client_secret"), SECRET);
    assert_eq!(place(&source, value(&binding.node, "client_secret")), (8, 18));
    let folded = secret("data:\n  client_id: |\n    c2Itc2Fs\n    ZXMhYjE=\n");
    assert_eq!(text(&only(&folded).node, "client_id"), "sb-sales!b1", "base64 may be wrapped");
}

#[test]
fn string_data_is_plain_and_outranks_data() {
    let source = secret(
        "stringData:\n  client_secret: pl4nted\n  url: a\ndata:\n  client_secret: b3RoZXI=\n  client_id: YQ==\n",
    );
    let binding = only(&source);
    assert_eq!(text(&binding.node, "client_secret"), "pl4nted", "as Kubernetes does it");
    let mut found = keys(&binding.node);
    found.sort_unstable();
    assert_eq!(found, ["client_id", "client_secret", "url"]);
}

#[test]
fn what_is_no_base64_stays_readable_so_that_it_can_be_told_as_a_placeholder() {
    let binding = only(sample("26"));
    assert_eq!(text(&binding.node, "url"), "{URL}");
    assert_eq!(text(&binding.node, "client_secret"), "{CLIENT_SECRET}");
    assert_eq!(place(sample("26"), value(&binding.node, "client_secret")), (8, 18));
    for damaged in ["xxxx", "<client-secret>", "pl4nted+s3cr3t", "c2Itc2FsZXMhYjE", "AAEC"] {
        let source = secret(&format!("data:\n  client_secret: {damaged}\n"));
        assert_eq!(text(&only(&source).node, "client_secret"), damaged);
    }
}

#[test]
fn a_secret_may_hold_its_binding_as_json_under_one_key() {
    let json = format!("{{\"clientid\": \"sb-sales!b1\", \"clientsecret\": \"{SECRET}\"}}");
    let encoded = BASE64_STANDARD.encode(&json);
    let metadata = BASE64_STANDARD.encode("{\"metaDataProperties\": []}");
    for source in [
        secret(&format!("data:\n  credentials: {encoded}\n")),
        secret(&format!("data:\n  my-key: {encoded}\n  .metadata: {metadata}\n  type: eHN1YWE=\n")),
        secret(&format!("stringData:\n  credentials: |\n    {json}\n")),
        format!(
            "{{\"kind\": \"Secret\", \"metadata\": {{\"name\": \"my-binding\"}}, \"data\": {{\"k\": \"{encoded}\"}}}}"
        ),
    ] {
        let binding = only(&source);
        assert_eq!(binding.wrappers, [KubernetesSecret, JsonInString], "{source}");
        assert_eq!(binding.name, "my-binding");
        assert_eq!(text(&binding.node, "clientsecret"), SECRET);
    }
    let nested = secret(&format!("stringData:\n  uaa: '{json}'\n  url: https://service.example.com\n"));
    assert_eq!(text(&only(&nested).node, "uaa/clientsecret"), SECRET, "a reuse service has its own url beside it");
}

#[test]
fn a_part_that_looks_like_json_or_like_properties_stays_what_it_is() {
    let source = secret("stringData:\n  client_secret: '{\"a\":1}'\n  client_id: a\n");
    assert_eq!(text(&only(&source).node, "client_secret"), "{\"a\":1}");
    for written in ["\"\\\\:\"", "'\\:'", "'\\='", "\\:b", "a\\=b"] {
        let source = format!("clientId: a\nclientSecret: {written}\n");
        assert_eq!(parsed(&source).syntax, Syntax::Yaml, "{source}");
        assert!(text(&only(&source).node, "clientSecret").contains('\\'), "{source}");
    }
}

#[test]
fn several_secrets_are_several_bindings_by_their_names() {
    let first = secret("data:\n  client_id: YQ==\n");
    let second = first.replace("my-binding", "other");
    assert_eq!(names(&format!("{first}---\n{second}")), ["my-binding", "other"]);
    let indent = |text: &str| format!("- {}", text.trim_end().replace('\n', "\n  "));
    let list = format!("apiVersion: v1\nkind: List\nitems:\n{}\n{}\n", indent(&first), indent(&second));
    assert_eq!(names(&list), ["my-binding", "other"]);
    assert_eq!(parsed(&list).bindings[0].wrappers, [ServiceList, KubernetesSecret]);
}

#[test]
fn what_refers_or_means_something_special_is_refused_with_its_reason() {
    const ALIAS: &str =
        "anchors and aliases (& and *) are not read; put a value that begins with one of them in quotes";
    for (source, place, problem) in [
        ("clientid: &a b\n", "line 1, column 14", ALIAS),
        ("clientid: *a\n", "line 1, column 11", ALIAS),
        ("clientid: &a b\nurl: *a\n", "line 1, column 14", ALIAS),
        ("a: b\n<<: {clientid: a}\n", "line 2, column 1", "merge keys (<<) are not read"),
        (
            "clientid: !secret a\n",
            "line 1, column 19",
            "tags (!) are not read; put a value that begins with ! in quotes",
        ),
        (
            "clientid: !!binary YQ==\n",
            "line 1, column 20",
            "tags (!) are not read; put a value that begins with ! in quotes",
        ),
        ("clientid: a\n? [b]\n: c\n", "line 2, column 3", "a key must be a text"),
    ] {
        assert_eq!(defect(source), format!("{place}: this is not valid YAML: {problem}"), "{source}");
    }
}

#[test]
fn damaged_yaml_is_reported_with_its_place_and_without_its_text() {
    for (source, message) in [
        ("clientid: \"a\nurl: b\n", "line 2, column 1: this is not valid YAML: a closing quote is missing above"),
        (
            "url: a\n  clientid: pl4nted\n",
            "line 2, column 11: this is not valid YAML: mapping values are not allowed in this context",
        ),
        ("clientid: @pl4nted\n", "line 1, column 11: this is not valid YAML: unexpected character"),
        ("clientid: %pl4nted\n", "line 1, column 11: this is not valid YAML: unexpected character"),
    ] {
        assert_eq!(defect(source), message, "{source}");
    }
}

#[test]
fn deep_nesting_is_refused() {
    for nested in [
        format!("clientid: {}", "[".repeat(100_000)),
        format!("clientid: {}", "{a: ".repeat(1_000)),
        (0..100).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect(),
        format!("{}a", "- ".repeat(1_000)),
    ] {
        assert_eq!(parse(&nested).unwrap_err().kind, FindingKind::TooDeep, "{:.60}", nested);
    }
}
