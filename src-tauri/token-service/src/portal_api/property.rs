//! The properties of an API proxy in OData.

use domain::portal::ApiProxy;

/// A property of an API proxy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Property {
    Name,
    Title,
    Version,
    Description,
    BasePath,
    OpenapiVersion,
}

impl Property {
    pub(super) const ALL: [Self; 6] =
        [Self::Name, Self::Title, Self::Version, Self::Description, Self::BasePath, Self::OpenapiVersion];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Title => "title",
            Self::Version => "version",
            Self::Description => "description",
            Self::BasePath => "base_path",
            Self::OpenapiVersion => "openapi_version",
        }
    }

    pub(super) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|property| property.name() == name)
    }

    pub(super) fn of(self, proxy: &ApiProxy) -> &str {
        match self {
            Self::Name => &proxy.name,
            Self::Title => &proxy.title,
            Self::Version => &proxy.version,
            Self::Description => &proxy.description,
            Self::BasePath => &proxy.base_path,
            Self::OpenapiVersion => &proxy.openapi_version,
        }
    }
}
