//! Permissions as values: a use case takes a [`Permit`] for its [`Action`], and only a role that has the action yields one.
//!
//! role × agency subtree × period: a [`Holding`] is one role of a person over one agency and everything below it,
//! already limited to those valid today.

use std::marker::PhantomData;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a person may be for an agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Quản trị hệ thống: accounts, agencies, jobs, audit; not the work itself.
    Administrator,
    /// Thư ký (of the coordination council or of a plan): papers, plans, decisions on extensions.
    Secretariat,
    /// Lãnh đạo: sees everything below, decides.
    Leader,
    /// Đầu mối: receives and reports for the agency.
    FocalPoint,
    /// Người thực hiện: reports progress and evidence.
    Contributor,
    /// Biên tập viên: prepares papers and content, does not confirm.
    Editor,
    /// Người xem.
    Viewer,
}

impl Role {
    /// All roles, from the widest.
    pub const ALL: [Role; 7] = [
        Role::Administrator,
        Role::Secretariat,
        Role::Leader,
        Role::FocalPoint,
        Role::Contributor,
        Role::Editor,
        Role::Viewer,
    ];

    /// Stable key, as stored.
    pub fn key(self) -> &'static str {
        match self {
            Role::Administrator => "administrator",
            Role::Secretariat => "secretariat",
            Role::Leader => "leader",
            Role::FocalPoint => "focal_point",
            Role::Contributor => "contributor",
            Role::Editor => "editor",
            Role::Viewer => "viewer",
        }
    }

    /// Name on screen, in Vietnamese.
    pub fn label(self) -> &'static str {
        match self {
            Role::Administrator => "Quản trị hệ thống",
            Role::Secretariat => "Thư ký",
            Role::Leader => "Lãnh đạo",
            Role::FocalPoint => "Đầu mối",
            Role::Contributor => "Người thực hiện",
            Role::Editor => "Biên tập viên",
            Role::Viewer => "Người xem",
        }
    }

    /// The role with this key.
    pub fn from_key(key: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.key() == key)
    }
}

/// One role of a person over one agency and its subtree, valid today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// The role.
    pub role: Role,
    /// Top of the subtree.
    pub agency: Uuid,
    /// Name of that agency.
    pub agency_name: String,
}

/// The person (or the system itself) who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The account.
    pub user: Uuid,
    /// Full name.
    pub name: String,
    /// Roles valid today.
    pub holdings: Vec<Holding>,
}

impl Actor {
    /// The program acting on its own behalf (jobs, start-up).
    pub fn system() -> Self {
        Self { user: Uuid::nil(), name: "Hệ thống".into(), holdings: Vec::new() }
    }

    /// Does any role held today have this action?
    pub fn may(&self, action: &ActionDef) -> bool {
        self.holdings.iter().any(|holding| action.roles.contains(&holding.role))
    }

    /// Every agency for which a role is held, in order, once each.
    pub fn agencies(&self) -> Vec<Uuid> {
        once(self.holdings.iter())
    }

    /// Every agency for which a role with this action is held, in order, once each.
    pub fn agencies_for(&self, action: &ActionDef) -> Vec<Uuid> {
        once(self.holdings.iter().filter(|holding| action.roles.contains(&holding.role)))
    }
}

fn once<'a>(holdings: impl Iterator<Item = &'a Holding>) -> Vec<Uuid> {
    let mut ids: Vec<Uuid> = Vec::new();
    for holding in holdings {
        if !ids.contains(&holding.agency) {
            ids.push(holding.agency);
        }
    }
    ids
}

/// One thing that can be done, and who may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ActionDef {
    /// Stable key, `slice.verb`.
    pub key: &'static str,
    /// What it is, in Vietnamese.
    pub label: &'static str,
    /// Roles that have it.
    pub roles: &'static [Role],
}

/// An action as a type, so that a permit for one cannot be used for another. Declared with [`crate::actions!`].
pub trait Action: Send + Sync + 'static {
    /// The definition.
    const DEF: ActionDef;
}

/// Proof that the actor may do `A`, and for which agencies.
#[derive(Debug)]
pub struct Permit<A> {
    actor: Actor,
    roots: Vec<Uuid>,
    everywhere: bool,
    action: PhantomData<fn() -> A>,
}

impl<A> Clone for Permit<A> {
    fn clone(&self) -> Self {
        Self { actor: self.actor.clone(), roots: self.roots.clone(), everywhere: self.everywhere, action: PhantomData }
    }
}

impl<A: Action> Permit<A> {
    /// The permit, when a role held today has the action.
    pub fn of(actor: &Actor) -> Option<Self> {
        let roots = actor.agencies_for(&A::DEF);
        (!roots.is_empty()).then(|| Self { actor: actor.clone(), roots, everywhere: false, action: PhantomData })
    }

    /// The permit of the program itself, over everything: for jobs, commands and start-up only.
    pub fn system() -> Self {
        Self { actor: Actor::system(), roots: Vec::new(), everywhere: true, action: PhantomData }
    }

    /// Who acts.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// Tops of the subtrees over which the action is granted; empty when [`Permit::everywhere`].
    pub fn roots(&self) -> &[Uuid] {
        &self.roots
    }

    /// Granted to the program itself, without bounds.
    pub fn everywhere(&self) -> bool {
        self.everywhere
    }
}

/// Declares a slice's actions: one type each, and the list `ACTIONS`.
///
/// `actions! { /// Doc. Upload = "documents.upload", "Tải văn bản lên", [Secretariat, Editor]; … }`
#[macro_export]
macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $key:literal, $label:literal, [$($role:ident),* $(,)?];)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy)]
            pub struct $name;
            impl $crate::Action for $name {
                const DEF: $crate::ActionDef =
                    $crate::ActionDef { key: $key, label: $label, roles: &[$($crate::Role::$role),*] };
            }
        )*
        /// Every action of this slice.
        pub const ACTIONS: &[$crate::ActionDef] = &[$(<$name as $crate::Action>::DEF),*];
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    mod policy {
        crate::actions! {
            /// Reads.
            Read = "test.read", "Đọc", [Viewer, Leader];
            /// Writes.
            Write = "test.write", "Ghi", [Leader];
        }
    }

    #[test]
    fn a_permit_covers_only_agencies_whose_role_has_the_action() {
        let (a, b) = (crate::new_id(), crate::new_id());
        let holding = |role, agency| Holding { role, agency, agency_name: String::new() };
        let actor = Actor {
            user: crate::new_id(),
            name: "Người dùng".into(),
            holdings: vec![holding(Role::Viewer, a), holding(Role::Leader, b)],
        };
        assert_eq!(Permit::<policy::Read>::of(&actor).unwrap().roots(), [a, b]);
        assert_eq!(Permit::<policy::Write>::of(&actor).unwrap().roots(), [b]);
        assert!(Permit::<policy::Write>::of(&Actor { holdings: vec![holding(Role::Viewer, a)], ..actor }).is_none());
        assert_eq!(policy::ACTIONS.len(), 2);
    }
}
