//! A chart and its table, taken away from their page: as a picture, as a sheet.

use axum::response::Response;
use kernel::{Error, Result};
use press::Sheet;
use serde::Deserialize;

use super::download;

/// Width of a picture in pixels.
const WIDTH: u32 = 1600;

/// What the address of a page with a chart asks for: the page, or what is on it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Take {
    /// "png": the chart; "csv": its table; else the page.
    tai: String,
}

/// A chart with the table that says the same.
#[derive(Debug, Clone)]
pub struct Takeaway {
    /// Name of the file, plain ASCII, without an ending.
    pub name: String,
    /// The chart; empty where nothing is drawn.
    pub svg: String,
    /// The table.
    pub sheet: Sheet,
}

impl Take {
    /// Is something taken away?
    pub fn away(&self) -> bool {
        !self.tai.is_empty()
    }

    /// The file that is asked for.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is no such thing.
    pub async fn file(&self, taken: Takeaway) -> Result<Response> {
        let Takeaway { name, svg, sheet } = taken;
        match self.tai.as_str() {
            "csv" => Ok(download(&format!("{name}.csv"), "text/csv; charset=utf-8", press::write_csv(&sheet))),
            "png" if !svg.is_empty() => {
                // Drawing takes a while: not on a thread that answers requests.
                let drawn = tokio::task::spawn_blocking(move || press::chart::png(&svg, WIDTH)).await;
                let bytes = drawn.map_err(Error::internal)?.map_err(Error::internal)?;
                Ok(download(&format!("{name}.png"), "image/png", bytes))
            }
            _ => Err(Error::NotFound),
        }
    }
}
