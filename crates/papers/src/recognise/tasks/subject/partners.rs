//! Who helps: the bodies named behind "phối hợp".

use crate::recognise::tasks::agencies::{Name, Words, begins, is_body, is_verb, list_in_prose};

/// Bodies behind "[,] phối hợp [chặt chẽ] [với]" at word `k`, and the word behind them.
pub(super) fn partner(w: &Words<'_>, mut k: usize) -> Option<(Vec<Name>, usize)> {
    while matches!(w.low(k), Some("," | "và" | "hoặc")) {
        k += 1;
    }
    if !w.is(k, &["phối", "hợp"]) {
        return None;
    }
    k += 2;
    let from = k;
    // "phối hợp, trao đổi với …"
    let verb = if matches!(w.low(k), Some("," | "và")) { k + 1 } else { k };
    if is_verb(w, verb) && w.is(verb + 2, &["với"]) {
        k = verb + 2;
    }
    while (matches!(
        w.low(k),
        Some(
            "chặt"
                | "chẽ"
                | ","
                | "hiệu"
                | "quả"
                | "với"
                | "cùng"
                | "tốt"
                | "thường"
                | "xuyên"
                | "có"
                | "động"
                | "và"
                | "kịp"
                | "thời"
        )
    ) || w.is(k, &["chủ", "động"]))
        && k < from + 7
    {
        k += 1;
    }
    let with = (from..k).any(|x| matches!(w.low(x), Some("với" | "cùng")));
    if !with && !begins(w, k) && !is_body(w, k) {
        return None;
    }
    let list = list_in_prose(w, k);
    if list.names.is_empty() { None } else { Some((list.names, list.next)) }
}

/// "hội đồng phối hợp", "cơ quan phối hợp", but not "các đơn vị liên quan phối hợp …".
fn is_noun(w: &Words<'_>, k: usize) -> bool {
    k > 0
        && matches!(w.low(k - 1), Some("đồng" | "chế" | "quan" | "vị" | "sự"))
        && !(k > 1 && w.is(k - 2, &["liên", "quan"]))
}

/// Every body named behind "phối hợp (với)".
pub(crate) fn partners(w: &Words<'_>) -> Vec<Name> {
    let mut out: Vec<Name> = vec![];
    let mut k = 0;
    while k + 1 < w.len() {
        if w.is(k, &["phối", "hợp"]) && !is_noun(w, k) {
            if let Some((names, next)) = partner(w, k) {
                out.extend(names);
                k = next.max(k + 2);
                continue;
            }
            k += 2;
        } else {
            k += 1;
        }
    }
    out
}
