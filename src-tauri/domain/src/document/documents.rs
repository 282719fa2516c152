//! Recognises documents, and chooses what is meant.

use std::sync::PoisonError;

use chrono::{DateTime, Utc};
use documents::{Candidate, CertUrl, Finding, FindingKind, Options, Recognition, SecretBytes, Shape};
use zeroize::Zeroizing;

use crate::{
    credential::{AccessDocument, AccessFacts, Lifetime},
    document::{
        GivenContent, GivenDocument, InspectedCandidate, InspectedDocument, Inspection,
        settling::{derive_lifetime, settle},
    },
    drawbridge::{DocumentOperations, Drawbridge},
    id::RequestId,
    input,
    input::InputProblem,
    portal::{Portal, derive_url_key},
    recognition::recognise,
    refusal::Failure,
};

/// A document that was read, before it is known whose it is.
pub(crate) struct ReadDocument {
    pub document: AccessDocument,
    pub shape: Shape,
}

impl DocumentOperations<'_> {
    /// Recognises a document without storing anything. `replaces` is the request whose credentials it is to replace.
    pub fn inspect<'a>(
        &self,
        given: impl Into<GivenDocument<'a>>,
        replaces: Option<RequestId>,
    ) -> Result<Inspection, Failure> {
        let given = given.into();
        let now = self.now();
        let replaced = replaces.map(|id| self.get_request(id)).transpose()?.map(|request| request.facts().clone());
        let Recognition { syntax, findings, candidates } = self.recognise(&given, &self.content(&given)?);
        let candidates = candidates
            .into_iter()
            .map(|candidate| self.inspect_candidate(candidate, &given, replaced.as_ref(), now))
            .collect::<Result<_, _>>()?;
        Ok(Inspection { syntax, findings, candidates })
    }
}

impl Drawbridge {
    fn inspect_candidate(
        &self,
        candidate: Candidate,
        given: &GivenDocument<'_>,
        replaced: Option<&AccessFacts>,
        now: DateTime<Utc>,
    ) -> Result<InspectedCandidate, Failure> {
        let mut inspected = InspectedCandidate::new(candidate, given.portal_url, now);
        let Some(InspectedDocument { facts, asks_lifetime: _, validity, portal_name }) = &mut inspected.usable else {
            return Ok(inspected);
        };
        self.settle_addresses(facts)?;
        if let Some(known) = self.known_lifetime(facts)? {
            facts.kind.set_lifetime(known);
            *validity = facts.validity(now);
        }
        let portal = self.find_portal_of(facts)?;
        // A portal elsewhere may have another secret under the same client id.
        let tells = facts.kind.is_certificate() || portal.as_ref().is_some_and(Portal::is_local);
        if replaced.is_some_and(|replaced| {
            tells && replaced.is_credential(&facts.kind, &facts.client_id) && replaced.has_addresses_of(facts)
        }) {
            inspected.findings.push(Finding { place: None, kind: FindingKind::SameAsReplaced });
        }
        *portal_name = portal.map(|portal| portal.name);
        Ok(inspected)
    }

    /// Reads the credentials that are meant, for a connection. Typed fields are taken for the request that they were typed for:
    /// the addresses that they are completed with would be the wrong ones for another, and nothing is known of a new one.
    pub(crate) fn read_given(
        &self,
        given: &GivenDocument<'_>,
        replaced: Option<RequestId>,
    ) -> Result<ReadDocument, Failure> {
        match given.content {
            GivenContent::Fields { request, .. } if replaced != Some(request) => {
                return Err(Failure::NotFound("connection request"));
            }
            GivenContent::Fields { .. } | GivenContent::Document(_) => {}
        }
        Ok(self.read_content(given, &self.content(given)?)?)
    }

    /// The same, for whoever wants the finding by itself.
    pub(crate) fn read_content(
        &self,
        given: &GivenDocument<'_>,
        content: &Content<'_>,
    ) -> Result<ReadDocument, Finding> {
        read(given, self.recognise(given, content))
    }

    /// Recognises a document, one at a time: what a document may cost is a limit for all of them together. Who waits may be
    /// told to stop meanwhile.
    fn recognise(&self, given: &GivenDocument<'_>, content: &Content<'_>) -> Recognition {
        let _alone = self.recognising.lock().unwrap_or_else(PoisonError::into_inner);
        let options = Options { now: self.now(), password: given.password, stop: given.stop };
        match content {
            Content::Given(bytes) => recognise(bytes, &options),
            Content::Composed(document) => {
                // EXPOSE: to be recognised; what that says holds no secret.
                let mut recognition = recognise(document.expose(), &options);
                // Nobody has this text before him: its syntax and places would tell nothing.
                recognition.syntax = None;
                let of_candidates = recognition.candidates.iter_mut().flat_map(|candidate| &mut candidate.findings);
                for finding in recognition.findings.iter_mut().chain(of_candidates) {
                    finding.place = None;
                }
                recognition
            }
        }
    }

    /// The document itself. What was typed into two fields becomes one, and is then subject to the same rules.
    pub(crate) fn content<'a>(&self, given: &GivenDocument<'a>) -> Result<Content<'a>, Failure> {
        match given.content {
            GivenContent::Document(bytes) => Ok(Content::Given(bytes)),
            GivenContent::Fields { request, client_id, client_secret } => {
                if client_id.trim().is_empty() {
                    return Err(InputProblem::Empty(input::Field::ClientId).into());
                }
                // EXPOSE: the typed secret goes into a document as it is, which is wiped like the secret itself.
                let client_secret = std::str::from_utf8(client_secret.expose())
                    .map_err(|_| Finding { place: None, kind: FindingKind::NotText })?;
                if client_secret.trim().is_empty() {
                    return Err(InputProblem::Empty(input::Field::ClientSecret).into());
                }
                let request = self.get_request(request)?;
                Ok(Content::Composed(compose(request.facts(), client_id, client_secret)))
            }
        }
    }

    /// The credentials of a document that a hub is given.
    pub(crate) fn read_for_hub(
        &self,
        given: &GivenDocument<'_>,
        replaced: Option<RequestId>,
    ) -> Result<AccessDocument, Failure> {
        self.complete(self.read_given(given, replaced)?)
    }

    /// The credentials with their lifetime: what is known of them here, or what their client id tells.
    pub(crate) fn complete(&self, read: ReadDocument) -> Result<AccessDocument, Failure> {
        let ReadDocument { mut document, shape } = read;
        self.settle_addresses(&mut document.facts)?;
        let known = self.known_lifetime(&document.facts)?;
        let derived = derive_lifetime(&document.facts.client_id, shape, self.now());
        document.facts.kind.set_lifetime(known.or(derived).unwrap_or(Lifetime::Unknown));
        Ok(document)
    }

    /// A service key of a portal that lives here names the host only, where the client id says which portal is meant. It is
    /// the same as the portal's own addresses, which are the ones that are kept and compared.
    fn settle_addresses(&self, facts: &mut AccessFacts) -> Result<(), Failure> {
        let endpoints = self.endpoints()?;
        let is = |url: &str, other: &str| derive_url_key(url) == derive_url_key(other);
        let names_host = is(&facts.token_url, &endpoints.host_token_url())
            || facts.cert_url.as_deref().is_some_and(|url| is(url, &endpoints.host_cert_url()));
        if !names_host {
            return Ok(());
        }
        let Some(portal) = self.find_portal_of(facts)?.filter(Portal::is_local) else { return Ok(()) };
        facts.token_url = endpoints.token_url(&portal);
        if let Some(cert_url) = &mut facts.cert_url {
            *cert_url = endpoints.cert_url(&portal);
        }
        Ok(())
    }

    /// How long a client secret lives that this installation generated or imported.
    fn known_lifetime(&self, facts: &AccessFacts) -> Result<Option<Lifetime>, Failure> {
        let Some(portal) = self.find_portal_of(facts)? else { return Ok(None) };
        if portal.is_local() {
            return Ok(Some(Lifetime::OfServiceKey));
        }
        let credentials = self.repository.list_credentials(portal.id)?;
        let known = credentials.into_iter().find(|known| facts.is_credential(&known.kind, &known.client_id));
        Ok(known.and_then(|known| known.kind.lifetime()))
    }
}

/// A document, ready to be recognised.
pub(crate) enum Content<'a> {
    /// As it was given.
    Given(&'a [u8]),
    /// Made of what was typed.
    Composed(SecretBytes),
}

/// A connection document (shape A) with the addresses that the hub holds. A certificate document may have named none for
/// client secrets; then that is missing here, too.
fn compose(held: &AccessFacts, client_id: &str, client_secret: &str) -> SecretBytes {
    #[derive(serde::Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Document<'a> {
        url: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        token_url: Option<&'a str>,
        client_id: &'a str,
        client_secret: &'a str,
    }
    let of_certificate = held.cert_url.as_ref().map(CertUrl::token_endpoint);
    let token_url = Some(held.token_url.as_str()).filter(|_| of_certificate.as_ref() != Some(&held.token_url));
    let document = Document { url: &held.url, token_url, client_id, client_secret };
    // Room for every character as an escape of six bytes: a buffer that grows would leave a copy behind.
    let room = 6 * (held.url.len() + held.token_url.len() + client_id.len() + client_secret.len()) + 100;
    let mut json = Zeroizing::new(Vec::with_capacity(room));
    serde_json::to_writer(&mut *json, &document).expect("texts can be written as JSON");
    SecretBytes::new(json.to_vec())
}

fn read(given: &GivenDocument<'_>, recognition: Recognition) -> Result<ReadDocument, Finding> {
    let mut candidate = recognition.choose(given.choice)?;
    let document = settle(&mut candidate, given.portal_url)?;
    Ok(ReadDocument { document, shape: candidate.shape })
}
