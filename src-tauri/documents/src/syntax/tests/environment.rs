use super::*;

#[test]
fn variables_are_read_with_their_places() {
    let source = "# credentials\n\nCLIENT_ID=sb-sales!b1\nexport CLIENT_SECRET = 'pl4nted+s3cr3t/$='  # keep it\n";
    let binding = only(source);
    assert_eq!(keys(&binding.node), ["CLIENT_ID", "CLIENT_SECRET"]);
    assert_eq!(text(&binding.node, "CLIENT_SECRET"), SECRET);
    assert_eq!(place(source, value(&binding.node, "CLIENT_ID")), (3, 11));
    assert_eq!(place(source, value(&binding.node, "CLIENT_SECRET")), (4, 24));
    assert_eq!(Source { text: source }.place(binding.node.members()[1].key_at).to_string(), "line 4, column 8");
}

#[test]
fn values_arrive_undamaged_in_every_kind_of_quotes() {
    for (written, expected) in [
        ("pl4nted+s3cr3t/$=", SECRET),
        ("'pl4nted+s3cr3t/$='", SECRET),
        ("\"pl4nted+s3cr3t/$=\"", SECRET),
        ("\"pl4nted+s3cr3t/\\$=\"", SECRET),
        ("$a#b", "$a#b"),
        ("a #b", "a"),
        ("'a #b'", "a #b"),
        ("\"it's\"", "it's"),
        ("'it'\\''s'", "it's"),
        ("\"a\\\"b\\\\c\\nd\\x\"", "a\"b\\c\nd\\x"),
        ("'a\\nb'", "a\\nb"),
        ("a\\nb", "a\\nb"),
        ("a'b\"c", "a'b\"c"),
        ("", ""),
        ("''", ""),
        ("  a b  ", "a b"),
        ("{a}", "{a}"),
        ("{a", "{a"),
        ("[a]b", "[a]b"),
    ] {
        let binding = only(&format!("CLIENT_SECRET={written}\nURL=x\n"));
        assert_eq!(text(&binding.node, "CLIENT_SECRET"), expected, "{written}");
        assert_eq!(text(&binding.node, "URL"), "x", "the next line is its own: {written}");
    }
}

#[test]
fn pem_over_several_lines_is_one_value_with_and_without_quotes() {
    let block = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----";
    let chain = format!("{block}\n{block}");
    for pem in [block, &chain] {
        for source in [
            format!("CERTIFICATE='{pem}'\nKEY=a"),
            format!("CERTIFICATE=\"{pem}\"\nKEY=a"),
            format!("CERTIFICATE={pem}\nKEY=a"),
        ] {
            let binding = only(&source);
            assert_eq!(text(&binding.node, "CERTIFICATE"), pem, "{source}");
            assert_eq!(text(&binding.node, "KEY"), "a", "{source}");
        }
    }
    let escaped = "CERTIFICATE=\"-----BEGIN A-----\\nMIIB\\n-----END A-----\"\n";
    assert_eq!(text(&only(escaped).node, "CERTIFICATE"), "-----BEGIN A-----\nMIIB\n-----END A-----");
}

#[test]
fn variables_of_one_prefix_are_one_binding() {
    let source = "NODE_ENV=production\nSALES_CLIENT_ID=a\nSALES_CLIENT_SECRET=b\nSALES_TOKEN_URL=c\nSALES_XSAPPNAME=d\n\
                  HR_CLIENT_ID=e\nHR_CLIENTSECRET=f\nHR_URL=g\nDATABASE_URL=h\nSALES_PUBLIC_KEY=i\n";
    let bindings = parsed(source).bindings;
    assert_eq!(names(source), ["SALES", "HR"]);
    assert_eq!(
        keys(&bindings[0].node),
        ["CLIENT_ID", "CLIENT_SECRET", "TOKEN_URL", "XSAPPNAME", "PUBLIC_KEY"],
        "what else has the prefix belongs to it; a key that is something else is not the private key"
    );
    assert_eq!(keys(&bindings[1].node), ["CLIENT_ID", "CLIENTSECRET", "URL"]);
    assert_eq!(place(source, &bindings[1].node), (6, 1));
}

#[test]
fn without_a_prefix_everything_belongs_together() {
    let source = "client_id='a'\nclient_secret='b'\nxsappname='c'\n";
    let binding = only(source);
    assert_eq!(binding.name, "");
    assert_eq!(keys(&binding.node), ["client_id", "client_secret", "xsappname"]);
    let urls = only("SALES_URL=a\nSALES_TOKEN_URL=b\n");
    assert_eq!(
        (urls.name.as_str(), keys(&urls.node)),
        ("SALES", vec!["URL", "TOKEN_URL"]),
        "so that what lacks is told"
    );
    assert_eq!(keys(&only("A=1\nB=2").node), ["A", "B"]);
}

#[test]
fn a_variable_may_hold_a_whole_binding_as_json() {
    let source = "PORT='8080'\nSALES_KEY_JSON='{\"clientid\": \"a\", \"clientsecret\": \"pl4nted\"}'\n";
    let binding = only(source);
    assert_eq!(binding.name, "SALES_KEY_JSON");
    assert_eq!(text(&binding.node, "clientsecret"), "pl4nted");
    assert_eq!(place(source, value(&binding.node, "clientsecret")), (2, 51));
}

#[test]
fn damage_is_reported_with_its_place() {
    for (source, message) in [
        (
            "CLIENT_ID=a\nCLIENT_SECRET='b\nURL=c\n",
            "line 2, column 15: this environment file is damaged: missing closing quote",
        ),
        ("CLIENT_ID=\"a\\\"\n", "line 1, column 11: this environment file is damaged: missing closing quote"),
        ("CLIENT_ID=a\n  oops\n", "line 2, column 3: this environment file is damaged: expected NAME=value"),
        ("CLIENT_ID='a' b\n", "line 1, column 14: this environment file is damaged: expected the end of the line"),
        ("VCAP_SERVICES={\"xsuaa\": [}\n", "line 1, column 26: this is not valid JSON: Unexpected close brace"),
    ] {
        assert_eq!(defect(source), message, "{source}");
    }
}
