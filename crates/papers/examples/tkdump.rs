//! dump
use serde_json::json;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    for f in &a[2..] {
        let t = std::fs::read(f).unwrap(); let t = String::from_utf8_lossy(&t);
        let p = papers::recognise(&t);
        let tasks: Vec<_> = p.tasks.iter().map(|t| json!({"ref": t.anchor, "heading": t.heading, "text_start": t.text_start, "text": t.text,
            "lead": t.lead.iter().map(|f| f.value.clone()).collect::<Vec<_>>(), "coordinating": t.coordinating.iter().map(|f| f.value.clone()).collect::<Vec<_>>(),
            "deadline_text": t.deadline_text.as_ref().map(|f| f.value.clone()), "deadline": t.deadline, "class": t.class, "in_table": t.in_table, "confidence": t.confidence, "force": t.force, "product": t.product})).collect();
        let n = std::path::Path::new(f).file_stem().unwrap().to_string_lossy().to_string();
        std::fs::write(format!("{}/{}.json", a[1], n), serde_json::to_string_pretty(&json!({"number": p.number.map(|f| f.value), "tasks": tasks})).unwrap()).unwrap();
    }
}
