//! The role matrix, made from the route tables: every route × nobody, each role, a person of another agency.
//!
//! What is expected follows from the route's [`Access`]. A slice whose routes have a parameter adds one of its objects to
//! `testkit::objects`; [`EXCEPTIONS`] may only shrink.

use std::path::Path;

use app::slices::SLICES;
use kernel::{Role, new_id};
use platform::{
    Access,
    slice::{MethodFilter, Route},
};
use testkit::{
    Answer, Client, PASSWORD, TestApp,
    objects::{OPEN, Object, objects},
};

/// Changes that an empty form may make, because they need nothing but the button.
const EXCEPTIONS: &[&str] = &[
    "POST /dang-xuat",
    "POST /ma-xac-thuc",
    "POST /tai-khoan-cua-toi/phien-khac/ket-thuc",
    "POST /viec-cua-toi/da-doc",
];

fn routes() -> Vec<Route> {
    SLICES.iter().flat_map(|slice| (slice.routes)().0).collect()
}

fn name(route: &Route) -> String {
    format!("{} {}", verb(route), route.path)
}

fn verb(route: &Route) -> &'static str {
    let verbs = [
        (MethodFilter::GET, "GET"),
        (MethodFilter::HEAD, "HEAD"),
        (MethodFilter::PATCH, "PATCH"),
        (MethodFilter::DELETE, "DELETE"),
    ];
    verbs.into_iter().find(|(method, _)| *method == route.method).map_or("POST", |(_, verb)| verb)
}

fn is_get(route: &Route) -> bool {
    route.method == MethodFilter::GET
}

/// The path with its first parameter filled with `first` and the others with ids that nothing has.
fn filled(path: &str, first: &str) -> String {
    let mut out = String::new();
    let mut rest = path;
    let mut value = Some(first.to_owned());
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        out.push_str(&value.take().unwrap_or_else(|| new_id().to_string()));
        rest = after.split_once('}').map_or("", |(_, rest)| rest);
    }
    out + rest
}

async fn call(client: &mut Client, route: &Route, path: &str) -> Answer {
    match verb(route) {
        "POST" => client.post(path, &[]).await,
        verb => client.ask(verb, path, &[]).await,
    }
}

fn allowed(route: &Route, role: Role) -> bool {
    match route.access {
        Access::Action(action) => action.roles.contains(&role),
        _ => true,
    }
}

#[tokio::test]
async fn nobody_gets_past_the_sign_in_except_to_public_pages() {
    let app = TestApp::new().await;
    let agency = app.agency("Sở Tư pháp", None).await;
    app.person("ha.hoang", Role::Viewer, agency).await;
    let mut wrong = Vec::new();
    for route in routes() {
        let answer = call(&mut app.anonymous(), &route, &filled(route.path, &new_id().to_string())).await;
        let right = match route.access {
            Access::Public => answer.status.as_u16() < 500,
            _ => answer.status == 303 && answer.location().starts_with("/dang-nhap"),
        };
        if !right {
            wrong.push(format!("{}: {} {}", name(&route), answer.status, answer.location()));
        }
        app.clock.advance_seconds(6);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    app.end().await;
}

#[tokio::test]
async fn every_route_answers_every_role_as_its_access_says() {
    let app = TestApp::new().await;
    let agency = app.agency("Sở Tư pháp", None).await;
    let mut wrong = Vec::new();
    let mut excused = Vec::new();
    for role in Role::ALL {
        let mut person = app.person(role.key(), role, agency).await;
        for route in routes() {
            let answer = call(&mut person, &route, &filled(route.path, &new_id().to_string())).await;
            let status = answer.status.as_u16();
            let right = match (allowed(&route, role), route.path.contains('{'), is_get(&route)) {
                _ if route.access == Access::Public => status < 500,
                (false, ..) => status == 403,
                (true, true, true) => status == 404,
                (true, true, false) => matches!(status, 404 | 422),
                (true, false, true) => matches!(status, 200 | 204 | 303),
                (true, false, false) => matches!(status, 400 | 409 | 422),
            };
            if !right && EXCEPTIONS.contains(&name(&route).as_str()) && status == 303 {
                excused.push(name(&route));
            } else if !right {
                wrong.push(format!("{} as {}: {status} {}", name(&route), role.key(), answer.location()));
            }
            if person.get("/con-day").await.status != 204 {
                person.sign_in(role.key(), PASSWORD).await;
            }
        }
        app.clock.advance_seconds(120);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let needless: Vec<_> = EXCEPTIONS.iter().filter(|one| !excused.iter().any(|name| name == *one)).collect();
    assert!(needless.is_empty(), "exceptions that are no longer needed: {needless:?}");
    app.end().await;
}

/// Routes with a parameter that need a sample object: all but those that are open.
fn with_objects() -> Vec<Route> {
    let open = |route: &Route| OPEN.iter().any(|(one, _)| *one == name(route));
    routes().into_iter().filter(|route| route.path.contains('{') && !open(route)).collect()
}

/// Says where to add what is missing.
fn complete(objects: &[Object]) {
    let missing: Vec<String> =
        with_objects().iter().filter(|route| !objects.iter().any(|object| object.fits(route.path))).map(name).collect();
    assert!(
        missing.is_empty(),
        "these routes have no sample object: make one in testkit::objects::objects (crates/testkit/src/objects.rs) with the beginning of the route \
         as its pattern, or, when everybody may open it, add the route with a reason to OPEN (open.rs beside it):\n{}",
        missing.join("\n")
    );
    let paths: Vec<String> = routes().iter().map(name).collect();
    let needless: Vec<_> = OPEN.iter().filter(|(one, _)| !paths.iter().any(|path| path == one)).collect();
    assert!(needless.is_empty(), "open routes that no longer exist: {needless:?}");
}

fn strangers() -> Vec<String> {
    vec![new_id().to_string(), new_id().to_string()]
}

#[tokio::test]
async fn what_belongs_to_another_agency_answers_like_what_does_not_exist() {
    let app = TestApp::new().await;
    let objects = objects(&app).await;
    complete(&objects);
    let there = app.agency("Ủy ban nhân dân tỉnh Cao Bằng", None).await;
    let mut wrong = Vec::new();
    for role in Role::ALL {
        let mut person = app.person(role.key(), role, there).await;
        for route in &with_objects() {
            for object in objects.iter().filter(|object| object.fits(route.path)) {
                let foreign = call(&mut person, route, &object.address(route.path, &object.values)).await.status;
                let unknown = call(&mut person, route, &object.address(route.path, &strangers())).await.status;
                let right = if allowed(route, role) { foreign == 404 } else { foreign == 403 };
                if !right || foreign != unknown {
                    wrong.push(format!("{} as {}: {foreign}, unknown {unknown}", name(route), role.key()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    app.end().await;
}

#[tokio::test]
async fn the_sample_objects_are_real_so_that_their_owner_gets_past_not_found() {
    let app = TestApp::new().await;
    let mut wrong = Vec::new();
    for object in objects(&app).await {
        let (mut owner, mut answers) = (object.owner.clone(), Vec::new());
        for route in with_objects().iter().filter(|route| object.fits(route.path)) {
            let path = object.address(route.path, &object.values);
            let status = call(&mut owner, route, &path).await.status.as_u16();
            answers.push(status);
            if !matches!(status, 403 | 404) {
                break;
            }
        }
        if answers.iter().all(|status| matches!(status, 403 | 404)) {
            wrong.push(format!("{} {:?}: {answers:?}", object.pattern, object.values));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    app.end().await;
}

#[test]
fn every_action_asked_for_is_declared_once_and_every_route_stands_once() {
    let declared: Vec<&str> = SLICES.iter().flat_map(|slice| slice.actions).map(|action| action.key).collect();
    let mut names = Vec::new();
    for route in routes() {
        if let Access::Action(action) = route.access {
            assert!(
                declared.contains(&action.key),
                "{} asks for {}, which no slice declares",
                name(&route),
                action.key
            );
        }
        let name = name(&route);
        assert!(!names.contains(&name), "{name} stands twice");
        names.push(name);
    }
    for (at, key) in declared.iter().enumerate() {
        assert!(!declared[..at].contains(key), "the action {key} is declared twice");
    }
}

/// A route outside the tables would have no [`Access`].
#[test]
fn routes_are_added_in_one_place_only() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = Vec::new();
    let mut folders = vec![crates];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").filter_map(Result::ok) {
            let path = entry.path();
            if path.is_dir() && !path.ends_with("tests") && !path.ends_with("target") {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = std::fs::read_to_string(&path).expect("a source file");
                let count = text.matches(".route(").count() + text.matches(".route_service(").count();
                found.extend((count > 0).then(|| (path.file_name().expect("a name").to_owned(), count)));
            }
        }
    }
    found.sort();
    let expected = [("router.rs", 1), ("start.rs", 1)].map(|(name, count)| (name.into(), count));
    assert_eq!(found, expected, "only the router adds routes, and the start that of the metrics");
}
