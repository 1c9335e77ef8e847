//! The line of papers around a document, as far as the reader may see.

use std::collections::{HashMap, HashSet};

use kernel::{Permit, Result, Uuid, time};
use papers::Relation;
use platform::App;

use crate::documents::{
    model::{
        self,
        lineage::{Known, Lineage},
    },
    policy::Read,
    store::{self, Citation, Document, Registered},
};

/// How far back, and how far on, other documents are followed.
const STEPS: usize = 4;

/// The line of papers around a confirmed document; a bounded number of statements.
///
/// # Errors
/// When the database refuses.
pub(in crate::documents) async fn lineage(app: &App, permit: &Permit<Read>, document: &Document) -> Result<Lineage> {
    let c = app.db.read();
    let mut papers: HashMap<Uuid, Known> = HashMap::from([(document.id, known(document))]);
    let mut citations: Vec<Citation> = chain(store::citations(c, &[document.id]).await?);
    // Back: registered papers among those cited, and what they cite in turn.
    let mut asked: HashSet<String> = HashSet::new();
    let mut keys: Vec<String> = new_keys(&citations, &mut asked);
    for _ in 0..STEPS {
        let found: Vec<Registered> = store::registered(c, permit, &keys).await?;
        let ids: Vec<Uuid> = found.iter().map(|one| one.id).filter(|id| !papers.contains_key(id)).collect();
        papers.extend(found.iter().map(|one| (one.id, registered(one))));
        let more = chain(store::citations(c, &ids).await?);
        keys = new_keys(&more, &mut asked);
        citations.extend(more);
    }
    // On: registered papers that cite this one, and those that cite them.
    let mut keys: Vec<String> = vec![document.number_key.clone()];
    keys.retain(|key| !key.is_empty());
    for _ in 0..STEPS {
        let found = store::citing(c, permit, &keys).await?;
        let new: Vec<&Registered> = found.iter().filter(|one| !papers.contains_key(&one.id)).collect();
        keys = new.iter().map(|one| one.number_key.clone()).filter(|key| !key.is_empty()).collect();
        let ids: Vec<Uuid> = new.iter().map(|one| one.id).collect();
        papers.extend(new.iter().map(|one| (one.id, registered(one))));
        citations.extend(chain(store::citations(c, &ids).await?));
    }
    Ok(draw(document.id, papers, &citations))
}

/// Those that tell why a paper was written, not those merely named in it.
fn chain(citations: Vec<Citation>) -> Vec<Citation> {
    let tells = |one: &Citation| {
        !one.number_key.is_empty()
            && !matches!(model::from_key(&one.relation), Some(Relation::Mentions | Relation::Proposal) | None)
    };
    citations.into_iter().filter(tells).collect()
}

fn new_keys(citations: &[Citation], asked: &mut HashSet<String>) -> Vec<String> {
    citations.iter().map(|one| one.number_key.clone()).filter(|key| asked.insert(key.clone())).collect()
}

fn known(document: &Document) -> Known {
    Known {
        number: document.number.clone(),
        key: document.number_key.clone(),
        kind: document.kind.clone(),
        issuer: document.issuer.clone(),
        date: document.date(),
        document: Some(document.id),
        registered: model::entry(&document.mode, document.confirmed_on),
    }
}

fn registered(one: &Registered) -> Known {
    Known {
        number: one.number.clone(),
        key: one.number_key.clone(),
        kind: one.kind.clone(),
        issuer: one.issuer.clone(),
        date: time::date_from_int(one.issued_on),
        document: Some(one.id),
        registered: model::entry(&one.mode, one.confirmed_on),
    }
}

fn draw(here: Uuid, mut papers: HashMap<Uuid, Known>, citations: &[Citation]) -> Lineage {
    let Some(own) = papers.remove(&here) else { return Lineage::default() };
    let mut lineage = Lineage::of(own);
    let mut at: HashMap<Uuid, usize> = HashMap::from([(here, 0)]);
    let mut rest: Vec<(Uuid, Known)> = papers.into_iter().collect();
    rest.sort_by_key(|(id, _)| *id);
    for (id, paper) in rest {
        at.insert(id, lineage.node(paper));
    }
    // Dated citations first: an undated one then finds the paper it means.
    let mut order: Vec<&Citation> = citations.iter().collect();
    order.sort_by_key(|one| one.issued_on == 0);
    let mut cited: HashMap<(Uuid, i64), usize> = HashMap::new();
    for one in order {
        let node = lineage.node(Known {
            number: one.number.clone(),
            key: one.number_key.clone(),
            kind: one.kind.clone(),
            issuer: String::new(),
            date: time::date_from_int(one.issued_on),
            document: None,
            registered: None,
        });
        cited.insert((one.document_id, one.position), node);
    }
    for one in citations {
        let from = cited.get(&(one.document_id, one.position)).copied();
        let to = match one.of_position {
            Some(of) => cited.get(&(one.document_id, of)).copied(),
            None => at.get(&one.document_id).copied(),
        };
        if let Some((from, to)) = from.zip(to) {
            lineage.edge(from, to);
        }
    }
    lineage.settle()
}
