//! What the library of a demonstration holds: texts from a file, clips drawn by ffmpeg, good and bad, each for a reason.

use std::path::{Path, PathBuf};

use kernel::{Error, Result};
use platform::{
    App,
    tools::{self, Limits},
};
use serde::Deserialize;

/// Texts; see the file.
const DEMO: &str = include_str!("../../../../definitions/demo/library.toml");

/// A collection.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Collection {
    pub key: String,
    pub title: String,
    pub about: String,
}

/// An item.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
pub(super) struct Item {
    /// Name of a clip; empty: there is a picture, or a tape alone.
    pub clip: String,
    /// Name of a picture drawn for the project, of `definitions/demo/pictures`.
    pub picture: String,
    pub kind: String,
    pub agency: String,
    pub title: String,
    pub about: String,
    pub alt: String,
    pub author: String,
    pub rights: String,
    pub rights_note: String,
    pub people: bool,
    pub consent: bool,
    pub minors: bool,
    pub field: String,
    pub group: String,
    pub collection: String,
    pub carrier: String,
    /// Days before today on which it was made.
    pub ago: u64,
    pub public: bool,
}

/// An entry of the catalogue.
#[derive(Debug, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Practice {
    pub kind: String,
    pub agency: String,
    pub title: String,
    pub since: i64,
    pub field: String,
    pub group: String,
    /// Clip of the item that it shows.
    pub clip: String,
    pub summary: String,
    pub body: String,
    pub results: String,
    pub cost: String,
    pub contact: String,
    pub replicated: Vec<String>,
}

/// Everything.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Library {
    pub collection: Vec<Collection>,
    pub item: Vec<Item>,
    pub practice: Vec<Practice>,
}

/// Reads it.
///
/// # Errors
/// Never in practice: a test reads the same file.
pub(super) fn library() -> std::result::Result<Library, toml::de::Error> {
    toml::from_str(DEMO)
}

/// A clip: its name, the end of its file's name, and how ffmpeg draws it over a card (input 0) with a tone (input 1).
struct Clip {
    name: &'static str,
    ending: &'static str,
    how: &'static str,
}

/// Seconds of a clip.
const SECONDS: &str = "4";

/// A bar that wanders over the card, so that the picture moves.
macro_rules! moving {
    ($size:literal) => {
        concat!(
            "color=0xc98a1b:s=80x1080:r=50[b];[0:v]scale=",
            $size,
            ",format=yuv420p,fps=50[g];[g][b]overlay=x='mod(t*400,W)':y=0:shortest=1"
        )
    };
}

const CLIPS: &[Clip] = &[
    Clip {
        name: "interlaced",
        ending: "mp4",
        how: concat!(
            "-filter_complex|",
            moving!("1920:1080"),
            ",fps=50,tinterlace=interleave_top,fieldorder=tff[v];[1:a]volume=-1.2dB,aformat=channel_layouts=stereo[a]|-map|[v]|-map|[a]|-c:v|libx264|-pix_fmt|yuv420p|-preset|ultrafast|\
             -flags|+ilme+ildct|-x264-params|tff=1:nal-hrd=cbr|-b:v|8M|-minrate|8M|-maxrate|8M|-bufsize|4M|-c:a|aac|-b:a|192k|-ar|48000|-movflags|+faststart"
        ),
    },
    Clip {
        name: "short",
        ending: "mp4",
        how: concat!(
            "-filter_complex|",
            moving!("1920:1080"),
            ",fps=25[v];[1:a]volume=-1.2dB,aformat=channel_layouts=stereo[a]|-map|[v]|-map|[a]|-c:v|libx264|-preset|ultrafast|-x264-params|nal-hrd=cbr|-b:v|7M|-minrate|7M|\
             -maxrate|7M|-bufsize|4M|-c:a|aac|-b:a|192k|-ar|48000|-movflags|+faststart"
        ),
    },
    Clip {
        name: "phone",
        ending: "mp4",
        how: concat!(
            "-filter_complex|",
            moving!("1280:720"),
            ",fps=30[v];[1:a]anull[a]|-map|[v]|-map|[a]|-c:v|libx264|-preset|ultrafast|-x264-params|nal-hrd=cbr|-b:v|4M|-minrate|4M|-maxrate|4M|-bufsize|2M|-c:a|aac|-ar|44100|\
             -movflags|+faststart"
        ),
    },
    Clip {
        name: "upright",
        ending: "mp4",
        how: "-filter_complex|color=0xc98a1b:s=1080x80:r=30[b];[0:v]scale=1080:-2,pad=1080:1920:0:(oh-ih)/2:color=0x1e3566,format=yuv420p,fps=30[g];\
              [g][b]overlay=x=0:y='mod(t*400,H)':shortest=1[v]|-map|[v]|-map|1:a|-c:v|libx264|-preset|ultrafast|-x264-params|nal-hrd=cbr|-b:v|7M|-minrate|7M|\
              -maxrate|7M|-bufsize|4M|-c:a|aac|-ar|48000|-movflags|+faststart",
    },
    Clip {
        name: "silent",
        ending: "mp4",
        how: concat!(
            "-filter_complex|",
            moving!("1920:1080"),
            ",fps=25[v]|-map|[v]|-c:v|libx264|-preset|ultrafast|-b:v|7M|-movflags|+faststart"
        ),
    },
    Clip {
        name: "old",
        ending: "mpg",
        how: concat!(
            "-filter_complex|",
            moving!("720:576"),
            ",setsar=16/15,fps=25[v]|-map|[v]|-map|1:a|-c:v|mpeg2video|-b:v|5M|-c:a|mp2|-b:a|192k|-ar|48000|-f|mpeg"
        ),
    },
    Clip {
        name: "black",
        ending: "mp4",
        how: concat!(
            "-filter_complex|",
            moving!("1280:720"),
            ",fps=25,trim=duration=2,setsar=1[p];color=black:s=1280x720:r=25:d=5,setsar=1[q];[p][q]concat=n=2:v=1:a=0[v]|-map|[v]|-map|1:a|-t|7|-c:v|libx264|-preset|ultrafast|\
             -b:v|4M|-c:a|aac|-ar|48000|-movflags|+faststart"
        ),
    },
    Clip {
        name: "cut",
        ending: "mp4",
        how: concat!(
            "-filter_complex|",
            moving!("1280:720"),
            ",fps=25[v]|-map|[v]|-map|1:a|-c:v|libx264|-preset|ultrafast|-b:v|4M|-c:a|aac|-ar|48000|-movflags|+faststart"
        ),
    },
    Clip { name: "talk", ending: "wav", how: "-filter_complex|[1:a]volume=-1.9dB[a]|-map|[a]|-ar|48000" },
    Clip { name: "loud", ending: "mp3", how: "-filter_complex|[1:a]volume=17dB[a]|-map|[a]|-ar|44100|-b:a|128k" },
    Clip {
        name: "photo",
        ending: "jpg",
        how: "-filter_complex|[0:v]scale=2400:1350,format=yuvj420p[v]|-map|[v]|-frames:v|1|-q:v|3",
    },
    Clip {
        name: "small-photo",
        ending: "jpg",
        how: "-filter_complex|[0:v]scale=1000:-2,gblur=sigma=3,format=yuvj420p[v]|-map|[v]|-frames:v|1|-q:v|3",
    },
];

macro_rules! pictures {
    ($($name:literal),+) => { [$(($name, include_str!(concat!("../../../../definitions/demo/pictures/", $name, ".svg")))),+] };
}

/// Drawn pictures by their names.
const PICTURES: [(&str, &str); 6] =
    pictures!["ban-lang", "cho-phien", "dien-thoai", "loa-thon", "phien-toa", "thua-dat"];

/// Makes the file of a picture in a folder; nothing when there is no such picture.
///
/// # Errors
/// When the disk refuses.
pub(super) async fn picture(name: &str, folder: &Path) -> Result<Option<PathBuf>> {
    let Some((_, drawing)) = PICTURES.iter().find(|(known, _)| *known == name) else { return Ok(None) };
    let png = tokio::task::spawn_blocking(|| press::chart::png(drawing, 1920)).await.map_err(Error::internal)?;
    let path = folder.join(format!("{name}.png"));
    tokio::fs::write(&path, png.map_err(Error::internal)?).await.map_err(Error::internal)?;
    Ok(Some(path))
}

/// A card with a heading, as a picture.
fn card(title: &str) -> String {
    let mut lines = vec![String::new()];
    for word in title.split_whitespace() {
        if lines.last().is_some_and(|line| line.chars().count() + word.chars().count() > 34) {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            *line += if line.is_empty() { "" } else { " " };
            line.push_str(&word.replace('&', "và").replace('<', " "));
        }
    }
    let words: String = lines
        .iter()
        .enumerate()
        .map(|(at, line)| {
            format!(
                "<text x=\"160\" y=\"{}\" font-size=\"84\" fill=\"#ffffff\" font-family=\"Tinos\">{line}</text>",
                430 + at * 112
            )
        })
        .collect();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1920 1080\" width=\"1920\" height=\"1080\"><rect width=\"1920\" height=\"1080\" fill=\"#1e3566\"/>\
         <rect y=\"900\" width=\"1920\" height=\"60\" fill=\"#a8324a\"/><rect y=\"960\" width=\"1920\" height=\"24\" fill=\"#c98a1b\"/>\
         <circle cx=\"220\" cy=\"220\" r=\"24\" fill=\"#e8b04a\"/><circle cx=\"220\" cy=\"220\" r=\"60\" fill=\"none\" stroke=\"#fff\" stroke-width=\"12\"/>\
         <circle cx=\"220\" cy=\"220\" r=\"100\" fill=\"none\" stroke=\"#fff\" stroke-width=\"8\"/>{words}</svg>"
    )
}

/// The clip that is no film: a printed paper.
pub(super) const PAPER: &str = "paper";

/// Prints the words of an item as a paper of an agency, into a folder.
///
/// # Errors
/// Never in practice: the paper follows the layout of the decree.
pub(super) async fn paper(app: &App, item: &Item, agency: &str, folder: &Path) -> Result<PathBuf> {
    let sentences = item.about.split_inclusive(". ").map(|one| press::Block::Paragraph { text: one.trim().into() });
    let printed = press::Official {
        issuer: agency.to_owned(),
        kind: Some("Tài liệu".into()),
        title: item.title.clone(),
        date: Some(app.clock.today()),
        body: sentences.collect(),
        ..press::Official::default()
    };
    let work = move || super::service::catalogue(&printed);
    let (name, bytes) = tokio::task::spawn_blocking(work).await.map_err(Error::internal)??;
    let path = folder.join(name.replace("danh-muc", "tai-lieu"));
    tokio::fs::write(&path, bytes).await.map_err(Error::internal)?;
    Ok(path)
}

/// Makes the file of an item in a folder; nothing when there is no such clip.
///
/// # Errors
/// [`Error::Unavailable`] without ffmpeg.
pub(super) async fn clip(app: &App, name: &str, title: &str, folder: &Path) -> Result<Option<PathBuf>> {
    let Some(clip) = CLIPS.iter().find(|clip| clip.name == name) else { return Ok(None) };
    let picture = card(title);
    let png = tokio::task::spawn_blocking(move || press::chart::png(&picture, 1920)).await.map_err(Error::internal)?;
    let still = folder.join("card.png");
    tokio::fs::write(&still, png.map_err(Error::internal)?).await.map_err(Error::internal)?;
    let file = format!("{name}.{}", clip.ending);
    let mut arguments =
        vec!["-hide_banner", "-nostdin", "-v", "error", "-y", "-loop", "1", "-t", SECONDS, "-i", "card.png"];
    arguments.extend(["-f", "lavfi", "-t", SECONDS, "-i", "sine=frequency=440:sample_rate=48000"]);
    arguments.extend(clip.how.split('|').map(str::trim));
    arguments.push(&file);
    let limits = Limits { seconds: 120, memory_mb: 4096, file_mb: 200 };
    let printed = tools::run_within(limits, &app.config.tools.ffmpeg, &arguments, folder).await?;
    if !printed.fine {
        return Err(Error::Internal(format!("{name}: {}", String::from_utf8_lossy(&printed.reported))));
    }
    let path = folder.join(&file);
    if name == "cut" {
        let whole = tokio::fs::read(&path).await.map_err(Error::internal)?;
        let part = whole.get(..whole.len() * 2 / 3).unwrap_or(&whole);
        tokio::fs::write(&path, part).await.map_err(Error::internal)?;
    }
    Ok(Some(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{activities::definitions, library::model};

    #[test]
    fn what_is_shown_fits_the_lists() {
        let all = library().unwrap();
        let lists = definitions();
        let field = |key: &str| lists.fields.iter().any(|one| one.key == key);
        let group = |key: &str| key.is_empty() || lists.groups.iter().any(|one| one.key == key);
        for one in &all.item {
            assert!(field(&one.field) && group(&one.group), "{}", one.title);
            assert!(!model::name_of(&model::RIGHTS, &one.rights).is_empty(), "{}", one.title);
            assert!(one.collection.is_empty() || all.collection.iter().any(|set| set.key == one.collection));
            let drawn = PICTURES.iter().any(|(name, _)| *name == one.picture) || one.clip == PAPER;
            assert!(
                drawn || CLIPS.iter().any(|clip| clip.name == one.clip) || !one.carrier.is_empty(),
                "{}",
                one.title
            );
        }
        for one in &all.practice {
            assert!(field(&one.field) && group(&one.group) && !model::practice_name(&one.kind).is_empty());
            assert!(one.clip.is_empty() || all.item.iter().any(|item| item.clip == one.clip && item.public));
        }
    }
}
