//! What every adapter of the repository port has to promise, rule by rule.
//!
//! [`crate::repository_contract!`] makes a test of each rule for one adapter. A rule panics where the adapter breaks it.

mod accounts;
mod activity;
mod adapter;
mod atomicity;
mod clients;
mod connections;
mod credentials;
mod people;
mod portals;
mod removal;
mod requests;
mod search;
mod this_machine;
mod turns;
mod uniqueness;

pub use adapter::{Adapter, Make, in_memory};

/// One promise.
pub struct Rule {
    pub name: &'static str,
    /// The file that it stands in.
    pub about: &'static str,
    check: fn(Make<'_>),
}

impl Rule {
    /// Panics where the adapter breaks the promise.
    pub fn check(&self, make: Make<'_>) {
        (self.check)(make);
    }
}

/// Checks the rule of that name.
pub fn check(rule: &str, make: Make<'_>) {
    RULES.iter().find(|one| one.name == rule).expect("a rule of the contract").check(make);
}

/// `rules!` makes the list of all rules, and from it the macro that makes tests of them.
macro_rules! rules {
    ($dollar:tt $($module:ident { $($rule:ident)* })*) => {
        /// All promises.
        pub const RULES: &[Rule] = &[$($(Rule { name: stringify!($rule), about: stringify!($module), check: $module::$rule },)*)*];

        /// A test of each rule, for the adapter that the expression makes.
        #[macro_export]
        macro_rules! repository_contract {
            ($dollar make:expr) => {
                $($(
                    #[test]
                    fn $rule() {
                        $dollar crate::contract::check(stringify!($rule), &$dollar make);
                    }
                )*)*
            };
        }
    };
}

rules! { $
    accounts {
        accounts_come_back_by_name_and_are_replaced
        credentials_come_back_as_they_came_with_their_former_secret
        former_secrets_whose_time_is_over_are_found_and_no_others
        former_secrets_that_are_over_or_were_seen_to_be_are_found_and_no_others
        a_name_belongs_to_one_account_whatever_its_case_and_a_client_id_to_one_credential
        any_number_of_credentials_wait_for_their_client_id
        credentials_go_alone_and_free_their_client_id
        an_account_goes_with_its_credentials_and_no_others
        a_row_that_contradicts_itself_is_refused
    }
    activity {
        every_action_is_recorded_newest_first
        the_activity_is_searched_by_person_action_subject_and_detail
        pages_of_the_activity_join_in_the_order_in_which_things_happened
    }
    atomicity {
        a_change_that_fails_takes_back_all_changes_of_its_commit
        nothing_may_refer_to_a_secret_that_the_ledger_does_not_know
        nothing_may_refer_to_a_row_that_is_not_there
    }
    clients {
        a_portal_is_found_by_its_part_of_the_path_and_only_by_all_of_it
        a_client_is_found_at_its_own_portal_only_whatever_its_state
        the_clients_of_an_id_are_listed_over_all_portals_and_without_what_was_imported
        a_copy_finds_its_original_by_fingerprint_or_by_client_id
    }
    connections {
        approved_requests_come_by_alias_of_one_hub_or_of_all
        connections_to_check_come_in_the_order_in_which_they_began_to_wait
        the_list_shows_the_health_of_connections_only
        what_is_known_about_a_connection_comes_back_and_is_replaced
        fetched_apis_come_back_by_name_in_place_of_those_before
    }
    credentials {
        credentials_come_back_newest_first_in_each_state
        imported_credentials_come_back_with_every_lifetime_in_each_state
        a_verifier_still_recognises_its_secret_after_the_database_was_closed
        a_credential_that_is_put_again_is_replaced
        regenerating_supersedes_the_old_one_and_puts_the_new_one_in_one_commit
    }
    people {
        people_come_back_by_name_with_their_roles
        a_person_that_is_put_again_is_replaced_roles_included
    }
    portals {
        portals_come_back_by_name_and_are_replaced
        a_portal_in_sap_comes_back_with_its_url_as_it_was_given
        hubs_come_back_by_name_and_are_replaced
        hubs_and_portals_come_back_in_each_vocabulary
        a_hub_in_sap_comes_back_with_its_region_and_address
        service_instances_come_back_oldest_first_deleted_ones_included
        api_proxies_come_back_by_name_and_are_replaced
    }
    removal {
        a_portal_goes_with_its_credentials_and_leaves_its_requests
        a_portal_in_sap_goes_with_its_imported_credentials
        the_row_of_a_secret_stays_as_long_as_imported_credentials_refer_to_it
        a_hub_goes_with_its_requests_and_the_ledger_keeps_their_secrets
        a_connection_keeps_its_health_and_apis_whatever_happens_to_its_request_and_portal
        a_hub_goes_with_what_is_known_about_its_connections_and_no_others
        an_api_proxy_that_is_removed_leaves_the_others
        removing_what_is_not_there_changes_nothing
        a_request_goes_with_what_is_known_about_its_connection
        a_person_goes_and_leaves_what_was_done
    }
    requests {
        requests_come_back_in_each_state
        a_request_keeps_how_long_its_client_secret_lives
        a_request_that_is_put_again_is_replaced
        only_an_open_request_is_found_by_portal_and_by_alias
        records_may_say_what_local_hubs_do_not_allow
        a_record_is_found_by_what_was_reported
    }
    search {
        a_word_is_found_in_alias_portal_submitter_client_id_and_comment_only
        what_means_something_to_a_database_is_plain_text_here
        letters_outside_ascii_are_found_whatever_their_case
        requests_without_an_end_come_last_and_first_when_descending
        a_client_secret_ends_by_the_date_of_its_generation_and_is_sorted_by_it
        pages_of_every_order_and_search_join_without_gaps_and_duplicates
        a_page_beyond_the_end_is_empty_and_still_says_how_many_match
        no_search_is_out_of_date_after_a_commit
        a_portal_that_arrives_in_the_same_commit_as_its_request_is_found_by_name
    }
    this_machine {
        one_authority_signs_for_each_purpose_and_the_certificates_of_former_ones_remain
        the_token_service_has_one_set_of_keys
        the_settings_are_the_defaults_until_they_are_changed
        the_ledger_shows_what_is_not_settled
        the_witness_and_what_was_given_up_come_back
        what_the_clock_has_shown_comes_back
    }
    turns {
        the_change_number_is_another_one_after_each_commit_and_only_then
        a_change_begins_when_the_one_before_has_ended
        a_new_database_is_whole_and_has_nothing_to_tell
    }
    uniqueness {
        an_e_mail_address_belongs_to_one_person_whatever_its_case
        name_subaccount_and_slug_belong_to_one_portal
        name_and_subaccount_belong_to_one_hub
        a_portal_has_one_current_credential
        a_portal_has_any_number_of_additional_credentials_beside_the_current_one
        a_client_id_belongs_to_one_credential_of_a_portal
        a_client_id_belongs_to_any_number_of_imported_credentials_of_a_portal
        a_name_belongs_to_one_service_instance_of_a_portal_until_it_is_deleted
        a_name_belongs_to_one_api_proxy_of_a_portal_whatever_its_case
        an_alias_has_one_open_request_in_a_hub_whatever_its_case
        a_portal_has_one_open_request_in_all_hubs
        an_entry_of_the_activity_list_is_written_once
    }
}
