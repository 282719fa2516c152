//! The contract catches an adapter that forgets one thing: each of these breaks the rule that is named with it.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use chrono::{DateTime, Utc};
use domain::{
    connection::ConnectionRequest,
    connection_check::{ConnectionHealth, FetchedApi},
    credential::{Credential, SecretItem},
    id::{HubId, PingOneAccountId, PortalId, RequestId},
    person::Person,
    pingone::{ConnectionApiCredential, PingOneAccount},
    portal::{ApiProxy, Portal, ServiceInstance},
    ports::{
        Accounts, Activity, ActivityPage, ActivityQuery, Change, ChangeGuard, Connections, Hubs, People, Portals,
        Repository, RepositoryError, RequestCounts, RequestPage, RequestQuery, RequestSort, Requests, Secrets,
        ThisMachine,
    },
};
use fakes::{
    InMemoryRepository, Overlaid, Overlay,
    contract::{Make, RULES, Rule, in_memory},
};

/// Whether the adapter breaks the rule. What that says on the way belongs to the output of this test.
fn breaks(rule: &Rule, make: Make<'_>) -> bool {
    catch_unwind(AssertUnwindSafe(|| rule.check(make))).is_err()
}

#[test]
fn one_that_forgets_a_rule_of_the_schema_is_caught() {
    let about = ["accounts", "atomicity", "uniqueness"];
    for forgotten in InMemoryRepository::rules() {
        let make = || in_memory(InMemoryRepository::that_forgets(forgotten));
        let caught = RULES.iter().filter(|rule| about.contains(&rule.about)).any(|rule| breaks(rule, &make));
        assert!(caught, "nothing in the contract needs the rule \"{forgotten}\"");
    }
}

/// An adapter for each line: what is wrong with it, the rule that catches it, and the method that is wrong.
macro_rules! wrong {
    ($($name:ident: $rule:literal { $($method:tt)* })*) => {
        $(mod $name {
            use super::*;

            struct Wrong(InMemoryRepository);

            impl Overlay for Wrong {
                fn below(&self) -> &dyn Repository {
                    &self.0
                }

                $($method)*
            }

            #[test]
            fn is_caught() {
                let rule = RULES.iter().find(|rule| rule.name == $rule).expect("a rule of the contract");
                let make = || in_memory(Overlaid(Wrong(InMemoryRepository::empty(Arc::default()))));
                assert!(breaks(rule, &make), "the rule {} is kept", rule.name);
            }
        })*
    };
}

type Answer<T> = Result<T, RepositoryError>;

fn reversed<T>(list: Answer<Vec<T>>) -> Answer<Vec<T>> {
    list.map(|mut list| {
        list.reverse();
        list
    })
}

wrong! {
    a_commit_that_stops_halfway: "a_change_that_fails_takes_back_all_changes_of_its_commit" {
        fn commit(&self, changes: &[Change]) -> Answer<()> {
            changes.iter().try_for_each(|change| self.0.commit(std::slice::from_ref(change)))
        }
    }
    a_commit_that_is_not_made: "people_come_back_by_name_with_their_roles" {
        fn commit(&self, _: &[Change]) -> Answer<()> {
            Ok(())
        }
    }
    no_lock: "a_change_begins_when_the_one_before_has_ended" {
        fn begin_change(&self) -> Answer<Box<dyn ChangeGuard>> {
            struct Nothing;
            impl ChangeGuard for Nothing {}
            Ok(Box::new(Nothing))
        }
    }
    the_same_change_number: "the_change_number_is_another_one_after_each_commit_and_only_then" {
        fn change_number(&self) -> Answer<u64> {
            Ok(7)
        }
    }
    people_unsorted: "people_come_back_by_name_with_their_roles" {
        fn list_people(&self) -> Answer<Vec<Person>> {
            reversed(self.0.list_people())
        }
    }
    portals_unsorted: "portals_come_back_by_name_and_are_replaced" {
        fn list_portals(&self) -> Answer<Vec<Portal>> {
            reversed(self.0.list_portals())
        }
    }
    credentials_of_all_portals: "credentials_come_back_newest_first_in_each_state" {
        fn list_credentials(&self, _: PortalId) -> Answer<Vec<Credential>> {
            let portals = self.0.list_portals()?;
            let all: Answer<Vec<_>> = portals.iter().map(|portal| self.0.list_credentials(portal.id)).collect();
            Ok(all?.concat())
        }
    }
    credentials_oldest_first: "credentials_come_back_newest_first_in_each_state" {
        fn list_credentials(&self, portal: PortalId) -> Answer<Vec<Credential>> {
            reversed(self.0.list_credentials(portal))
        }
    }
    a_client_at_any_portal: "a_client_is_found_at_its_own_portal_only_whatever_its_state" {
        fn find_credential_of_client(&self, _: &str, client_id: &str) -> Answer<Option<Credential>> {
            Ok(self.0.list_credentials_of_client(client_id)?.into_iter().next())
        }
    }
    a_slug_whatever_its_case: "a_portal_is_found_by_its_part_of_the_path_and_only_by_all_of_it" {
        fn find_portal_by_slug(&self, slug: &str) -> Answer<Option<Portal>> {
            self.0.find_portal_by_slug(&slug.to_lowercase())
        }
    }
    an_original_by_client_id_alone: "a_copy_finds_its_original_by_fingerprint_or_by_client_id" {
        fn find_credential_by_proof(&self, client_id: &str, _: Option<&str>) -> Answer<Option<Credential>> {
            self.0.find_credential_by_proof(client_id, None)
        }
    }
    deleted_instances_left_out: "service_instances_come_back_oldest_first_deleted_ones_included" {
        fn list_service_instances(&self, portal: PortalId) -> Answer<Vec<ServiceInstance>> {
            let mut instances = self.0.list_service_instances(portal)?;
            instances.retain(|instance| instance.deleted_at.is_none());
            Ok(instances)
        }
    }
    api_proxies_unsorted: "api_proxies_come_back_by_name_and_are_replaced" {
        fn list_api_proxies(&self, portal: PortalId) -> Answer<Vec<ApiProxy>> {
            reversed(self.0.list_api_proxies(portal))
        }
    }
    former_authorities_lost:
        "one_authority_signs_for_each_purpose_and_the_certificates_of_former_ones_remain" {
        fn list_client_authority_certificates(&self) -> Answer<Vec<String>> {
            Ok(self.0.list_client_authority_certificates()?.into_iter().take(1).collect())
        }
    }
    connections_of_all_hubs: "approved_requests_come_by_alias_of_one_hub_or_of_all" {
        fn list_approved_requests(&self, _: Option<HubId>) -> Answer<Vec<ConnectionRequest>> {
            self.0.list_approved_requests(None)
        }
    }
    postponed_tests_at_any_time: "connections_to_check_come_in_the_order_in_which_they_began_to_wait" {
        fn list_connections_to_check(&self, before: DateTime<Utc>, _: DateTime<Utc>) -> Answer<Vec<RequestId>> {
            self.0.list_connections_to_check(before, DateTime::<Utc>::MAX_UTC)
        }
    }
    apis_unsorted: "fetched_apis_come_back_by_name_in_place_of_those_before" {
        fn list_fetched_apis(&self, request: RequestId) -> Answer<Vec<FetchedApi>> {
            reversed(self.0.list_fetched_apis(request))
        }
    }
    an_alias_in_any_hub: "only_an_open_request_is_found_by_portal_and_by_alias" {
        fn find_open_request_by_alias(&self, _: HubId, alias: &str) -> Answer<Option<ConnectionRequest>> {
            for hub in self.0.list_hubs()? {
                if let Some(found) = self.0.find_open_request_by_alias(hub.id, alias)? {
                    return Ok(Some(found));
                }
            }
            Ok(None)
        }
    }
    requests_of_all_hubs_counted: "requests_come_back_in_each_state" {
        fn count_requests(&self, _: HubId) -> Answer<RequestCounts> {
            let counts: Answer<Vec<_>> = self.0.list_hubs()?.iter().map(|hub| self.0.count_requests(hub.id)).collect();
            Ok(counts?.into_iter().find(|counts| *counts != RequestCounts::default()).unwrap_or_default())
        }
    }
    health_of_what_is_no_connection: "the_list_shows_the_health_of_connections_only" {
        fn search_requests(&self, query: &RequestQuery) -> Answer<RequestPage> {
            let mut page = self.0.search_requests(query)?;
            for row in &mut page.rows {
                row.health = self.0.find_health(row.request.id)?;
            }
            Ok(page)
        }
    }
    requests_in_any_state: "pages_of_every_order_and_search_join_without_gaps_and_duplicates" {
        fn search_requests(&self, query: &RequestQuery) -> Answer<RequestPage> {
            self.0.search_requests(&RequestQuery { state: None, ..query.clone() })
        }
    }
    requests_in_one_direction: "pages_of_every_order_and_search_join_without_gaps_and_duplicates" {
        fn search_requests(&self, query: &RequestQuery) -> Answer<RequestPage> {
            self.0.search_requests(&RequestQuery { descending: false, ..query.clone() })
        }
    }
    requests_in_one_order: "requests_without_an_end_come_last_and_first_when_descending" {
        fn search_requests(&self, query: &RequestQuery) -> Answer<RequestPage> {
            self.0.search_requests(&RequestQuery { sort: RequestSort::Alias, ..query.clone() })
        }
    }
    a_page_that_starts_one_late: "pages_of_every_order_and_search_join_without_gaps_and_duplicates" {
        fn search_requests(&self, query: &RequestQuery) -> Answer<RequestPage> {
            let offset = if query.offset == 0 { 0 } else { query.offset.saturating_add(1) };
            self.0.search_requests(&RequestQuery { offset, ..query.clone() })
        }
    }
    the_length_of_the_page_as_what_matches: "a_page_beyond_the_end_is_empty_and_still_says_how_many_match" {
        fn search_requests(&self, query: &RequestQuery) -> Answer<RequestPage> {
            let page = self.0.search_requests(query)?;
            Ok(RequestPage { matching: page.rows.len(), ..page })
        }
    }
    one_word_of_a_search: "a_word_is_found_in_alias_portal_submitter_client_id_and_comment_only" {
        fn search_requests(&self, query: &RequestQuery) -> Answer<RequestPage> {
            let search = query.search.split_whitespace().next().unwrap_or_default().to_owned();
            self.0.search_requests(&RequestQuery { search, ..query.clone() })
        }
    }
    a_search_that_minds_the_case: "letters_outside_ascii_are_found_whatever_their_case" {
        fn search_requests(&self, query: &RequestQuery) -> Answer<RequestPage> {
            let mut page = self.0.search_requests(query)?;
            page.rows.retain(|row| query.search.split_whitespace().all(|word| row.request.alias.contains(word)));
            Ok(page)
        }
    }
    accounts_unsorted: "accounts_come_back_by_name_and_are_replaced" {
        fn list_accounts(&self) -> Answer<Vec<PingOneAccount>> {
            reversed(self.0.list_accounts())
        }
    }
    connection_credentials_latest_first: "credentials_come_back_as_they_came_with_their_former_secret" {
        fn list_connection_credentials(&self, account: PingOneAccountId) -> Answer<Vec<ConnectionApiCredential>> {
            reversed(self.0.list_connection_credentials(account))
        }
    }
    former_secrets_a_moment_late: "former_secrets_whose_time_is_over_are_found_and_no_others" {
        fn list_former_secrets_until(&self, moment: DateTime<Utc>) -> Answer<Vec<ConnectionApiCredential>> {
            self.0.list_former_secrets_until(moment - chrono::TimeDelta::milliseconds(1))
        }
    }
    former_secrets_that_were_seen_to_be_over_forgotten:
        "former_secrets_that_are_over_or_were_seen_to_be_are_found_and_no_others" {
        fn list_former_secrets_over(&self, moment: DateTime<Utc>) -> Answer<Vec<ConnectionApiCredential>> {
            self.0.list_former_secrets_until(moment)
        }
    }
    activity_oldest_first: "every_action_is_recorded_newest_first" {
        fn search_activity(&self, query: &ActivityQuery) -> Answer<ActivityPage> {
            let mut page = self.0.search_activity(query)?;
            page.rows.reverse();
            Ok(page)
        }
    }
    activity_by_the_clock: "pages_of_the_activity_join_in_the_order_in_which_things_happened" {
        fn search_activity(&self, query: &ActivityQuery) -> Answer<ActivityPage> {
            let mut page = self.0.search_activity(query)?;
            page.rows.sort_by_key(|event| std::cmp::Reverse(event.at));
            Ok(page)
        }
    }
    settled_secrets_listed_too: "the_ledger_shows_what_is_not_settled" {
        fn list_unsettled_secrets(&self) -> Answer<Vec<SecretItem>> {
            Ok([self.0.list_unsettled_secrets()?, self.0.list_active_secrets()?].concat())
        }
    }
    health_forgotten: "what_is_known_about_a_connection_comes_back_and_is_replaced" {
        fn find_health(&self, _: RequestId) -> Answer<Option<ConnectionHealth>> {
            Ok(None)
        }
    }
}
