//! What is read of documents as they occur, and what is said about what is none.

use std::time::{Duration, Instant};

use proptest::{prelude::*, test_runner::TestRunner};

use super::*;

const PETSTORE_2_JSON: &str = r##"{
  "swagger": "2.0",
  "info": {
    "description": "This is a sample server Petstore server.  You can find out more about Swagger at [http://swagger.io](http://swagger.io).",
    "version": "1.0.7",
    "title": "Swagger Petstore",
    "termsOfService": "http://swagger.io/terms/",
    "contact": {"email": "apiteam@swagger.io"},
    "license": {"name": "Apache 2.0", "url": "http://www.apache.org/licenses/LICENSE-2.0.html"}
  },
  "host": "petstore.swagger.io",
  "basePath": "/v2",
  "tags": [{"name": "pet", "description": "Everything about your Pets"}],
  "schemes": ["https", "http"],
  "paths": {
    "/pet/{petId}": {
      "get": {
        "operationId": "getPetById",
        "produces": ["application/json"],
        "parameters": [{"name": "petId", "in": "path", "required": true, "type": "integer", "format": "int64"}],
        "responses": {"200": {"description": "ok", "schema": {"$ref": "#/definitions/Pet"}}, "404": {"description": "Pet not found"}},
        "security": [{"api_key": []}]
      }
    }
  },
  "securityDefinitions": {"api_key": {"type": "apiKey", "name": "api_key", "in": "header"}},
  "definitions": {"Pet": {"type": "object", "required": ["name"], "properties": {"id": {"type": "integer"}, "name": {"type": "string", "example": "doggie"}}}}
}"##;

const PETSTORE_2_YAML: &str = r##"swagger: "2.0"
info:
  version: 1.0.0
  title: Swagger Petstore (Simple)
  description: A sample API that uses a petstore as an example
  license:
    name: MIT
host: petstore.swagger.io
basePath: /api
schemes:
  - http
paths:
  /pets:
    get:
      operationId: findPets
      parameters:
        - name: tags
          in: query
          type: array
          items:
            type: string
          collectionFormat: csv
      responses:
        "200":
          description: pet response
          schema:
            type: array
            items:
              $ref: '#/definitions/Pet'
definitions:
  Pet:
    type: object
    properties:
      id:
        type: integer
        format: int64
"##;

const PETSTORE_3_0_YAML: &str = r##"# The petstore of the specification
openapi: "3.0.0"
info:
  version: 1.0.0
  title: Swagger Petstore
  description: |
    A sample API
    for pets.
  license:
    name: MIT
servers:
  - url: http://petstore.swagger.io/v1
  - url: https://sandbox.example.com/other
paths:
  /pets:
    get:
      summary: List all pets
      operationId: listPets
      parameters: &paging
        - {name: limit, in: query, required: false, schema: {type: integer, maximum: 100, format: int32}}
      responses:
        '200':
          description: A paged array of pets
          content:
            application/json:
              schema:
                $ref: "#/components/schemas/Pets"
        default: &error
          description: unexpected error
  /toys:
    get:
      parameters: *paging
      responses:
        default: *error
components:
  schemas:
    Pets:
      type: array
      maxItems: 100
      items:
        type: object
        x-samples: [1.5, .inf, ~, 2024-01-01, !custom {a: b}, !!binary aGk=]
"##;

const PETSTORE_3_0_JSON: &str = r##"{
  "openapi": "3.0.4",
  "info": {"title": "Swagger Petstore - OpenAPI 3.0", "version": "1.0.27", "description": "Pets & more"},
  "servers": [{"url": "/api/v3"}],
  "paths": {"/pet": {"put": {"requestBody": {"content": {"application/json": {"schema": {"type": "strng"}}}}}}}
}"##;

const PETSTORE_3_1_YAML: &str = r##"openapi: 3.1.0
info:
  title: Webhook Example
  summary: Pets that call back
  version: 1.0.0
jsonSchemaDialect: https://json-schema.org/draft/2020-12/schema
webhooks:
  newPet:
    post:
      requestBody:
        description: Information about a new pet in the system
        content:
          application/json:
            schema:
              type: [object, 'null']
      responses:
        '200':
          description: Return a 200 status to indicate that the data was received successfully
"##;

const PETSTORE_3_1_JSON: &str = r##"{
  "openapi": "3.1.1",
  "info": {"title": "Tic Tac Toe", "version": "1.0.0", "license": {"name": "Apache 2.0", "identifier": "Apache-2.0"}},
  "servers": [
    {
      "url": "{scheme}://{tenant}.example.com:{port}/{base}/pets/",
      "variables": {
        "scheme": {"enum": ["https", "http"], "default": "https"},
        "tenant": {"default": "acme"},
        "port": {"default": 8443},
        "base": {"default": "v1/eu"}
      }
    }
  ],
  "paths": {}
}"##;

const PETSTORE_3_2_YAML: &str = r##"%YAML 1.2
---
openapi: 3.2.0
$self: https://example.com/openapi
info: {title: Petstore of the future, version: 2.0.0-rc.1}
servers:
  - name: prod
    url: //api.example.com/pets/v2?tenant=1#here
tags:
  - name: pets
    kind: nav
paths:
  /pets:
    query:
      responses: {'200': {summary: found}}
...
"##;

const PETSTORE_3_2_JSON: &str = r##"{"openapi":"3.2.0","info":{"title":"Petstore","version":"3"},"servers":[{"url":"https://example.com"}],"paths":{}}"##;

fn parse(text: &str) -> OpenApiDocument {
    OpenApiDocument::parse(text).unwrap_or_else(|refusal| panic!("{refusal}\n{:.500}", text))
}

fn reason(text: &str) -> String {
    match OpenApiDocument::parse(text) {
        Err(NotOpenApi { reason }) => reason.for_log(),
        other => panic!("expected a refusal, got {other:?} of {text:.500}"),
    }
}

fn essence(document: &OpenApiDocument) -> [&str; 5] {
    [&document.openapi_version, &document.name, &document.title, &document.version, &document.base_path]
}

/// A document of the version 3 with this title, version and first server.
fn with_server(server: &str) -> String {
    format!(r#"{{"openapi": "3.0.3", "info": {{"title": "T", "version": "1"}}, "servers": [{server}]}}"#)
}

#[test]
fn the_petstore_is_read_in_every_version_from_json_and_yaml() {
    for (text, expected) in [
        (PETSTORE_2_JSON, ["2.0", "Swagger-Petstore", "Swagger Petstore", "1.0.7", "/v2"]),
        (PETSTORE_2_YAML, ["2.0", "Swagger-Petstore-Simple", "Swagger Petstore (Simple)", "1.0.0", "/api"]),
        (PETSTORE_3_0_YAML, ["3.0.0", "Swagger-Petstore", "Swagger Petstore", "1.0.0", "/v1"]),
        (
            PETSTORE_3_0_JSON,
            ["3.0.4", "Swagger-Petstore-OpenAPI-3.0", "Swagger Petstore - OpenAPI 3.0", "1.0.27", "/api/v3"],
        ),
        (PETSTORE_3_1_YAML, ["3.1.0", "Webhook-Example", "Webhook Example", "1.0.0", "/"]),
        (PETSTORE_3_1_JSON, ["3.1.1", "Tic-Tac-Toe", "Tic Tac Toe", "1.0.0", "/v1/eu/pets"]),
        (PETSTORE_3_2_YAML, ["3.2.0", "Petstore-of-the-future", "Petstore of the future", "2.0.0-rc.1", "/pets/v2"]),
        (PETSTORE_3_2_JSON, ["3.2.0", "Petstore", "Petstore", "3", "/"]),
    ] {
        assert_eq!(essence(&parse(text)), expected);
        assert_eq!(parse(&format!("\u{feff}{text}")), parse(text), "a byte order mark changes nothing");
        assert_eq!(parse(&text.replace('\n', "\r\n")), parse(text), "nor do the line ends of another system");
    }
    assert_eq!(parse(PETSTORE_3_0_YAML).description, "A sample API\nfor pets.");
    assert_eq!(parse(PETSTORE_3_1_YAML).description, "");
    assert!(parse(PETSTORE_2_JSON).description.starts_with("This is a sample server Petstore server.  You can"));
}

#[test]
fn a_version_without_quotes_is_the_text_that_stands_there() {
    let document = parse("swagger: 2.0\ninfo:\n  title: 2024\n  version: 1.10\n");
    assert_eq!(essence(&document), ["2.0", "2024", "2024", "1.10", "/"], "1.10 is not 1.1");
    let document = parse("openapi: 3.1\ninfo:\n  title: yes\n  version: 2024-01-01\n");
    assert_eq!(essence(&document), ["3.1", "yes", "yes", "2024-01-01", "/"]);
    let document = parse(r#"{"swagger": 2.0, "info": {"title": "T", "version": 1.0}}"#);
    assert_eq!(essence(&document), ["2.0", "T", "T", "1.0", "/"]);
    let document = parse(r#"{"openapi": "3.0.0", "info": {"title": "T", "version": 7}}"#);
    assert_eq!(document.version, "7");
}

#[test]
fn what_is_wrong_elsewhere_does_not_keep_a_document_from_being_imported() {
    for text in [
        r#"{"openapi": "3.0.0", "info": {"title": "T", "version": "1", "contact": "me", "x-a": null}, "paths": []}"#,
        r#"{"openapi": "3.0.0", "info": {"title": "T", "version": "1", "description": {"$ref": "a.md"}}}"#,
        r#"{"openapi": "3.0.0", "info": {"title": "T", "version": "1", "description": null}, "servers": null}"#,
        r#"{"openapi": "3.0.0", "info": {"title": "T", "version": "1"}, "servers": {"url": "/a"}}"#,
        r#"{"openapi": "3.0.0", "info": {"title": "T", "version": "1"}, "servers": ["/a", {"url": "/b"}]}"#,
        r#"{"openapi": "3.0.0", "info": {"title": "T", "version": "1"}, "servers": [{"url": ["/a"], "variables": 1}]}"#,
        r#"{"openapi": "3.0.0", "info": {"title": "T", "version": "1"}, "servers": [], "basePath": "/of-another-version"}"#,
        r#"{openapi: 3.0.0, info: {title: T, version: 1}}"#,
        r#"{"openapi": "3.0.0", "info": {"title": "T", "version": "1"}, "paths": {},}"#,
        "openapi: 3.0.0\ninfo: {title: T, version: '1'}\npaths: {'200': 1, '200': 2, 200: 3, ~: 4, [a]: 5}\nx: !!set {a, b}",
        "openapi: 3.0.0\ninfo: {title: T, version: '1'}\nx: {a: 99999999999999999999999999999999999999999999, b: 1e999}",
        "openapi: 3.0.0\ninfo: {title: T, version: '1'}\nservers: !!str ''\nx: !!binary /w==",
    ] {
        assert_eq!(essence(&parse(text)), ["3.0.0", "T", "T", "1", "/"], "{text}");
        assert_eq!(parse(text).description, "", "{text}");
    }
}

#[test]
fn one_anchor_may_have_many_aliases() {
    let mut text =
        "openapi: 3.0.0\ninfo: {title: T, version: '1'}\nx: &error {description: failed}\npaths:\n".to_owned();
    for number in 0..2_000 {
        text += &format!("  /p{number}: {{get: {{responses: {{default: *error}}}}}}\n");
    }
    assert_eq!(parse(&text).title, "T", "errors that all operations share are no attack");
}

#[test]
fn a_document_of_the_largest_size_is_read() {
    let mut json = PETSTORE_2_JSON.strip_suffix('}').unwrap().to_owned() + ", \"x\": [";
    let mut yaml = PETSTORE_3_0_YAML.to_owned() + "x-more:\n";
    while json.len() < OpenApiDocument::MAX_BYTES - 100 {
        json += r#"{"a": [1, 2], "b": "c"},"#;
    }
    while yaml.len() < OpenApiDocument::MAX_BYTES - 100 {
        yaml += "  - a: [1, 2]\n    b: c\n";
    }
    json += "0]}";
    assert_eq!(parse(&json).title, "Swagger Petstore");
    assert_eq!(parse(&yaml).title, "Swagger Petstore");
    let larger = " ".repeat(OpenApiDocument::MAX_BYTES + 1);
    assert_eq!(reason(&larger), "its 5242881 bytes are more than the 5 MB that are read");
}

#[test]
fn the_base_path_is_that_of_the_first_server_with_the_defaults_of_its_variables() {
    for (server, path) in [
        (r#"{"url": "https://api.example.com"}"#, "/"),
        (r#"{"url": "https://api.example.com/"}"#, "/"),
        (r#"{"url": "https://api.example.com:8443/v1/"}"#, "/v1"),
        (r#"{"url": "/v1"}"#, "/v1"),
        (r#"{"url": "v1/eu"}"#, "/v1/eu"),
        (r#"{"url": "./a/../v1"}"#, "/v1"),
        (r#"{"url": "../../v1"}"#, "/v1"),
        (r#"{"url": ""}"#, "/"),
        (r#"{"url": "https://{tenant}.example.com/{version}", "variables": {"version": {"default": "v2"}}}"#, "/v2"),
        (r#"{"url": "https://{tenant}.example.com/{version}"}"#, "/{version}"),
        (r#"{"url": "/{a}/{", "variables": {"a": {"default": "/x/"}}}"#, "/x/{"),
        (r#"{"url": "{base}", "variables": {"base": {"default": "https://example.com/deep/path?q#f"}}}"#, "/deep/path"),
        (r#"{"url": "/{a}", "variables": {"a": {"default": "/v1"}}}"#, "/v1"),
        (r#"{"url": "/proxy/https://example.com/v1"}"#, "/proxy/https:/example.com/v1"),
        (r#"{"url": "/v1?from=https://example.com/v2"}"#, "/v1"),
        (r#"{"url": "/a b/\u0007ü"}"#, "/a b/ü"),
        (r#"{"description": "no URL"}"#, "/"),
    ] {
        assert_eq!(parse(&with_server(server)).base_path, path, "{server}");
    }
    let many = format!(
        r#"{{"url": "/{}", "variables": {{"a": {{"default": "{}"}}}}}}"#,
        "{a}".repeat(100_000),
        "x".repeat(100_000)
    );
    let path = parse(&with_server(&many)).base_path;
    assert_eq!((path.chars().count(), path.ends_with('…')), (500, true), "variables make no path without end");
}

#[test]
fn a_name_keeps_what_can_stand_in_a_url() {
    for (title, name) in [
        ("Swagger Petstore", "Swagger-Petstore"),
        ("Orders v1.2_beta", "Orders-v1.2_beta"),
        ("  Orders -- (EU)!  ", "Orders-EU"),
        ("Überseehandel", "berseehandel"),
        ("注文", "API"),
        ("..", "API"),
        ("../../etc/passwd", "etc-passwd"),
        ("_internal", "_internal"),
    ] {
        assert_eq!(OpenApiDocument::derive_name(title), name, "{title}");
    }
    let long = OpenApiDocument::derive_name(&"Orders ".repeat(100));
    assert_eq!((long.len() <= 80, long.ends_with('-')), (true, false), "{long}");
    assert_eq!(OpenApiDocument::derive_name(&"x".repeat(100)).len(), 80);
}

#[test]
fn texts_lose_control_characters_and_are_cut_where_they_are_too_long() {
    let info = |title: &str, version: &str, description: &str| {
        let info = serde_json::json!({"title": title, "version": version, "description": description});
        parse(&serde_json::json!({"openapi": "3.0.0", "info": info}).to_string())
    };
    let document = info(" A\tB\nC\u{0}\u{1b}[31m ", "1\n2", " one\r\n\ttwo\u{7}\rthree\u{85} ");
    assert_eq!((document.title.as_str(), document.version.as_str()), ("A B C[31m", "1 2"));
    assert_eq!(document.description, "one\n\ttwo\nthree", "line breaks stay");

    let document = info(&"ü".repeat(200), &"1".repeat(80), &"日".repeat(4_000));
    assert_eq!((document.title.as_str(), document.version.len()), ("ü".repeat(200).as_str(), 80));
    assert_eq!(document.description, "日".repeat(4_000), "as long as possible is not too long");
    let document = info(&"ü".repeat(201), &"1".repeat(81), &"日".repeat(9_000));
    assert_eq!(document.title, "ü".repeat(199) + "…");
    assert_eq!(document.version, "1".repeat(79) + "…");
    assert_eq!(document.description, "日".repeat(3_999) + "…");
}

#[test]
fn what_is_no_open_api_document_is_named_with_its_place() {
    let missing = "it has neither \"openapi\" nor \"swagger\" with a version";
    for (text, expected) in [
        ("", "it is empty"),
        (" \n\t", "it is empty"),
        ("# only a comment", "it is empty"),
        ("null", "it is empty"),
        ("<!DOCTYPE html>\n<html><body>Sign in</body></html>", "it is a page in HTML or XML"),
        ("\u{feff}\n <?xml version=\"1.0\"?><a/>", "it is a page in HTML or XML"),
        ("[]", "it is a list, not an object with \"openapi\" and \"info\""),
        (r#"["3.0.0", {"title": "T"}]"#, "it is a list, not an object with \"openapi\" and \"info\""),
        ("- openapi: 3.0.0", "it is a list, not an object with \"openapi\" and \"info\""),
        ("Sign in, please", "it is plain text, not an object with \"openapi\" and \"info\""),
        ("\"3.0.0\"", "it is plain text, not an object with \"openapi\" and \"info\""),
        ("{}", missing),
        (r#"{"info": {"title": "T", "version": "1"}}"#, missing),
        (r#"{"openapi": null, "info": {"title": "T", "version": "1"}}"#, missing),
        (r#"{"openapi": ["3.0.0"], "info": {"title": "T", "version": "1"}}"#, missing),
        ("asyncapi: 2.6.0\ninfo: {title: Account Service, version: 1.0.0}\nchannels: {}", "it is an AsyncAPI document"),
        (
            r#"{"swaggerVersion": "1.2", "apis": [{"path": "/pet"}]}"#,
            "it is a Swagger document of a version before 2.0",
        ),
        ("swagger: 1.2\ninfo: {}", "the version in \"swagger\" is unknown: it must be 2.0"),
        ("swagger: 20\ninfo: {}", "the version in \"swagger\" is unknown: it must be 2.0"),
        ("openapi: 4.0.0\ninfo: {}", "the version in \"openapi\" is unknown: it must be 3.x"),
        ("openapi: 2.0\ninfo: {}", "the version in \"openapi\" is unknown: it must be 3.x"),
        ("openapi: 3.0.0 or so\ninfo: {}", "the version in \"openapi\" is unknown: it must be 3.x"),
        ("openapi: ''\ninfo: {}", "the version in \"openapi\" is unknown: it must be 3.x"),
        ("openapi: 3.0.0\npaths: {}", "\"info\" is missing"),
        ("openapi: 3.0.0\ninfo:\npaths: {}", "\"info\" is missing"),
        (r#"{"openapi": "3.0.0", "info": ["T", "1"]}"#, "\"info\" is not an object"),
        ("openapi: 3.0.0\ninfo: Orders", "\"info\" is not an object"),
        ("openapi: 3.0.0\ninfo: {version: '1'}", "\"title\" in \"info\" is missing"),
        ("openapi: 3.0.0\ninfo: {title: ~, version: '1'}", "\"title\" in \"info\" is missing"),
        (r#"{"openapi": "3.0.0", "info": {"title": " \n", "version": "1"}}"#, "\"title\" in \"info\" is missing"),
        (r#"{"openapi": "3.0.0", "info": {"title": "T"}}"#, "\"version\" in \"info\" is missing"),
        (r#"{"openapi": "3.0.0", "info": {"title": "T", "version": ""}}"#, "\"version\" in \"info\" is missing"),
        (
            "{\n  \"openapi\": \"3.0.0\",\n  \"info\": {\"title\": [], \"version\": \"1\"}\n}",
            "line 3, column 22: expected a text",
        ),
        ("openapi: 3.0.0\ninfo:\n  title: {a: b}\n", "line 3, column 10: expected string scalar"),
        ("{\n  \"openapi\": \"3.0.0\"\n  \"info\": {}\n}", "line 3, column 3: expected `,` or `}`"),
        ("{\"openapi\": \"3.0.0\", \"info\": {", "line 1, column 30: EOF while parsing an object"),
        (r#"{"openapi": "3.0.0", "openapi": "3.0.1"}"#, "line 1, column 30: duplicate field `openapi`"),
        (r#"{"openapi": "3.0.0"} {"openapi": "3.0.0"}"#, "line 1, column 22: trailing characters"),
        (
            "openapi: 3.0.0\ninfo:\n\ttitle: T",
            "line 3, column 2: tabs disallowed within this context (block indentation)",
        ),
        ("openapi: 3.0.0\ninfo: {title: T", "line 2, column 7: unclosed bracket '{'"),
        ("openapi: 3.0.0\nx: *nowhere", "line 2, column 4: this alias has no anchor"),
        ("openapi: 3.0.0\n---\nopenapi: 3.0.0\n", "line 3, column 1: a second document begins here"),
        ("openapi: 3.0.0\nx: {<<: text}", "line 2, column 9: this is not valid YAML"),
        ("x: &a [*a]", "line 1, column 8: it is nested too deep, or its aliases make too much of it"),
    ] {
        assert_eq!(reason(text), expected, "{text}");
    }
    assert_eq!(
        OpenApiDocument::parse("[]").unwrap_err().to_string(),
        "this is not an OpenAPI document that can be imported: it is a list, not an object with \"openapi\" and \"info\""
    );
}

#[test]
fn no_refusal_quotes_the_file() {
    const PLANTED: &str = "pl4nted-s3cret";
    for text in [
        "P",
        "\"P\"",
        "[P",
        "{P",
        "{\"P",
        "{\"P\"",
        "{\"P\": P",
        "{\"openapi\": \"P\"}",
        "openapi: P",
        "P: P\n P: P",
        "info: P",
        "openapi: 3.0.0\ninfo: P",
        "openapi: 3.0.0\ninfo: {title: {P: P}}",
        "x: *P",
        "x: !P {",
        "%TAG P",
        "x: {<<: P}",
        "{\"info\": \"P\", \"info\": 1}",
        "{\"P\": 1, \"openapi\": 3, \"openapi\": \"P\"}",
        "- P\nP",
        "x: \"\\P\"",
        "{\"x\": \"\\P\"}",
        "x: |P",
        "? P",
        "x: &P [*P]",
        "!<P> x",
        "@P",
        "`P`",
        "x: 'P",
        "---\nP\n---\nP",
    ] {
        let text = text.replace('P', PLANTED);
        let reason = reason(&text);
        assert!(!reason.contains("pl4nted"), "{reason}");
    }
}

/// Within a few seconds, also in a slow build: somebody waits for it.
fn timed<T>(what: &str, run: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = run();
    assert!(start.elapsed() < Duration::from_secs(60), "{what} took {:?}", start.elapsed());
    result
}

#[test]
fn aliases_that_multiply_are_refused_before_they_do() {
    let mut laughs = String::from("openapi: 3.0.0\ninfo: {title: T, version: '1'}\na0: &a0 [lol, lol, lol]\n");
    for level in 1..30 {
        let aliases = vec![format!("*a{}", level - 1); 9].join(", ");
        laughs += &format!("a{level}: &a{level} [{aliases}]\n");
    }
    let text = timed("the billion laughs", || reason(&laughs));
    assert!(text.ends_with("it is nested too deep, or its aliases make too much of it"), "{text}");

    // One large text that is referred to again and again.
    let large = "x".repeat(2_000_000);
    let aliases = "*big, ".repeat(40_000);
    let blow_up = format!("openapi: 3.0.0\ninfo: {{title: T, version: '1'}}\nx: &big {large}\ny: [{aliases}]\n");
    let text = timed("a large text with many aliases", || reason(&blow_up));
    assert!(text.ends_with("it is nested too deep, or its aliases make too much of it"), "{text}");
}

#[test]
fn deep_nesting_does_not_overflow_the_stack() {
    // The stack of a thread of a runtime is not larger.
    let run = || {
        let info = r#""openapi": "3.0.0", "info": {"title": "T", "version": "1"}"#;
        for depth in [100, 1_000, 1_000_000] {
            let open_close = |open: &str, close: &str| open.repeat(depth) + &close.repeat(depth);
            for text in [
                format!("{{{info}, \"x\": {}}}", open_close("[", "]")),
                format!(
                    "{{{info}, \"x\": {}1{}}}",
                    "{\"a\":".repeat(depth.min(800_000)),
                    "}".repeat(depth.min(800_000))
                ),
                format!("{{\"servers\": {}, {info}}}", open_close("[", "]")),
                format!("openapi: 3.0.0\ninfo: {{title: T, version: '1'}}\nx: {}", open_close("[", "]")),
                format!("openapi: 3.0.0\ninfo: {{title: T, version: '1'}}\nx:\n  {}1", "- ".repeat(depth)),
                format!("openapi: 3.0.0\ninfo: {}", open_close("{a: ", "}")),
                open_close("[", "]"),
                "[".repeat(depth),
                "{\"a\":".repeat(depth),
                "? ".repeat(depth),
                "{".repeat(depth),
                "- ".repeat(depth),
            ] {
                drop(timed("a nested document", || OpenApiDocument::parse(&text)));
            }
        }
    };
    std::thread::Builder::new().stack_size(2 * 1024 * 1024).spawn(run).unwrap().join().expect("no overflow");
}

#[test]
fn large_nonsense_is_refused_in_time() {
    for piece in [
        "a: b\n", "a", "\n", "a: a: ", "'", "\"\\", "&a ", "*a ", "!a ", "| ", "#", "{a: ", "a,", "? a\n", "---\n",
        "%\n", "\t", "é",
    ] {
        // A fifth of what may come: what does not grow with the square of it at this size does not at that.
        let text = piece.repeat(OpenApiDocument::MAX_BYTES / 5 / piece.len());
        drop(timed(piece, || OpenApiDocument::parse(&text)));
        let text = format!("{{{}", &text[..text.len() / 2].trim_end_matches('\u{fffd}'));
        drop(timed(piece, || OpenApiDocument::parse(&text)));
    }
}

#[test]
fn no_damage_to_a_document_makes_the_reader_panic() {
    let documents = [PETSTORE_2_JSON, PETSTORE_2_YAML, PETSTORE_3_0_YAML, PETSTORE_3_1_JSON, PETSTORE_3_2_YAML];
    let damage = (
        0..documents.len(),
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        "\\PC{0,3}|[\\[\\]{}:,\"'&*!|>%@`?#\\-\\s\\x00-\\x1f]{1,4}",
    );
    let mut runner =
        TestRunner::new(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() });
    runner
        .run(&damage, |(document, from, to, instead)| {
            let bytes = documents[document].as_bytes();
            let (from, to) = (from.index(bytes.len()), to.index(bytes.len()));
            let (from, to) = (from.min(to), from.max(to).min(from.min(to) + 40));
            let damaged = [&bytes[..from], instead.as_bytes(), &bytes[to..]].concat();
            if let Ok(read) = OpenApiDocument::parse(&String::from_utf8_lossy(&damaged)) {
                prop_assert!(read.name.len() <= 80 && !read.name.is_empty());
                prop_assert!(read.name.chars().all(|c| c.is_ascii_alphanumeric() || "-._".contains(c)));
                prop_assert!(read.base_path.starts_with('/'));
                prop_assert!(read.title.chars().count() <= 200 && !read.title.is_empty());
            }
            Ok(())
        })
        .unwrap();
    let anything = prop::collection::vec(any::<u8>(), 0..200);
    runner
        .run(&anything, |bytes| {
            drop(OpenApiDocument::parse(&String::from_utf8_lossy(&bytes)));
            Ok(())
        })
        .unwrap();
}
