use super::*;

use Wrapper::{CodeFence, ConsoleBanner, Credentials, JsonInString, KubernetesSecret, ServiceList, VcapServices};

const BINDING: &str = r#"{"clientid": "sb-sales!b1", "clientsecret": "pl4nted+s3cr3t/$="}"#;

fn quote(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

#[test]
fn the_published_samples_are_unwrapped_as_they_are_wrapped() {
    let none: &[Wrapper] = &[];
    for (number, wrappers, name, key) in [
        ("01", none, "", "clientSecret"),
        ("02", none, "", "certurl"),
        ("03", none, "", "clientSecret"),
        ("05", none, "", "privateKey"),
        ("08", none, "", "orgId"),
        ("11", &[Credentials][..], "", "certurl"),
        ("13", none, "", "uaa/clientsecret"),
        ("14", &[ConsoleBanner, Credentials], "", "clientSecret"),
        ("19", &[VcapServices, ServiceList, Credentials], "scheduler-instance", "uaa/clientsecret"),
        ("23", &[ServiceList, Credentials], "example-xsuaa", "clientid"),
        ("24", none, "", "oauth/clientid"),
        ("26", &[KubernetesSecret], "my-binding", "client_secret"),
        ("28", &[ServiceList, Credentials], "saas-app-saas-registry", "clientsecret"),
    ] {
        let binding = only(sample(number));
        assert_eq!(binding.wrappers, wrappers, "sample {number}");
        assert_eq!(binding.name, name, "sample {number}");
        assert!(value(&binding.node, key).text().is_some(), "sample {number} has {key}");
    }
}

#[test]
fn values_keep_their_place_in_the_text_as_it_was_given() {
    let binding = only(sample("14"));
    assert_eq!(place(sample("14"), value(&binding.node, "clientSecret")), (8, 21));
    let binding = only(sample("19"));
    assert_eq!(place(sample("19"), value(&binding.node, "uaa/clientid")), (13, 25));
}

#[test]
fn console_output_above_and_below_is_taken_off() {
    for text in [
        format!("Getting key sales for service instance portal as ada@example.com...\nOK\n\n{BINDING}\n"),
        format!("$ cf service-key portal sales\nGetting key sales ...\n\n{BINDING}\n\n$ "),
        format!("[ada@host ~]$ cf service-key portal sales\n\n  {BINDING}\nOK"),
        format!("PS C:\\Users\\ada> cf service-key portal sales\n{BINDING}\nPS C:\\Users\\ada>"),
        format!("Here is the key:\n\n{BINDING}\n\nBest regards"),
    ] {
        let binding = only(&text);
        assert_eq!(binding.wrappers, [ConsoleBanner], "{text}");
        assert_eq!(text_of_secret(&binding), SECRET);
    }
    let damaged = format!("Getting key sales ...\n\n{}\n", BINDING.replace(", ", " "));
    assert_eq!(defect(&damaged), "line 3, column 27: this is not valid JSON: Expected comma");
}

fn text_of_secret(binding: &Binding) -> &str {
    text(&binding.node, "clientsecret")
}

#[test]
fn the_output_of_cf_env_is_read_in_both_versions_of_its_form() {
    let services = format!("{{\"xsuaa\": [{{\"name\": \"sales\", \"credentials\": {BINDING}}}]}}");
    let application = "{\"application_name\": \"a\"}";
    let old = format!(
        "Getting env variables for app a in org o / space s as ada...\nOK\n\nSystem-Provided:\n\
         {{\n \"VCAP_SERVICES\": {services}\n}}\n\n{{\n \"VCAP_APPLICATION\": {application}\n}}\n\nNo user-provided env \
         variables have been set\n"
    );
    let new = format!(
        "Getting env variables for app a in org o / space s as ada...\nSystem-Provided:\nVCAP_SERVICES: {services}\n\n\
         VCAP_APPLICATION: {application}\n\nUser-Provided:\nLEVEL: debug\n"
    );
    let bare = format!("VCAP_SERVICES: {services}");
    for text in [old, new, bare] {
        let bindings = parsed(&text).bindings;
        let found = bindings.iter().find(|binding| binding.name == "sales").unwrap_or_else(|| panic!("{text}"));
        assert_eq!(found.wrappers, [ConsoleBanner, VcapServices, ServiceList, Credentials], "{text}");
        assert_eq!(text_of_secret(found), SECRET);
        assert_eq!(bindings.len(), 1, "what is about the application is none: {text}");
    }
}

#[test]
fn vcap_services_are_read_in_every_form_in_which_they_are_copied() {
    let services = format!("{{\"xsuaa\":[{{\"name\":\"sales\",\"credentials\":{BINDING}}}]}}");
    let inside = [VcapServices, ServiceList, Credentials];
    let in_string = [VcapServices, JsonInString, ServiceList, Credentials];
    for (text, wrappers) in [
        (format!("{{\"VCAP_SERVICES\": {services}}}"), &inside[..]),
        (format!("{{\"VCAP_SERVICES\": {}}}", quote(&services)), &in_string),
        (format!("VCAP_SERVICES={services}"), &inside),
        (format!("VCAP_SERVICES='{services}'\n"), &inside),
        (format!("export VCAP_SERVICES={}\nPORT=8080\n", quote(&services).replace('$', "\\$")), &inside),
        (format!("PORT=8080\nVCAP_SERVICES={}\n", services.replace(",", ",\n  ")), &inside),
        (services.clone(), &[ServiceList, Credentials]),
    ] {
        let binding = only(&text);
        assert_eq!(binding.wrappers, wrappers, "{text}");
        assert_eq!(binding.name, "sales");
        assert_eq!(text_of_secret(&binding), SECRET, "{text}");
    }
}

#[test]
fn places_inside_of_a_variable_that_holds_json_are_those_of_the_file() {
    let text = format!("PORT=8080\nVCAP_SERVICES='{{\"xsuaa\":[{{\"credentials\":\n{BINDING}}}]}}'\n");
    let binding = only(&text);
    assert_eq!(place(&text, value(&binding.node, "clientsecret")), (3, 45));
}

#[test]
fn json_in_a_json_string_is_read_whether_escaped_once_or_twice() {
    for (text, wrappers) in [
        (quote(BINDING), &[JsonInString][..]),
        (quote(&quote(BINDING)), &[JsonInString, JsonInString]),
        (format!("{{\"credentials\": {}}}", quote(BINDING)), &[Credentials, JsonInString]),
        (quote(&format!("{{\"credentials\": {BINDING}}}")), &[JsonInString, Credentials]),
        (quote(BINDING).trim_matches('"').to_owned(), &[JsonInString]),
    ] {
        let binding = only(&text);
        assert_eq!(binding.wrappers, wrappers, "{text}");
        assert_eq!(text_of_secret(&binding), SECRET, "{text}");
        let inside = value(&binding.node, "clientsecret").at;
        assert!(inside < 20, "what was unwrapped has the place of the value that held it: {inside} in {text}");
    }
    let endless = (0..12).fold(BINDING.to_owned(), |text, _| quote(&text));
    assert_eq!(defect(&endless), "line 1, column 1: this is nested deeper than any credential document");
}

#[test]
fn damage_inside_of_a_json_string_is_reported_at_the_string() {
    let text = format!("{{\n  \"credentials\": {}\n}}", quote(&BINDING.replace(", ", " ")));
    assert_eq!(defect(&text), "line 2, column 18: this is not valid JSON: Expected comma");
}

#[test]
fn a_list_of_service_keys_gives_each_its_name() {
    let text = format!(
        "[{{\"id\": \"1\", \"name\": \"first\", \"credentials\": {BINDING}}}, {{\"credentials\": {BINDING}}}, {BINDING}]"
    );
    assert_eq!(names(&text), ["first", "[1]", "[2]"]);
    assert_eq!(parsed(&text).bindings[0].wrappers, [ServiceList, Credentials]);
    assert_eq!(parsed(&text).bindings[2].wrappers, [ServiceList]);
    let items = format!("{{\"num_items\": 1, \"items\": [{{\"name\": \"first\", \"credentials\": {BINDING}}}]}}");
    assert_eq!(names(&items), ["first"]);
}

#[test]
fn a_name_is_only_taken_from_what_looks_like_one() {
    let text = format!(
        "{{\"xsuaa\": [{{\"name\": \"pl4nted+s3cr3t/$=\", \"credentials\": {BINDING}}}, \
         {{\"name\": null, \"instance_name\": \"sales portal\", \"credentials\": {BINDING}}}, \
         {{\"name\": \"{}\", \"credentials\": {BINDING}}}], \"<label>\": [{{\"credentials\": {BINDING}}}]}}",
        "a".repeat(61)
    );
    assert_eq!(names(&text), ["xsuaa[0]", "sales portal", "xsuaa[2]", "[0]"], "anything else might be a secret");
}

#[test]
fn bindings_of_the_same_name_are_told_apart() {
    let one = format!("{{\"name\": \"sales\", \"credentials\": {BINDING}}}");
    assert_eq!(names(&format!("[{one}, {one}, {one}]")), ["sales", "sales 2", "sales 3"]);
    assert_eq!(names(&format!("{BINDING}\n{BINDING}\n")), ["", "#2"]);
}

#[test]
fn code_fences_are_taken_off() {
    for text in [
        format!("```json\n{BINDING}\n```\n"),
        format!("Here it is:\n\n```\n{BINDING}\n```\nRegards"),
        format!("~~~\n{BINDING}\n~~~"),
        format!("```\n{BINDING}"),
        format!("  ```json\r\n  {BINDING}\r\n  ```"),
    ] {
        let binding = only(&text);
        assert_eq!(binding.wrappers, [CodeFence], "{text}");
        assert_eq!(text_of_secret(&binding), SECRET);
    }
    let two = format!("```json\n{BINDING}\n```\nand\n```\n{BINDING}\n```\n");
    assert_eq!(names(&two), ["", "#2"]);
    let console = format!("```\nGetting key sales ...\n\n{{\"credentials\": {BINDING}}}\n```");
    assert_eq!(only(&console).wrappers, [CodeFence, ConsoleBanner, Credentials], "outermost first");
    let yaml = "```yaml\nclientid: a\nclientsecret: pl4nted\n```";
    assert_eq!((parsed(yaml).syntax, place(yaml, value(&only(yaml).node, "clientsecret"))), (Syntax::Yaml, (3, 15)));
    let damaged = format!("```\nno json\n```\n```\n{}\n```", BINDING.replace(", ", " "));
    assert!(defect(&damaged).ends_with("there are no credentials in this document"), "the first is told");
}

#[test]
fn objects_that_a_binding_consists_of_stay_in_it() {
    let mesh =
        r#"{"messaging": [{"oa2": {"clientid": "a", "tokenendpoint": "b"}, "uri": "c"}], "serviceinstanceid": "d"}"#;
    assert_eq!(keys(&only(mesh).node), ["messaging", "serviceinstanceid"]);
    assert_eq!(keys(&only(sample("13")).node).last(), Some(&"uaa"));
    let user_provided = r#"{"credentials": "pl4nted", "clientid": "a"}"#;
    assert_eq!(only(user_provided).wrappers, [], "a text of that name is none");
}

#[test]
fn a_document_without_any_object_holds_no_credentials() {
    for text in ["[]", "[1, 2]", "\"a text\"", "[\"pl4nted\"]", "{\"VCAP_SERVICES\": {\"xsuaa\": []}}", "[[]]"] {
        match parse(text) {
            Ok(parsed) => assert!(parsed.bindings.iter().all(|binding| binding.node.text().is_none()), "{text}"),
            Err(finding) => assert_eq!(finding.kind, FindingKind::NoCredentials, "{text}"),
        }
    }
}
