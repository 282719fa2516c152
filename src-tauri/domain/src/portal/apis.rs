//! The APIs of a portal: import, list, remove.

use documents::OpenApiDocument;

use crate::{
    activity::AuditAction,
    drawbridge::ApiOperations,
    id::{ApiProxyId, PortalId},
    input::looks_alike,
    operation::Operation,
    person::Action,
    portal::{ApiProxy, must_be_local},
    ports::SharedChange,
    refusal::{Failure, Refusal},
};

/// The APIs of a portal, as the person may treat them.
#[derive(Debug)]
pub struct ApiProxiesPage {
    /// The API proxies, by name.
    pub proxies: Vec<ApiProxy>,
    /// Whether the person may import and remove.
    pub may_manage: Result<(), Refusal>,
}

impl ApiOperations<'_> {
    /// The API proxies of a portal. Everyone may read them: the portal publishes them.
    pub fn list(&self, portal: PortalId) -> Result<ApiProxiesPage, Failure> {
        let person = self.get_current_person()?;
        let portal = self.get_portal(portal)?;
        Ok(ApiProxiesPage {
            proxies: self.repository.list_api_proxies(portal.id)?,
            may_manage: must_be_local(&portal, Action::ManageApis).and_then(|()| person.may(Action::ManageApis)),
        })
    }

    /// Whether the person may import into this portal; asked before a file is chosen.
    pub fn may_import(&self, portal: PortalId) -> Result<(), Failure> {
        self.get_person_who_may(Action::ManageApis)?;
        Ok(must_be_local(&self.get_portal(portal)?, Action::ManageApis)?)
    }

    /// Imports an OpenAPI document as an API proxy. It replaces one of the same title: this is how a new version is
    /// imported.
    pub fn import(&self, portal: PortalId, document: &str) -> Result<ApiProxy, Failure> {
        // A person who may not do it learns that before the document is parsed, which takes time.
        self.apis().may_import(portal)?;
        let document = OpenApiDocument::parse(document)?;
        self.change(Operation::ImportApi, |work| {
            let OpenApiDocument { name, title, version, description, base_path, openapi_version } = document.clone();
            let portal = self.get_portal(portal)?;
            let known = self.repository.list_api_proxies(portal.id)?;
            let former = known.iter().find(|proxy| proxy.title == title);
            let taken = |wanted: &str| {
                let other = |proxy: &&ApiProxy| former.is_none_or(|former| former.id != proxy.id);
                known.iter().filter(other).any(|proxy| looks_alike(&proxy.name, wanted))
            };
            let name = derive_free_name(&name, taken);
            let id = former.map(|former| former.id);
            let proxy = ApiProxy {
                id: id.unwrap_or_else(|| ApiProxyId(self.generate_id())),
                portal_id: portal.id,
                name,
                title,
                version,
                description,
                base_path,
                openapi_version,
                imported_at: self.now(),
                imported_by: work.actor(),
            };
            let detail = format!("{} {}, {}", proxy.name, proxy.version, proxy.base_path);
            work.record(AuditAction::ApiImported, portal.tagged_name(), detail);
            work.put(SharedChange::PutApiProxy(proxy.clone()));
            Ok(proxy)
        })
    }

    /// Removes an API proxy from its portal.
    pub fn remove(&self, id: ApiProxyId) -> Result<(), Failure> {
        self.change(Operation::RemoveApi, |work| {
            let proxy = self.repository.find_api_proxy(id)?.ok_or(Failure::NotFound("API"))?;
            let portal = self.get_portal(proxy.portal_id)?;
            let detail = format!("{} {}", proxy.name, proxy.version);
            work.record(AuditAction::ApiRemoved, portal.tagged_name(), detail);
            work.put(SharedChange::RemoveApiProxy(id));
            Ok(())
        })
    }
}

/// `name`, or with a number behind it where another API has that name: two titles can give one name.
fn derive_free_name(name: &str, taken: impl Fn(&str) -> bool) -> String {
    if !taken(name) {
        return name.to_owned();
    }
    let numbered = |number: u32| {
        let suffix = format!("-{number}");
        let kept: String = name.chars().take(OpenApiDocument::MAX_NAME - suffix.len()).collect();
        kept + &suffix
    };
    (2..).map(numbered).find(|name| !taken(name)).expect("numbers do not run out")
}
