//! `lantoa user`

use anyhow::{Context, Result, bail};
use kernel::{Error, Permit};
use platform::{App, Config};
use records::accounts::service::{directory, people, setup, slips, slips::Slip};

use crate::{cli::UserCommand, start};

pub(super) async fn run(settings: Config, command: UserCommand) -> Result<()> {
    let app = start::open(settings).await?;
    let outcome = match command {
        UserCommand::CreateAdmin { login, name, agency } => {
            setup::administrator_from_command(&app, &Permit::system(), (&login, &name, &agency))
                .await
                .map(|slip| print_slip(&app, &slip))
        }
        UserCommand::List { words } => list(&app, &words).await,
        UserCommand::Reset { login } => match directory::id_of(&app, &login).await {
            Ok(id) => slips::reset(&app, &Permit::system(), id).await.map(|slip| print_slip(&app, &slip)),
            Err(error) => Err(error),
        },
        UserCommand::Disable { login } => match directory::id_of(&app, &login).await {
            Ok(id) => people::disable(&app, &Permit::system(), id)
                .await
                .map(|()| super::say(&format!("Đã khóa tài khoản {login}."))),
            Err(error) => Err(error),
        },
    };
    match outcome {
        Ok(()) => Ok(()),
        Err(Error::NotFound) => bail!("không có tài khoản này"),
        Err(Error::Invalid(errors)) => bail!("{}", errors.0.into_values().collect::<Vec<_>>().join(" ")),
        Err(error) => Err(error).context("không thực hiện được"),
    }
}

async fn list(app: &App, words: &str) -> kernel::Result<()> {
    for user in directory::list(app, words).await? {
        super::say(&format!("{:<20} {:<10} {:<28} {}", user.login, user.state, user.name, user.agency_name));
    }
    Ok(())
}

fn print_slip(app: &App, slip: &Slip) {
    super::say(&format!(
        "Tài khoản  {}\nMã         {}\nHết hạn    {}\nVào {}/kich-hoat, nhập mã và tự đặt mật khẩu. Mã chỉ hiện một lần này.",
        slip.login,
        slip.code,
        slip.until,
        app.config.server.public_url.trim_end_matches('/')
    ));
}
