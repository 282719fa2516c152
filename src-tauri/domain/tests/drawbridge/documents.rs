//! Documents of every shape: what is seen in them, and that a hub takes them.

use base64::{Engine, prelude::BASE64_STANDARD};
use chrono::{SubsecRound, TimeDelta};
use domain::{
    connection_check::TestOutcome,
    credential::Lifetime,
    document::{GivenDocument, GivenLifetime, Inspection},
    documents::{FindingKind, Options, Recognition, Severity, Shape, Stop, Syntax, Wrapper},
    ports::Clock,
};
use fakes::{InMemoryConnector, Leaf, Watcher, World, certificate_document, secret_document, with_members, world};
use serde_json::{Value, json};

use crate::{days_left, read, refused};

const SECRET: &str = "sh4ped+s3cret/of$a=document";
const PORTAL: &str = "https://sales.example.com";
const TOKEN: &str = "https://sales.authentication.example.com/oauth/token";
const CERT: &str = "https://sales.authentication.cert.example.com";
const CLIENT: &str = "sb-sales!b1|xsuaa!b2";

/// A document, and what a hub makes of it.
struct Sample {
    name: &'static str,
    document: String,
    /// Added by hand, since the document does not carry it.
    portal_url: Option<&'static str>,
    shape: Shape,
    syntax: Syntax,
    wrappers: Vec<Wrapper>,
    certificate: bool,
    lifetime: Lifetime,
}

impl Sample {
    fn json(name: &'static str, document: &Value, shape: Shape) -> Self {
        Self {
            name,
            document: document.to_string(),
            portal_url: None,
            shape,
            syntax: Syntax::Json,
            wrappers: Vec::new(),
            certificate: false,
            lifetime: Lifetime::OfServiceKey,
        }
    }

    /// Of a client secret; a certificate has none.
    fn lifetime(&self) -> Option<Lifetime> {
        (!self.certificate).then_some(self.lifetime)
    }

    fn with_certificate(self) -> Self {
        Self { certificate: true, ..self }
    }

    fn of_unknown_age(self) -> Self {
        Self { lifetime: Lifetime::Unknown, ..self }
    }

    fn without_portal(self) -> Self {
        Self { portal_url: Some(PORTAL), ..self }
    }

    fn wrapped(self, wrappers: &[Wrapper]) -> Self {
        Self { wrappers: wrappers.to_vec(), ..self }
    }

    fn given(&self) -> GivenDocument {
        GivenDocument { portal_url: self.portal_url.map(str::to_owned), ..GivenDocument::from(&self.document) }
    }
}

fn plus(document: &Value, further: &Value) -> Value {
    serde_json::from_str(&with_members(&document.to_string(), further)).unwrap()
}

/// A document of every shape that domain.md lists, as far as a client can connect with it.
fn samples(leaf: &Leaf) -> Vec<Sample> {
    let secret = json!({ "url": PORTAL, "tokenUrl": TOKEN, "clientId": CLIENT, "clientSecret": SECRET });
    let certificate =
        json!({ "url": PORTAL, "tokenurl": TOKEN, "certurl": CERT, "certificate": leaf.chain, "key": leaf.key });
    let escaped = |pem: &str| pem.replace('\n', "\\n");
    let key = json!({
        "url": PORTAL, "certificate": escaped(&leaf.chain), "certurl": CERT, "clientId": CLIENT,
        "privateKey": escaped(&leaf.key), "tokenUrl": TOKEN,
    });
    let host = "https://sales.authentication.example.com";
    let xsuaa = json!({
        "clientid": CLIENT, "clientsecret": SECRET, "url": host, "credential-type": "binding-secret",
        "xsappname": "sales!b1", "tenantid": "a-tenant", "identityzone": "sales",
    });
    let x509 = json!({
        "clientid": CLIENT, "url": host, "credential-type": "x509", "xsappname": "sales!b1",
        "certificate": leaf.chain, "key": leaf.key, "certurl": CERT,
    });
    let yaml =
        |text: String, shape| Sample { document: text, syntax: Syntax::Yaml, ..Sample::json("", &json!({}), shape) };
    let base64 = |text: &str| BASE64_STANDARD.encode(text);
    let unknown_secret = |name, document: String| Sample {
        document,
        ..Sample::json(name, &json!({}), Shape::ConnectionSecret).of_unknown_age()
    };
    vec![
        Sample::json("A: connection with a client secret", &secret, Shape::ConnectionSecret).of_unknown_age(),
        Sample::json("B: connection with a certificate", &certificate, Shape::ConnectionCertificate).with_certificate(),
        Sample::json(
            "B with a client id",
            &plus(&certificate, &json!({ "clientid": CLIENT })),
            Shape::ConnectionCertificate,
        )
        .with_certificate(),
        Sample::json("D: apiportal-apiaccess x509", &key, Shape::ApiAccessCertificate).with_certificate(),
        Sample::json("E: developer", &plus(&secret, &json!({ "developerId": "d" })), Shape::DeveloperKey),
        Sample::json("E with a certificate", &plus(&key, &json!({ "developerId": "d" })), Shape::DeveloperKey)
            .with_certificate(),
        Sample::json("F: on-premise", &plus(&secret, &json!({ "orgId": "o" })), Shape::OnPremiseKey),
        Sample::json("F with a certificate", &plus(&key, &json!({ "orgId": "o" })), Shape::OnPremiseKey)
            .with_certificate(),
        Sample::json("H: XSUAA", &xsuaa, Shape::XsuaaSecret).without_portal(),
        Sample::json("I: XSUAA x509", &x509, Shape::XsuaaCertificate).with_certificate().without_portal(),
        Sample::json(
            "J: a reuse service",
            &json!({ "url": PORTAL, "uaa": xsuaa, "endpoints": { "api": "https://api.example.com" } }),
            Shape::ReuseService,
        )
        .wrapped(&[Wrapper::Nested]),
        Sample::json("J with a certificate", &json!({ "url": PORTAL, "uaa": x509 }), Shape::ReuseService)
            .with_certificate()
            .wrapped(&[Wrapper::Nested]),
        Sample::json(
            "K: Cloud Integration",
            &json!({ "oauth": {
                "clientid": CLIENT, "clientsecret": SECRET, "url": PORTAL, "tokenurl": TOKEN, "createdate": "2026-01-01",
            } }),
            Shape::CloudIntegration,
        )
        .wrapped(&[Wrapper::Nested]),
        Sample::json(
            "K with a certificate",
            &json!({ "oauth": {
                "clientid": CLIENT, "url": PORTAL, "tokenurl": TOKEN, "certificate": leaf.chain, "key": leaf.key,
                "certurl": CERT, "certificatedetails": { "validuntil": "2027-01-01" },
            } }),
            Shape::CloudIntegration,
        )
        .with_certificate()
        .wrapped(&[Wrapper::Nested]),
        Sample::json(
            "L: Service Manager",
            &json!({ "clientid": CLIENT, "clientsecret": SECRET, "url": host, "sm_url": PORTAL, "xsappname": "x" }),
            Shape::ServiceManager,
        ),
        Sample::json(
            "M: Event Mesh",
            &json!({ "messaging": [{
                "oa2": { "clientid": CLIENT, "clientsecret": SECRET, "granttype": "client_credentials", "tokenendpoint": TOKEN },
                "protocol": ["httprest"], "uri": PORTAL,
            }] }),
            Shape::EventMesh,
        )
        .wrapped(&[Wrapper::Nested]),
        yaml(
            format!(
                "apiVersion: v1\nkind: Secret\nmetadata:\n  name: sales\ndata:\n  url: {}\n  token_url: {}\n  \
                 client_id: {}\n  client_secret: {}\n",
                base64(PORTAL),
                base64(TOKEN),
                base64(CLIENT),
                base64(SECRET)
            ),
            Shape::ConnectionSecret,
        )
        .of_unknown_age()
        .wrapped(&[Wrapper::KubernetesSecret])
        .named("N: Kubernetes Secret"),
        yaml(
            format!(
                "kind: Secret\nstringData:\n  credentials: |\n    {}\n",
                serde_json::to_string(&secret).unwrap()
            ),
            Shape::ConnectionSecret,
        )
        .of_unknown_age()
        .wrapped(&[Wrapper::KubernetesSecret, Wrapper::JsonInString])
        .named("N with JSON inside"),
        Sample::json("under credentials", &json!({ "credentials": secret }), Shape::ConnectionSecret)
            .of_unknown_age()
            .wrapped(&[Wrapper::Credentials]),
        unknown_secret("output of the cf command line", format!("Getting key sales for service instance apim as ada@example.com...\n\n{secret:#}\n"))
            .wrapped(&[Wrapper::ConsoleBanner]),
        Sample::json(
            "VCAP_SERVICES",
            &json!({ "VCAP_SERVICES": { "apimanagement": [{ "name": "sales", "credentials": certificate }] } }),
            Shape::ConnectionCertificate,
        )
        .with_certificate()
        .wrapped(&[Wrapper::VcapServices, Wrapper::ServiceList, Wrapper::Credentials]),
        Sample::json("JSON in a string", &Value::String(secret.to_string()), Shape::ConnectionSecret)
            .of_unknown_age()
            .wrapped(&[Wrapper::JsonInString]),
        unknown_secret("a code fence", format!("```json\n{secret:#}\n```\n")).wrapped(&[Wrapper::CodeFence]),
        Sample::json(
            "a destination",
            &json!({
                "Name": "sales", "Type": "HTTP", "URL": PORTAL, "ProxyType": "Internet",
                "Authentication": "OAuth2ClientCredentials", "clientId": CLIENT, "clientSecret": SECRET,
                "tokenServiceURL": TOKEN, "tokenServiceURLType": "Dedicated",
            }),
            Shape::Destination,
        )
        .of_unknown_age(),
        Sample {
            document: format!("URL={PORTAL}\nTOKEN_URL={TOKEN}\nCLIENT_ID='{CLIENT}'\nCLIENT_SECRET='{SECRET}'\n"),
            syntax: Syntax::Environment,
            ..Sample::json("an environment file", &json!({}), Shape::ConnectionSecret).of_unknown_age()
        },
    ]
}

impl Sample {
    fn named(self, name: &'static str) -> Self {
        Self { name, ..self }
    }
}

/// What is said that would keep somebody from using the credentials.
fn errors(seen: &Inspection) -> Vec<String> {
    let all = seen.findings.iter().chain(seen.candidates.iter().flat_map(|candidate| &candidate.findings));
    all.filter(|finding| finding.severity() == Severity::Error).map(ToString::to_string).collect()
}

mod of_every_shape {
    use super::*;

    #[test]
    fn a_hub_takes_it_and_connects_with_what_it_holds() {
        let world = world();
        let leaf = world.leaf(CLIENT);
        let fingerprint = documents::CertificateChain::parse(&leaf.chain).unwrap().fingerprint;
        let hub = world.hub("Hub");
        world.act_as(&world.rita);
        world.connector.answer(PORTAL, &[InMemoryConnector::api("Orders")]);
        let samples = samples(&leaf);
        for sample in &samples {
            let name = sample.name;
            let watcher = Watcher::default();
            let tested = world.drawbridge.checks().test_document(sample.given(), &watcher).unwrap();
            assert_eq!(
                tested,
                TestOutcome::Passed(vec![InMemoryConnector::api("Orders")]),
                "{name}: {:?}",
                watcher.lines()
            );
            let used = world.connector.calls().pop().unwrap();
            let secret = if sample.certificate { leaf.key_der.clone() } else { SECRET.as_bytes().to_vec() };
            assert_eq!((used.url.as_str(), &used.secret), (PORTAL, &secret), "{name}");

            let submitted = world.drawbridge.requests().submit(hub.id, name, sample.given(), "", true);
            let request = submitted.unwrap_or_else(|error| panic!("{name}: {error}"));
            let facts = request.facts();
            assert_eq!(facts.url, PORTAL, "{name}");
            assert_eq!(facts.client_id, CLIENT, "{name}");
            assert_eq!(facts.kind.lifetime(), sample.lifetime(), "{name}");
            if sample.certificate {
                assert_eq!(facts.kind.fingerprint(), Some(fingerprint.as_str()), "{name}");
                assert_eq!(facts.cert_url.as_deref(), Some(CERT), "{name}");
                assert_eq!(facts.token_endpoint().unwrap().as_str(), format!("{CERT}/oauth/token"), "{name}");
            } else {
                assert_eq!((facts.token_url.as_str(), facts.cert_url.as_deref()), (TOKEN, None), "{name}");
            }
            let held = request.held().unwrap().secret;
            assert_eq!(world.keychain.find(held).unwrap(), secret, "{name}: the hub's copy is true");
            // One portal has one open request.
            world.act_as(&world.ada);
            world.drawbridge.requests().reject(request.id, "next").unwrap();
            world.act_as(&world.rita);
        }
        assert!(samples.len() >= 24, "every shape: {}", samples.len());
    }

    #[test]
    fn it_is_recognised_with_its_shape_and_what_stood_around_it() {
        let world = world();
        for sample in samples(&world.leaf(CLIENT)) {
            let seen = world.drawbridge.documents().inspect(sample.given(), None).unwrap();
            let name = sample.name;
            assert_eq!(seen.syntax, Some(sample.syntax), "{name}");
            assert_eq!(seen.candidates.len(), 1, "{name}: {seen:?}");
            let only = &seen.candidates[0];
            assert_eq!((only.shape, &only.wrappers), (sample.shape, &sample.wrappers), "{name}");
            assert_eq!(only.lacks_only_url, sample.portal_url.is_some(), "{name}");
            let usable = only.usable.as_ref().unwrap_or_else(|| panic!("{name}: {:?}", errors(&seen)));
            assert_eq!(usable.portal_name, None, "{name}");
            assert_eq!(days_left(&usable.validity), sample.certificate.then_some(364), "{name}");
            assert_eq!(usable.asks_lifetime, sample.lifetime == Lifetime::Unknown, "{name}");
            assert_eq!(errors(&seen), [""; 0], "{name}");
        }
    }

    #[test]
    fn it_makes_a_portal_elsewhere() {
        for index in 0.. {
            let world = world();
            let leaf = world.leaf(CLIENT);
            let Some(sample) = samples(&leaf).into_iter().nth(index) else { break };
            let lifetime = if sample.lifetime == Lifetime::Unknown {
                let add = world.drawbridge.portals().track(
                    "P",
                    "p",
                    sample.given(),
                    GivenLifetime::FromDocument,
                    crate::OWN_PAIR,
                );
                assert_eq!(refused(add).to_string(), "the document does not say when these credentials were generated");
                GivenLifetime::Unknown
            } else {
                GivenLifetime::FromDocument
            };
            let added = world.drawbridge.portals().track("P", "p", sample.given(), lifetime, crate::OWN_PAIR);
            let portal = added.unwrap_or_else(|error| panic!("{}: {error}", sample.name)).portal;
            let page = world.drawbridge.portals().get_page(portal.id).unwrap();
            assert_eq!(page.credentials[0].credential.kind.lifetime(), sample.lifetime(), "{}", sample.name);
            world.connector.answer(PORTAL, &[]);
            let id = page.credentials[0].credential.id;
            let outcome = world.drawbridge.checks().test_credential(id, &Watcher::default()).unwrap();
            assert_eq!(outcome, TestOutcome::Passed(vec![]), "{}", sample.name);
        }
    }
}

mod inspecting {
    use super::*;

    #[test]
    fn several_credentials_are_a_choice_and_each_is_seen_for_itself() {
        let world = world();
        let (own, credential) = world.portal_with("Own", World::CERTIFICATE);
        let document: Value = serde_json::from_str(&world.document(credential.id)).unwrap();
        let foreign: Value = serde_json::from_str(&world.foreign_document("sales", SECRET)).unwrap();
        let document = json!({ "apim": [
            { "name": "own", "credentials": document },
            { "name": "foreign", "credentials": foreign },
            { "name": "half", "credentials": { "url": PORTAL, "clientId": CLIENT, "tokenUrl": TOKEN } },
        ] })
        .to_string();
        let seen = world.drawbridge.documents().inspect(&document, None).unwrap();
        let [several] = seen.findings.as_slice() else { panic!("{:?}", seen.findings) };
        assert_eq!(several.to_string(), "this document holds 3 credentials");
        let seen: Vec<_> = seen
            .candidates
            .into_iter()
            .map(|one| (one.name, one.usable.map(|usable| (usable.portal_name, days_left(&usable.validity)))))
            .collect();
        assert_eq!(
            seen,
            [
                ("own".to_owned(), Some((Some(own.name), Some(364)))),
                ("foreign".into(), Some((None, None))),
                ("half".into(), None),
            ]
        );

        let hub = world.hub("Hub");
        let submit = |choice| {
            let given = GivenDocument { choice, ..GivenDocument::from(&document) };
            world.drawbridge.requests().submit(hub.id, "Sales", given, "", true)
        };
        assert_eq!(
            read(&refused(submit(None))),
            ["this document holds 3 credentials", "Choose the ones you want to use."]
        );
        assert_eq!(refused(submit(Some(3))).message().remedy(), "Choose the ones you want to use.");
        let half = refused(submit(Some(2))).to_string();
        assert!(
            half.ends_with("the document holds neither \"clientSecret\" nor \"certificate\" and \"key\""),
            "{half}"
        );
        let request = submit(Some(1)).unwrap();
        assert_eq!(request.portal_key, "https://sales.example.com");
        let given = GivenDocument { choice: Some(0), ..GivenDocument::from(&document) };
        let refusal = refused(world.drawbridge.requests().edit_credentials(request.id, given));
        assert_eq!(refusal.to_string(), "these credentials belong to Own, not to the portal of the request Sales");
    }

    #[test]
    fn what_is_known_of_imported_credentials_is_seen_in_their_document() {
        let world = world();
        let document = world.foreign_document("sales", SECRET);
        let before = world.inspect(&document);
        assert_eq!(
            (before.portal_name, before.facts.kind.lifetime(), before.asks_lifetime),
            (None, Some(Lifetime::Unknown), true)
        );
        let at = world.clock.now().trunc_subsecs(3) - TimeDelta::days(5);
        let added = world.drawbridge.portals().track(
            "Sales",
            "sales",
            &document,
            GivenLifetime::Generated(at),
            crate::OWN_PAIR,
        );
        added.unwrap();
        let seen = world.inspect(&document);
        assert_eq!(seen.portal_name.as_deref(), Some("Sales"));
        assert_eq!(
            (seen.facts.kind.lifetime(), days_left(&seen.validity)),
            (Some(Lifetime::Generated { at }), Some(360))
        );
        let watcher = Watcher::default();
        world.connector.answer(PORTAL, &[]);
        world.drawbridge.checks().test_document(&document, &watcher).unwrap();
        assert_eq!(watcher.lines()[1], "Validity: until 2027-02-24, 360 days left");
        let other = world.inspect(&secret_document("sales", "sb-other!b1", SECRET));
        assert_eq!(other.portal_name.as_deref(), Some("Sales"), "the portal is known by its URL");
        assert_eq!(other.facts.kind.lifetime(), Some(Lifetime::Unknown), "these credentials are not");
    }

    #[test]
    fn a_hint_in_the_client_id_is_used_wherever_a_document_is_read() {
        let world = world();
        let at = world.clock.now().trunc_subsecs(3) - TimeDelta::days(364);
        let client_id = format!("sb-apiaccess_{}!b109482|api-portal-xsuaa!b11864", at.timestamp_millis());
        let document = secret_document("sales", &client_id, SECRET);
        let seen = world.inspect(&document);
        assert_eq!((seen.facts.kind.lifetime(), days_left(&seen.validity)), (Some(Lifetime::Guessed { at }), Some(1)));
        assert!(seen.asks_lifetime, "a hint is a guess");
        world.connector.answer(PORTAL, &[]);
        let watcher = Watcher::default();
        world.drawbridge.checks().test_document(&document, &watcher).unwrap();
        assert_eq!(watcher.lines()[1], "Validity: probably until 2026-03-02 09:30 UTC, 24 hours left");
        let request = world.connect(&world.hub("Hub"), "Sales", &document);
        assert_eq!(days_left(&world.drawbridge.requests().get(request.id).unwrap().validity), Some(1));
        world.clock.advance(TimeDelta::days(2));
        let watcher = Watcher::default();
        let outcome = world.drawbridge.checks().test_request(request.id, &watcher).unwrap();
        assert_eq!(outcome, TestOutcome::Passed(vec![]), "the rule is not the portal: whether it works is tested");
        assert_eq!(watcher.lines()[1], "Validity: by the date of its generation the client secret ended on 2026-03-02");
    }

    #[test]
    fn that_nothing_would_be_replaced_is_said_only_where_it_can_be_told() {
        let world = world();
        let hub = world.hub("Hub");
        let (own_portal, own) = world.portal_with("Own", World::SECRET);
        let own = world.document(own.id);
        let of_own = world.submit(&hub, "Own", &own);
        let leaf = world.leaf("sb-sales!b1");
        let certified = certificate_document("sales", &leaf);
        let by_certificate = world.submit(&hub, "Sales", &certified);
        let secret = world.foreign_document("stock", SECRET);
        let by_secret = world.submit(&hub, "Stock", &secret);
        let next = world.drawbridge.portals().regenerate_credentials(own_portal.id, World::SECRET).unwrap();
        let next = world.document(next.id);
        let moved = certified.replace("auth.cert", "authentication.cert");
        for (document, replaces, same) in [
            (&own, &of_own, true),
            (&own, &by_secret, false),
            (&next, &of_own, false),
            (&certified, &by_certificate, true),
            (&moved, &by_certificate, false),
            (&certificate_document("sales", &world.leaf("sb-sales!b1")), &by_certificate, false),
            // Another secret under the same client id looks like this, too.
            (&secret, &by_secret, false),
        ] {
            let seen = world.drawbridge.documents().inspect(document, Some(replaces.id)).unwrap();
            let found = seen.candidates[0].findings.iter().any(|finding| finding.kind == FindingKind::SameAsReplaced);
            assert_eq!(found, same, "{} with {document}", replaces.alias);
        }
        let seen = world.drawbridge.documents().inspect(&own, None).unwrap();
        assert!(seen.candidates[0].findings.iter().all(|finding| finding.kind != FindingKind::SameAsReplaced));
    }

    #[test]
    fn inspecting_stores_nothing_and_asks_the_keychain_nothing() {
        let world = world();
        let request = world.submit_foreign(&world.hub("Hub"), "sales");
        let leaf = world.leaf(CLIENT);
        let before = (world.repository.tables(), world.keychain.items(), world.repository.events());
        world.keychain.take_calls();
        for sample in samples(&leaf) {
            world.drawbridge.documents().inspect(sample.given(), Some(request.id)).unwrap();
        }
        assert_eq!((world.repository.tables(), world.keychain.items(), world.repository.events()), before);
        assert_eq!(world.keychain.take_calls(), []);
    }

    #[test]
    fn the_url_that_was_added_by_hand_is_checked_like_one_in_the_document() {
        let world = world();
        let xsuaa = samples(&world.leaf(CLIENT)).into_iter().find(|sample| sample.shape == Shape::XsuaaSecret).unwrap();
        let inspect = |portal_url: Option<&str>| {
            let given = GivenDocument { portal_url: portal_url.map(str::to_owned), ..xsuaa.given() };
            world.drawbridge.documents().inspect(given, None).unwrap()
        };
        let missing = inspect(None);
        assert!(missing.candidates[0].lacks_only_url && missing.candidates[0].usable.is_none());
        assert_eq!(errors(&missing).len(), 1, "{:?}", errors(&missing));
        assert!(errors(&missing)[0].ends_with("\"url\" is missing"));
        let wrong = inspect(Some("sales"));
        assert!(wrong.candidates[0].usable.is_none());
        assert_eq!(errors(&wrong)[0], "\"url\" is not a complete URL");
        assert_eq!(errors(&inspect(Some(PORTAL))), [""; 0]);

        let complete = world.foreign_document("sales", SECRET);
        let given =
            GivenDocument { portal_url: Some("https://other.example.com".into()), ..GivenDocument::from(&complete) };
        let seen = world.drawbridge.documents().inspect(given, None).unwrap();
        assert_eq!(
            seen.candidates[0].usable.as_ref().unwrap().facts.url,
            "https://sales.example.com",
            "what the document says is not overwritten"
        );
    }
}

mod testing {
    use super::*;

    #[test]
    fn a_document_with_an_expired_certificate_fails_at_its_validity_and_not_as_a_document() {
        let world = world();
        let leaf = world.leaf(CLIENT);
        let samples: Vec<Sample> = samples(&leaf).into_iter().filter(|sample| sample.certificate).collect();
        assert!(samples.len() >= 8);
        let hub = world.hub("Hub");
        world.clock.advance(TimeDelta::days(366));
        for sample in samples {
            // Without its URL it is no document that could be tested.
            if sample.portal_url.is_some() {
                continue;
            }
            let watcher = Watcher::default();
            let outcome = world.drawbridge.checks().test_document(sample.given(), &watcher).unwrap();
            assert_eq!(
                watcher.lines(),
                ["Document: certificate credentials", "Validity FAILED: the certificate expired on 2027-03-01"],
                "{}",
                sample.name
            );
            let TestOutcome::Failed(finding) = outcome else { panic!("{}: expected a failure", sample.name) };
            assert_eq!(finding.code, "expired", "{}", sample.name);
            let refusal = refused(world.drawbridge.requests().submit(hub.id, "P", sample.given(), "", true));
            assert!(refusal.to_string().ends_with("the certificate expired on 2027-03-01 09:30 UTC"), "{refusal}");
        }
        assert!(world.connector.calls().is_empty());
    }

    #[test]
    fn what_is_wrong_with_a_document_is_told_with_its_place_by_every_way_in() {
        let world = world();
        let (portal, _) = {
            let document = world.foreign_document("sales", SECRET);
            let added = world
                .drawbridge
                .portals()
                .track("Sales", "s", &document, GivenLifetime::Unknown, crate::OWN_PAIR)
                .unwrap();
            (added.portal, ())
        };
        let hub = world.hub("Hub");
        let pending = world.submit_foreign(&hub, "waiting");
        let approved = world.connect(&hub, "works", &world.foreign_document("works", SECRET));
        let document = world.foreign_document("other", "xxxxxxxx");
        let place = format!("line 1, column {}", document.find("\"xxxx").unwrap() + 1);
        let expected = [
            format!("{place}: \"clientSecret\" still contains the sample's placeholder"),
            "Replace the sample by the credentials that the API portal generated.".to_owned(),
        ];
        let drawbridge = &world.drawbridge;
        for refusal in [
            refused(drawbridge.requests().submit(hub.id, "Other", &document, "", true)),
            refused(drawbridge.requests().edit_credentials(pending.id, &document)),
            refused(drawbridge.requests().reestablish(approved.id, &document)),
            refused(drawbridge.portals().track("Other", "o", &document, GivenLifetime::Unknown, crate::OWN_PAIR)),
            refused(drawbridge.portals().import_credentials(portal.id, &document, GivenLifetime::Unknown)),
        ] {
            assert_eq!(read(&refusal), expected);
        }
        let TestOutcome::Failed(finding) = drawbridge.checks().test_document(&document, &Watcher::default()).unwrap()
        else {
            panic!("expected a failure")
        };
        assert_eq!([finding.message, finding.remedy], expected);
    }
}

#[test]
fn a_certificate_that_ends_within_thirty_days_is_a_warning_where_it_stands() {
    const SECOND: TimeDelta = TimeDelta::seconds(1);
    let world = world();
    let begin = world.clock.now().trunc_subsecs(0) - TimeDelta::days(1);
    for (left, sentence) in [
        (TimeDelta::days(30) + SECOND, None),
        (TimeDelta::days(30), Some("30 days left")),
        (TimeDelta::hours(25), Some("25 hours left, until")),
        (SECOND, Some("less than an hour left, until")),
    ] {
        let end = world.clock.now().trunc_subsecs(0) + left;
        let now = end - left;
        let document = certificate_document("sales", &world.leaf_of(CLIENT, begin, end));
        let options = Options { now, password: None, stop: &Stop::NEVER };
        let Recognition { candidates, .. } = domain::recognition::recognise(document.as_bytes(), &options);
        let said: Vec<String> = candidates[0]
            .findings
            .iter()
            .filter(|finding| finding.severity() == Severity::Warning)
            .map(|finding| format!("{finding} {}", finding.kind.message().remedy().for_log()))
            .collect();
        let moment =
            if left < TimeDelta::days(2) { end.format(" %Y-%m-%d %H:%M UTC").to_string() } else { String::new() };
        let expected = sentence.map(|sentence| {
            format!(
                "line 1, column 16: the certificate expires on {}: {sentence}{moment} \
                 Plan to regenerate the credentials before that day.",
                end.format("%Y-%m-%d")
            )
        });
        assert_eq!(said, Vec::from_iter(expected), "{left}");
    }
}
