//! What publications show of the library.

use kernel::{Actor, FieldErrors, Permit, Result, Uuid};
use platform::{App, Use, UseDef};

use crate::{
    activities::service::overseen_by,
    library::service::unshown,
    publications::{
        model::{State, shows},
        policy::ReadPublications,
        store::{self, Edition},
    },
};

/// Where items of the library are shown.
pub(in crate::publications) const USES: &[UseDef] =
    &[UseDef { kind: "tu-lieu", tell: |app, actor, id| Box::pin(tell(app, actor, id)) }];

async fn tell(app: &App, actor: &Actor, id: Uuid) -> Result<Vec<Use>> {
    let Some(permit) = Permit::<ReadPublications>::of(actor) else { return Ok(Vec::new()) };
    let roots = overseen_by(app, permit.roots()).await?;
    let found = store::showing(app.db.read(), id, roots.as_deref()).await?;
    let shown = found.into_iter().map(|one| Use {
        label: one.title,
        path: format!("/toa-soan/{}", one.publication_id),
        within: (String::new(), String::new()),
        state: State::from_key(&one.state).map_or("", State::label),
        missed: false,
        figures: Vec::new(),
        papers: Vec::new(),
    });
    Ok(shown.collect())
}

/// Says which items that an edition shows are not public: readers would see a gap.
pub(super) async fn hidden(app: &App, edition: &Edition, errors: &mut FieldErrors) -> Result<()> {
    let ids = shows(&edition.body, edition.audio_id);
    if ids.is_empty() {
        return Ok(());
    }
    let names = unshown(app, &ids).await?;
    if !names.is_empty() {
        let names = names.join("”, “");
        errors.add(
            "noi_dung",
            format!("Tư liệu trong bài chưa công khai: “{names}”. Hãy công khai trong thư viện trước."),
        );
    }
    Ok(())
}
