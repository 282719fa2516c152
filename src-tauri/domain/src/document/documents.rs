//! Recognises documents, and chooses what is meant.

use std::sync::{Arc, PoisonError};

use chrono::{DateTime, Utc};
use documents::{Candidate, CertUrl, Demand, Finding, FindingKind, Options, Recognition, SecretBytes};
use zeroize::Zeroizing;

use crate::{
    credential::{AccessDocument, AccessFacts, Lifetime},
    document::{GivenContent, GivenDocument, InspectedCandidate, InspectedDocument, Inspection, settling::settle},
    drawbridge::{DocumentOperations, Drawbridge},
    id::RequestId,
    input,
    input::InputProblem,
    person::Action,
    portal::{Portal, derive_url_key},
    recognition::recognise,
    refusal::Failure,
};

impl DocumentOperations<'_> {
    /// Recognises a document without storing anything. `replaces` is the request whose credentials it is to replace.
    pub fn inspect(&self, given: impl Into<GivenDocument>, replaces: Option<RequestId>) -> Result<Inspection, Failure> {
        let given = given.into();
        let now = self.now();
        let replaced = replaces.map(|id| self.get_request(id)).transpose()?.map(|request| request.facts().clone());
        let Recognition { syntax, findings, candidates } = self.recognise(&given, &*self.get_bytes(&given)?);
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
        given: &GivenDocument,
        replaced: Option<&AccessFacts>,
        now: DateTime<Utc>,
    ) -> Result<InspectedCandidate, Failure> {
        let mut inspected = InspectedCandidate::new(candidate, given.portal_url.as_deref(), now);
        let Some(InspectedDocument { facts, asks_lifetime: _, validity, portal_name }) = &mut inspected.usable else {
            return Ok(inspected);
        };
        self.complete(facts)?;
        *validity = facts.validity(now);
        let portal = self.find_portal_of(facts)?;
        // A portal in SAP may have another secret under the same client id.
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
        given: &GivenDocument,
        replaced: Option<RequestId>,
    ) -> Result<AccessDocument, Failure> {
        match given.content {
            GivenContent::Fields { request, .. } if replaced != Some(request) => {
                return Err(Failure::NotFound("connection request"));
            }
            GivenContent::Fields { .. } | GivenContent::Document(_) | GivenContent::Current(_) => {}
        }
        Ok(self.choose(given, Demand::Connect, &*self.get_bytes(given)?)?)
    }

    /// Reads the credentials of a portal that is tracked, in order to record them. They may have ended: that is then known
    /// of the portal.
    pub(crate) fn read_for_record(&self, given: &GivenDocument) -> Result<AccessDocument, Failure> {
        match given.content {
            GivenContent::Fields { .. } => Err(Failure::NotFound("connection request")),
            GivenContent::Document(_) | GivenContent::Current(_) => {
                Ok(self.choose(given, Demand::Record, &*self.get_bytes(given)?)?)
            }
        }
    }

    /// The credentials of a document that a hub is given.
    pub(crate) fn read_for_hub(
        &self,
        given: &GivenDocument,
        replaced: Option<RequestId>,
    ) -> Result<AccessDocument, Failure> {
        let mut document = self.read_given(given, replaced)?;
        self.complete(&mut document.facts)?;
        Ok(document)
    }

    /// The bytes of the document. What was typed into two fields becomes one, and is then subject to the same rules.
    pub(crate) fn get_bytes(&self, given: &GivenDocument) -> Result<Arc<SecretBytes>, Failure> {
        match &given.content {
            GivenContent::Document(bytes) => Ok(Arc::clone(bytes)),
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
                let request = self.get_request(*request)?;
                Ok(Arc::new(compose(request.facts(), client_id, client_secret)))
            }
            GivenContent::Current(portal) => {
                self.get_current_person()?.may(Action::HandOverCredentials)?;
                Ok(Arc::new(self.render_current(*portal)?))
            }
        }
    }

    /// The credentials that are meant, out of the bytes of [`Self::get_bytes`], with the lifetime that the document tells. The
    /// error is the first finding that makes them no good for `demand`.
    pub(crate) fn choose(
        &self,
        given: &GivenDocument,
        demand: Demand,
        bytes: &SecretBytes,
    ) -> Result<AccessDocument, Finding> {
        let mut candidate = self.recognise(given, bytes).choose(given.choice)?;
        settle(&mut candidate, demand, given.portal_url.as_deref(), self.now())
    }

    /// Recognises a document, one at a time: what a document may cost is a limit for all of them together. Who waits may be
    /// told to stop meanwhile.
    fn recognise(&self, given: &GivenDocument, bytes: &SecretBytes) -> Recognition {
        let _alone = self.recognising.lock().unwrap_or_else(PoisonError::into_inner);
        let options = Options { now: self.now(), password: given.password.as_ref(), stop: &given.stop };
        // EXPOSE: to be recognised; what that says holds no secret.
        let mut recognition = recognise(bytes.expose(), &options);
        match given.content {
            GivenContent::Document(_) => {}
            // Nobody has the text before them that was made of the fields or of what is stored: its syntax and places would tell nothing.
            GivenContent::Fields { .. } | GivenContent::Current(_) => {
                recognition.syntax = None;
                let of_candidates = recognition.candidates.iter_mut().flat_map(|candidate| &mut candidate.findings);
                for finding in recognition.findings.iter_mut().chain(of_candidates) {
                    finding.place = None;
                }
            }
        }
        recognition
    }

    /// Puts in what is known here of the credentials: their portal's own addresses, and how long a client secret lives.
    pub(crate) fn complete(&self, facts: &mut AccessFacts) -> Result<(), Failure> {
        self.settle_addresses(facts)?;
        if let Some(known) = self.known_lifetime(facts)? {
            facts.kind.set_lifetime(known);
        }
        Ok(())
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
