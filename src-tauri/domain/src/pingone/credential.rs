//! Connection API Credentials of a PingOne account: a client id that never changes, and a secret that can be replaced. A
//! replaced secret is kept for a while, so that replacing it can be undone.

use chrono::{DateTime, TimeDelta, Utc};
use documents::SecretBytes;
use messages::{Message, message};

use crate::{
    id::{ConnectionApiCredentialId, PingOneAccountId, SecretId},
    input::{Field, InputProblem, single_line},
    person::Actor,
    pingone::PingOneProblem,
    refusal::Refusal,
    time::SeenTime,
};

/// A client id and its secret, by which a program asks PingOne for connections.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectionApiCredential {
    /// Identifies the credential for good.
    pub id: ConnectionApiCredentialId,
    /// The account.
    pub account_id: PingOneAccountId,
    /// The client id. Of a local account it is a UUID of version 4 (RFC 9562 §5.4) that was made here, otherwise what
    /// PingOne shows; `None` until that is entered.
    pub client_id: Option<String>,
    /// *Short Description*; may be empty.
    pub description: String,
    /// The secret's item in the keychain.
    pub secret: SecretId,
    /// Whether a person chose the secret, instead of having it generated.
    pub secret_chosen: bool,
    /// Since when this secret is the current one.
    pub secret_changed_at: DateTime<Utc>,
    /// The former secret, as long as it is kept. [`Self::kept_former`] says whether its time is over.
    pub former: Option<FormerSecret>,
    /// When the credential was added.
    pub created_at: DateTime<Utc>,
    /// Who added it.
    pub created_by: Actor,
}

/// A secret that was replaced and is kept for a while.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormerSecret {
    /// Its item in the keychain.
    pub secret: SecretId,
    /// Whether a person chose it.
    pub chosen: bool,
    /// When it was replaced.
    pub replaced_at: DateTime<Utc>,
    /// From when on it counts as deleted. Compared with this computer's clock: if that is set back, the secret is kept
    /// longer by just as much.
    pub until: DateTime<Utc>,
    /// Since when this time is seen to be over; see [`Self::over`].
    pub over_since: Option<DateTime<Utc>>,
}

/// Whether the time of something that is kept for a while is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Over {
    /// It is not over. If somebody has seen it over, that is to be forgotten: that clock was fast.
    NotYet,
    /// It is over, and that has to be remembered: it is seen for the first time, or a fast clock saw it before.
    Seen,
    /// It was seen a moment ago.
    Waits,
    /// It can be deleted.
    Surely,
}

impl Over {
    /// For something that is kept until `until`, and was first seen to be over at `since`.
    pub(crate) fn judge(until: DateTime<Utc>, over_since: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Self {
        if until > now {
            return Self::NotYet;
        }
        match over_since {
            Some(since) if since + FormerSecret::CERTAIN_AFTER <= now => Self::Surely,
            Some(since) if since <= now => Self::Waits,
            Some(_) | None => Self::Seen,
        }
    }
}

impl FormerSecret {
    /// For how long its time has to be seen to be over before it is deleted. A clock that jumps ahead for a moment, as
    /// when a computer wakes up, must not end a secret.
    pub const CERTAIN_AFTER: TimeDelta = SeenTime::CERTAIN_AFTER;

    /// Whether its time is over, and whether that is certain.
    pub(crate) fn over(&self, now: DateTime<Utc>) -> Over {
        Over::judge(self.until, self.over_since, now)
    }
}

impl ConnectionApiCredential {
    /// The longest client id, in characters.
    pub const MAX_CLIENT_ID: usize = 100;

    /// The longest description, in characters.
    pub const MAX_DESCRIPTION: usize = 200;

    /// The longest secret, in characters. Every keychain takes it.
    pub const MAX_SECRET: usize = 512;

    /// How long a replaced secret is kept unless somebody says otherwise, in hours.
    pub const DEFAULT_GRACE_HOURS: u32 = 24;

    /// The longest time that a replaced secret can be kept, in hours. The shortest is none.
    pub const MAX_GRACE_HOURS: u32 = 720;

    /// Checks a client id as PingOne shows it. Returns it without surrounding white space. It is the name of HTTP Basic,
    /// which holds no colon (RFC 7617 §2).
    pub fn parse_client_id(client_id: &str) -> Result<String, Refusal> {
        let client_id = single_line(Field::ClientId, client_id, Self::MAX_CLIENT_ID)?;
        if client_id.bytes().all(|byte| byte.is_ascii_graphic() && byte != b':') {
            Ok(client_id)
        } else {
            Err(PingOneProblem::ClientIdCharacters.into())
        }
    }

    /// Checks a description as typed. Returns it without surrounding white space.
    pub fn parse_description(description: &str) -> Result<String, InputProblem> {
        if description.trim().is_empty() {
            return Ok(String::new());
        }
        single_line(Field::Description, description, Self::MAX_DESCRIPTION)
    }

    /// Checks for how many hours a replaced secret is to be kept.
    pub fn parse_grace(hours: u32) -> Result<TimeDelta, PingOneProblem> {
        if hours > Self::MAX_GRACE_HOURS {
            return Err(PingOneProblem::Grace { most: Self::MAX_GRACE_HOURS });
        }
        Ok(TimeDelta::hours(hours.into()))
    }

    /// Checks a secret that a person chose: printable ASCII characters and spaces (RFC 6749 §A.2), even if it is easy
    /// to guess.
    pub fn check_secret(secret: &SecretBytes) -> Result<(), PingOneProblem> {
        // EXPOSE: its characters are looked at; none goes anywhere.
        let bytes = secret.expose();
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Err(PingOneProblem::SecretBlank);
        }
        if !bytes.iter().all(|byte| (0x20..=0x7e).contains(byte)) {
            return Err(PingOneProblem::SecretCharacters);
        }
        if bytes.len() > Self::MAX_SECRET {
            return Err(PingOneProblem::SecretTooLong { length: bytes.len(), limit: Self::MAX_SECRET });
        }
        Ok(())
    }

    /// The former secret, unless its time is over. Its item may be in the keychain a little longer; see
    /// [`FormerSecret::CERTAIN_AFTER`].
    pub fn kept_former(&self, now: DateTime<Utc>) -> Option<&FormerSecret> {
        self.former.as_ref().filter(|former| former.until > now)
    }

    /// The items in the keychain, including that of a former secret whose time is over.
    pub fn secrets(&self) -> impl Iterator<Item = SecretId> {
        std::iter::once(self.secret).chain(self.former.iter().map(|former| former.secret))
    }

    /// The credentials with another secret; the present one is kept for `grace`. Also returns the items that nothing
    /// refers to any more: an older former secret is deleted at once.
    pub(crate) fn replace_secret(
        self,
        secret: SecretId,
        chosen: bool,
        now: DateTime<Utc>,
        grace: TimeDelta,
    ) -> (Self, Vec<SecretId>) {
        let mut dropped: Vec<SecretId> = self.former.iter().map(|former| former.secret).collect();
        let former = if grace.is_zero() {
            dropped.push(self.secret);
            None
        } else {
            Some(FormerSecret {
                secret: self.secret,
                chosen: self.secret_chosen,
                replaced_at: now,
                until: now + grace,
                over_since: None,
            })
        };
        (Self { secret, secret_chosen: chosen, secret_changed_at: now, former, ..self }, dropped)
    }

    /// The former secret is the current one again, and the current one takes its place until the same moment.
    pub(crate) fn undo_replacement(self, now: DateTime<Utc>) -> Result<Self, PingOneProblem> {
        let Some(FormerSecret { secret, chosen, replaced_at: _, until, over_since: _ }) =
            self.kept_former(now).cloned()
        else {
            return Err(PingOneProblem::NoFormerSecret { credential: self.client() });
        };
        let former =
            FormerSecret { secret: self.secret, chosen: self.secret_chosen, replaced_at: now, until, over_since: None };
        Ok(Self { secret, secret_chosen: chosen, secret_changed_at: now, former: Some(former), ..self })
    }

    /// Without the former secret, whose item is returned; `None` if there is none.
    pub(crate) fn end_former(self) -> Option<(Self, SecretId)> {
        let former = self.former.as_ref()?.secret;
        Some((Self { former: None, ..self }, former))
    }

    /// The client id, or that there is none yet.
    pub fn client(&self) -> Message {
        match &self.client_id {
            Some(client_id) => Message::verbatim(client_id.clone()),
            None => message!("credentials-without-client-id"),
        }
    }

    /// The same, with the description where there is one.
    pub fn describe(&self) -> Message {
        match (&self.client_id, self.description.as_str()) {
            (_, "") => self.client(),
            (Some(client_id), description) => Message::verbatim(format!("{client_id} ({description})")),
            (None, description) => message!("credentials-without-client-id-described", description = description),
        }
    }

    /// The client id for an export.
    pub(crate) fn known_client_id(&self) -> Result<&str, PingOneProblem> {
        self.client_id.as_deref().ok_or(PingOneProblem::WaitsForClientId)
    }
}
