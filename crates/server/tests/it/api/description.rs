//! The description and the routes, compared both ways.

use std::collections::BTreeSet;

use mic::api::{
    BODY_BYTES_MAX, DESCRIPTION, IDEMPOTENCY_KEY_CHARACTERS_MAX, PAGE_MAX, ROOT, ROUTES,
};
use serde_json::Value;

use super::schema::{check, resolve};
use super::world::World;

#[test]
fn the_description_names_every_route_and_no_other() {
    let described = described();
    let mut said = BTreeSet::new();
    for (path, operations) in described["paths"].as_object().expect("paths") {
        let methods = operations.as_object().expect("operations").keys();
        said.extend(
            methods
                .filter(|name| *name != "parameters")
                .map(|method| (path.clone(), method.clone())),
        );
    }
    let mut routed = BTreeSet::new();
    for (pattern, methods) in ROUTES {
        routed.extend(methods.iter().map(|method| ((*pattern).to_owned(), (*method).to_owned())));
    }
    assert_eq!(said, routed);
    assert_eq!(described["servers"][0]["url"], ROOT);
}

#[test]
fn every_reference_leads_somewhere_and_every_example_fits() {
    let described = described();
    let mut count = 0;
    walk(&described, &mut |value| {
        if value.get("$ref").is_some_and(Value::is_string) {
            assert!(resolve(&described, value).is_object());
            count += 1;
        }
    });
    assert!(count > 100, "the description refers to its components");
    for (name, schema) in described["components"]["schemas"].as_object().expect("schemas") {
        for example in schema["examples"].as_array().into_iter().flatten() {
            check(&described, schema, example)
                .unwrap_or_else(|problem| panic!("{name}: {problem}"));
        }
    }
}

#[test]
fn places_of_a_path_are_described_and_operations_have_their_own_names() {
    let described = described();
    let mut names = BTreeSet::new();
    for (path, operations) in described["paths"].as_object().expect("paths") {
        let places: Vec<String> = path
            .split('/')
            .filter_map(|part| Some(part.strip_prefix('{')?.strip_suffix('}')?.to_owned()))
            .collect();
        let parameters = operations["parameters"].as_array().into_iter().flatten();
        let said: Vec<String> = parameters
            .map(|parameter| {
                resolve(&described, parameter)["name"].as_str().expect("a name").to_owned()
            })
            .collect();
        assert_eq!(places, said, "{path}");
        for (method, operation) in operations.as_object().expect("operations") {
            if method != "parameters" {
                let name = operation["operationId"].as_str().expect("a name");
                assert!(names.insert(name.to_owned()), "{name} twice");
            }
        }
    }
}

#[test]
fn limits_are_the_ones_that_are_described() {
    let described = described();
    let parameters = &described["components"]["parameters"];
    assert_eq!(parameters["Limit"]["schema"]["maximum"], PAGE_MAX);
    assert_eq!(parameters["IdempotencyKey"]["schema"]["maxLength"], IDEMPOTENCY_KEY_CHARACTERS_MAX);
    assert_eq!(BODY_BYTES_MAX, 262_144);
    assert!(
        described["info"]["description"]
            .as_str()
            .is_some_and(|text| text.contains("262,144 bytes"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_served_to_everybody() {
    let world = World::new().await;
    let answer = world.call("GET", "/openapi.json", &[]).gives(200).await;
    assert_eq!(answer.bytes, DESCRIPTION.as_bytes());
    world.stop().await;
}

fn described() -> Value {
    serde_json::from_str(DESCRIPTION).expect("the description is JSON")
}

fn walk(value: &Value, see: &mut impl FnMut(&Value)) {
    see(value);
    match value {
        Value::Array(items) => items.iter().for_each(|item| walk(item, see)),
        Value::Object(fields) => fields.values().for_each(|field| walk(field, see)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
