//! Texts that no office would send, of any length.

/// A name and a text of about so many bytes each.
pub fn shapes(bytes: usize) -> Vec<(&'static str, String)> {
    let repeat = |head: &str, piece: &str| format!("{HEAD}{head}{}", piece.repeat(bytes / piece.len() + 1));
    vec![
        ("one line", repeat("1. ", "Sở Tư pháp chủ trì, phối hợp với Sở Nội vụ tổ chức thực hiện; ")),
        ("one line of dates", repeat("1. Giao Sở Tư pháp ", "trước ngày 05/3/2025 và ")),
        ("one line of bodies", repeat("1. Giao ", "Sở Tư pháp, Sở Nội vụ, UBND tỉnh; ")),
        ("one line of other bodies", many(bytes, "1. Cơ quan chủ trì: ", |n| format!("Sở Số {n}; "))),
        ("one line of partners", many(bytes, "1. Sở A chủ trì, phối hợp với ", |n| format!("Sở Số {n}, "))),
        ("one line of colons", repeat("1. ", "Cơ quan chủ trì: ")),
        ("one line of brackets", repeat("1. Sở Tư pháp ", "(")),
        ("one line of numbers", many(bytes, "", |n| format!("Quyết định số {n}/QĐ-UBND; "))),
        ("one line of digits", repeat("", "1")),
        ("one line of dots", repeat("", ". ")),
        ("one word", repeat("", "ờ")),
        ("short lines", repeat("", "a\n")),
        ("short words", repeat("", "Sở\n")),
        ("numbered lines", many(bytes, "", |n| format!("{n}. Giao Sở Tư pháp\n"))),
        ("numbers", many(bytes, "", |n| format!("{n}\n"))),
        ("deep numbers", repeat("", "1.1.1.1.1 Giao\n")),
        ("dashes", repeat("", "- Giao Sở Tư pháp;\n")),
        ("the same number", repeat("", "1. Giao Sở Tư pháp thực hiện.\n")),
        ("bars", repeat("", "|\n")),
        ("nested bars", repeat("", "| a || b |")),
        (
            "cells",
            repeat("|\nTT\n|\nNội dung\n|\nCơ quan chủ trì\n|\n|\n", "1\n|\nRà soát văn bản\n|\nSở Tư pháp\n|\n|\n"),
        ),
        ("rows", repeat("| STT | Nội dung | Cơ quan chủ trì |\n", "| 1 | Rà soát văn bản | Sở Tư pháp |\n")),
        ("wide rows", repeat("| STT | Nội dung | Cơ quan chủ trì |\n", "| 1 | Rà soát | Sở ")),
        (
            "loose cells",
            repeat("TT\nNội dung\nCơ quan chủ trì\nThời gian\n", "1\nRà soát văn bản\nSở Tư pháp\nQuý I\n"),
        ),
        ("columns", repeat("", "TT\tNội dung\tCơ quan\n")),
        ("spaces", repeat("", " ")),
        ("tabs", repeat("", "\t")),
        ("blank lines", repeat("", "\n")),
        ("pages", repeat("", "\u{c}1\n")),
        ("asterisks", repeat("", "*")),
        ("bold", repeat("", "**a** *b* ")),
        ("underscores", repeat("", "a_")),
        ("capitals", repeat("", "ỦY BAN NHÂN DÂN ")),
        ("lines in capitals", repeat("", "ỦY BAN NHÂN DÂN\n")),
        ("bases", many(bytes, "", |n| format!("Căn cứ Luật số {n}/2015/QH13 ngày 19 tháng 6 năm 2015;\n"))),
        ("named bases", many(bytes, "", |n| format!("Căn cứ Luật Tổ chức thứ {n} ngày 19 tháng 6 năm 2015;\n"))),
        ("one basis", many(bytes, "Căn cứ ", |n| format!("Luật Tổ chức thứ {n}; "))),
        ("a preamble of laws", preamble(bytes, |n| format!("Luật Tổ chức thứ {n}; "))),
        ("a preamble of one law", preamble(bytes, |n| format!("Luật Tổ chức thứ {n}, "))),
        ("a preamble of papers", preamble(bytes, |n| format!("Kế hoạch số {n}/KH-UBND, "))),
        ("a preamble of lines", preamble(bytes, |n| format!("Luật Tổ chức thứ {n};\nCăn cứ "))),
        ("two long lists", two_lists(bytes)),
        (
            "other dates",
            many(bytes, "1. Giao Sở Tư pháp ", |n| {
                format!("trước ngày {}/{}/{}; ", n % 28 + 1, n % 12 + 1, 1990 + n % 110)
            }),
        ),
        ("many times", repeat("1. Rà soát văn bản\n- Cơ quan chủ trì: Sở Tư pháp.\n", "- Thời gian: Quý I.\n")),
        ("recipients", repeat("Nơi nhận:\n", "- Sở Tư pháp;\n")),
        ("addressees", repeat("Kính gửi:\n", "- Sở Tư pháp;\n")),
        ("signatures", repeat("Nơi nhận:\n", "TM. ỦY BAN NHÂN DÂN\n")),
        ("stamps", repeat("", "Ký bởi: A\n")),
        ("times of stamps", repeat("", "16.05.2019 +07:00\n")),
        ("open sentences", repeat("", "của\n")),
        ("introductions", repeat("", "Yêu cầu các sở, ban, ngành thực hiện các nhiệm vụ sau:\n")),
        ("loose labels", repeat("1. Rà soát văn bản\n", "Cơ quan chủ trì: Sở Tư pháp\n")),
        ("a web page", repeat("", "Số hiệu:\n|\n")),
        ("marks to compose", repeat("", "e\u{302}\u{301}\u{323}")),
        ("one letter with marks", repeat("", "\u{301}")),
    ]
}

const HEAD: &str = "UBND TỈNH A\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 5/KH-UBND\nA, ngày 01 tháng 02 năm 2025\nKẾ HOẠCH\nPhổ biến pháp luật\n\nI. NỘI DUNG\n";

const LOOSE: &str = "UBND TỈNH A\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 5/KH-UBND\nA, ngày 01 tháng 02 năm 2025\nKẾ HOẠCH\nPhổ biến pháp luật\n\nCăn cứ ";

fn preamble(bytes: usize, piece: impl Fn(usize) -> String) -> String {
    many(bytes, "", piece).replacen(HEAD, LOOSE, 1)
}

fn two_lists(bytes: usize) -> String {
    let list = |head, name| many(bytes / 2, head, |n| format!("{name} Số {n}; ")).replacen(HEAD, "", 1);
    format!(
        "{HEAD}1. Rà soát văn bản\n{}\n{}\n",
        list("- Cơ quan chủ trì: ", "Sở"),
        list("- Cơ quan phối hợp: ", "Cục")
    )
}

fn many(bytes: usize, head: &str, piece: impl Fn(usize) -> String) -> String {
    let mut text = format!("{HEAD}{head}");
    for n in 1.. {
        if text.len() >= bytes {
            break;
        }
        text.push_str(&piece(n));
    }
    text
}

/// Seconds this thread has worked, where the system tells.
pub fn worked() -> Option<f64> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(told.split(' ').next()?.parse::<f64>().ok()? / 1e9)
}
