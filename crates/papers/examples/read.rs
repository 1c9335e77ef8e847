//! `read IN_DIR OUT_DIR`: reads every `.txt` of a folder and writes what was recognised beside its name.

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let mut args = env::args_os().skip(1);
    let (Some(from), Some(to)) = (args.next(), args.next()) else {
        return Err(io::Error::other("usage: read IN_DIR OUT_DIR"));
    };
    let to = Path::new(&to);
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        if path.extension().is_none_or(|ext| ext != "txt") {
            continue;
        }
        let text = String::from_utf8_lossy(&fs::read(&path)?).into_owned();
        let paper = papers::recognise(&text);
        let Some(stem) = path.file_stem() else { continue };
        fs::write(to.join(stem).with_extension("json"), serde_json::to_string_pretty(&papers::to_json(&paper))?)?;
    }
    Ok(())
}
