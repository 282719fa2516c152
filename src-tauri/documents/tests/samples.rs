//! The published samples, unchanged: what each is recognised as, and what is said about it.

mod issued;

use messages::Language;
use std::{collections::BTreeSet, fs};

use documents::{Candidate, Demand, Recognition, Severity, Syntax};
use issued::recognised;

/// What a sample is.
struct Sample {
    file: &'static str,
    syntax: Option<Syntax>,
    /// Codes of findings about the whole, with their places.
    findings: &'static [&'static str],
    /// Name, shape, wrappers, and the findings with their places.
    candidates: &'static [(&'static str, &'static str, &'static [&'static str], &'static [&'static str])],
}

const SAMPLES: [Sample; 14] = [
    Sample {
        file: "01-abhe-connection-clientsecret-camel.json",
        syntax: Some(Syntax::Json),
        findings: &[],
        candidates: &[(
            "",
            "connection_secret",
            &[],
            &[
                "2:10 placeholder url",
                "3:15 placeholder tokenUrl",
                "4:15 placeholder clientId",
                "5:19 placeholder clientSecret",
            ],
        )],
    },
    Sample {
        file: "02-abhe-connection-x509-lower-no-clientid.json",
        syntax: Some(Syntax::Json),
        findings: &[],
        candidates: &[(
            "",
            "connection_certificate",
            &[],
            &[
                "2:10 placeholder url",
                "3:15 placeholder tokenUrl",
                "4:14 placeholder certurl",
                "5:18 placeholder certificate",
                "6:10 placeholder key",
            ],
        )],
    },
    Sample {
        file: "03-apiportal-apiaccess-binding-secret.json",
        syntax: Some(Syntax::Json),
        findings: &[],
        candidates: &[(
            "",
            "connection_secret",
            &[],
            &[
                "2:10 placeholder url",
                "3:15 placeholder tokenUrl",
                "4:15 placeholder clientId",
                "5:19 placeholder clientSecret",
            ],
        )],
    },
    Sample {
        file: "05-apiportal-apiaccess-x509-double-escaped-pem.json",
        syntax: Some(Syntax::Json),
        findings: &[],
        candidates: &[(
            "",
            "api_access_certificate",
            &[],
            &[
                "2:10 placeholder url",
                "3:18 placeholder certificate",
                "4:14 placeholder certurl",
                "5:15 placeholder clientId",
                "6:17 placeholder key",
                "7:15 placeholder tokenUrl",
            ],
        )],
    },
    Sample {
        file: "08-on-premise-connectivity-orgId-secret.json",
        syntax: Some(Syntax::Json),
        findings: &[],
        candidates: &[(
            "",
            "on_premise_key",
            &[],
            &[
                "2:10 placeholder url",
                "3:15 placeholder clientId",
                "4:19 placeholder clientSecret",
                "6:15 placeholder tokenUrl",
                "5:3 extra_keys",
            ],
        )],
    },
    Sample {
        file: "09-on-premise-connectivity-x509-MALFORMED-missing-comma.json",
        syntax: Some(Syntax::Json),
        findings: &["7:48 not_json"],
        candidates: &[],
    },
    Sample {
        file: "11-xsuaa-cfv8-wrapped-x509.json",
        syntax: Some(Syntax::Json),
        findings: &[],
        candidates: &[(
            "",
            "xsuaa_certificate",
            &["credentials"],
            &[
                "4:20 placeholder certificate",
                "6:16 placeholder certurl",
                "9:12 placeholder key",
                "14:12 placeholder tokenUrl",
                "16:3 missing_part url",
                "3:5 extra_keys",
            ],
        )],
    },
    Sample {
        file: "13-cis-nested-uaa-endpoints-binding-secret.json",
        syntax: Some(Syntax::Json),
        findings: &[],
        candidates: &[(
            "",
            "reuse_service",
            &["nested credentials"],
            &["10:17 placeholder clientId", "11:21 placeholder clientSecret", "2:3 extra_keys"],
        )],
    },
    Sample {
        file: "14-cf-cli-console-capture-with-banner.txt",
        syntax: Some(Syntax::Json),
        findings: &[],
        candidates: &[(
            "",
            "connection_secret",
            &["console output", "credentials"],
            &[
                "5:12 placeholder url",
                "6:17 placeholder tokenUrl",
                "7:17 placeholder clientId",
                "8:21 placeholder clientSecret",
            ],
        )],
    },
    Sample {
        file: "19-vcap-services-wrapper-jobscheduler.json",
        syntax: Some(Syntax::Json),
        findings: &[],
        candidates: &[(
            "scheduler-instance",
            "reuse_service",
            &["VCAP_SERVICES", "list of bindings", "credentials", "nested credentials"],
            &[
                "13:25 placeholder clientId",
                "14:29 placeholder clientSecret",
                "16:20 placeholder tokenUrl",
                "20:18 placeholder url",
                "17:13 extra_keys",
            ],
        )],
    },
    Sample {
        file: "23-xsuaa-hide-secret-no-secret.json",
        syntax: Some(Syntax::Json),
        findings: &[],
        candidates: &[(
            "example-xsuaa",
            "xsuaa_secret",
            &["list of bindings", "credentials"],
            &["6:21 placeholder clientId", "15:7 neither_kind", "15:7 missing_part url", "7:9 extra_keys"],
        )],
    },
    Sample {
        file: "24-external-certificate-no-private-key.json",
        syntax: Some(Syntax::Json),
        findings: &[],
        candidates: &[(
            "",
            "cloud_integration",
            &["nested credentials"],
            &["3:17 placeholder clientId", "4:20 placeholder certificate", "14:1 missing_part key", "7:5 extra_keys"],
        )],
    },
    Sample {
        file: "26-kyma-secret-key-values.yaml",
        syntax: Some(Syntax::Yaml),
        findings: &[],
        candidates: &[(
            "my-binding",
            "xsuaa_secret",
            &["Kubernetes Secret"],
            &[
                "6:8 placeholder tokenUrl",
                "7:14 placeholder clientId",
                "8:18 placeholder clientSecret",
                "12:32 missing_part url",
                "9:3 extra_keys",
            ],
        )],
    },
    Sample {
        file: "28-saas-registry-json-in-string.json",
        syntax: Some(Syntax::Json),
        findings: &[],
        candidates: &[(
            "saas-app-saas-registry",
            "xsuaa_secret",
            &["list of bindings", "credentials"],
            &["9:25 placeholder clientSecret", "17:16 placeholder tokenUrl", "20:7 missing_part url", "5:9 extra_keys"],
        )],
    },
];

fn codes(findings: &[documents::Finding]) -> Vec<String> {
    let code = |finding: &documents::Finding| match finding.place {
        Some(place) => format!("{}:{} {}", place.line, place.column, describe(finding)),
        None => describe(finding),
    };
    findings.iter().map(code).collect()
}

/// The code, and the part if it is about one.
fn describe(finding: &documents::Finding) -> String {
    use documents::FindingKind::{
        EmptyPart, MissingPart, NotAText, NotAUrl, NotHttps, PemRepaired, Placeholder, Unreadable,
    };
    let code = finding.kind.code();
    let about = if let MissingPart { part }
    | EmptyPart { part }
    | NotAText { part }
    | NotAUrl { part }
    | NotHttps { part }
    | Placeholder { part }
    | PemRepaired { part, .. }
    | Unreadable { part, .. } = &finding.kind
    {
        format!(" {}", part.key())
    } else {
        String::new()
    };
    format!("{code}{about}")
}

fn describe_candidate(candidate: &Candidate) -> (String, &'static str, Vec<&'static str>, Vec<String>) {
    let wrappers = candidate.wrappers.iter().map(|wrapper| wrapper.name(Language::English)).collect();
    (candidate.name.clone(), candidate.shape.code(), wrappers, codes(&candidate.findings))
}

fn folder() -> String {
    concat!(env!("CARGO_MANIFEST_DIR"), "/tests/samples").to_owned()
}

#[test]
fn every_sample_is_recognised_as_what_it_is() {
    for Sample { file, syntax, findings, candidates } in SAMPLES {
        let bytes = fs::read(format!("{}/{file}", folder())).unwrap();
        let Recognition { syntax: read, findings: said, candidates: found } = recognised(bytes);
        assert_eq!(read, syntax, "{file}");
        assert_eq!(codes(&said), findings, "{file}");
        let found: Vec<_> = found.iter().map(describe_candidate).collect();
        let expected: Vec<_> = candidates
            .iter()
            .map(|(name, shape, wrappers, findings)| {
                (
                    (*name).to_owned(),
                    *shape,
                    wrappers.to_vec(),
                    findings.iter().map(|code| (*code).to_owned()).collect(),
                )
            })
            .collect();
        assert_eq!(found, expected, "{file}");
    }
}

#[test]
fn no_sample_is_forgotten() {
    let files: BTreeSet<String> =
        fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    let listed: BTreeSet<String> = SAMPLES.iter().map(|sample| sample.file.to_owned()).collect();
    assert_eq!(files, listed, "every sample has its line in the table");
}

/// A sample is never mistaken for credentials: each has something that is wrong, in words.
#[test]
fn no_sample_can_be_used_as_it_is() {
    for Sample { file, .. } in SAMPLES {
        let recognition = recognised(fs::read(format!("{}/{file}", folder())).unwrap());
        let whole = recognition.findings.iter().any(|finding| finding.severity() == Severity::Error);
        let each = recognition.candidates.iter().all(|candidate| candidate.judge(Demand::Connect).stop().is_some());
        assert!(whole || !recognition.candidates.is_empty() && each, "{file}");
    }
}
