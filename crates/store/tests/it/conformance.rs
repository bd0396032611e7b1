//! The contract as tests, the same for every implementation. Knows nothing of SQL: a [`World`] opens the store it judges.

pub(crate) mod documents;
pub(crate) mod drafts;
pub(crate) mod fixtures;
pub(crate) mod groups;
pub(crate) mod journal;
pub(crate) mod letters;
pub(crate) mod parcels;
pub(crate) mod people;
pub(crate) mod removal;
pub(crate) mod sessions;
pub(crate) mod upkeep;
pub(crate) mod vault;

use mic_store::Store;

/// A place where a store lives. Opening it again, after the one before was dropped, opens the same data.
pub(crate) trait World {
    type Store: Store;

    fn open(&self) -> Self::Store;
}

/// Makes one test of each promise, on the world that the expression makes.
macro_rules! conformance {
    ($world:expr; $($noun:ident: $($promise:ident),+ $(,)?;)+) => {
        $(mod $noun {
            use super::*;
            $(#[test]
            fn $promise() {
                $crate::conformance::$noun::$promise(&$world);
            })+
        })+
    };
}

/// Every promise. An implementation says `conform!(its world)`.
macro_rules! conform {
    ($world:expr) => {
        $crate::conformance::conformance! { $world;
            groups: a_group_is_prepared_once, names_are_unique, only_unfounded_groups_are_dropped,
                secrets_come_back;
            journal: entries_come_back_in_order, a_whole_journal_is_written_or_nothing_of_it, a_taken_position_is_a_conflict,
                a_known_key_is_a_conflict, one_bad_batch_leaves_the_others_alone,
                nothing_of_a_refused_batch_stays, many_groups_commit_together,
                a_batch_for_nobody_is_not_written, entries_of_one_proposal, keys_come_back_newest_first,
                checkpoints_never_go_back, certificates_stay, acknowledged_entries_survive_reopening,
                racing_writers_never_skip_or_double, a_cursor_never_skips;
            documents: texts_come_back, erased_texts_are_gone_for_good, the_same_text_in_two_proposals,
                an_erased_text_can_be_put_again;
            vault: ballots_are_replaced_dropped_and_cleared, reasons_come_back_in_their_order;
            people: founders_come_back, one_address_is_one_account, what_a_person_chose_is_kept,
                addresses_change_together, the_last_month_is_kept, ten_thousand_are_founded_together,
                an_invited_person_becomes_a_member, invitations_end, a_missing_candidate_admits_nobody;
            removal: erasing_takes_everything_of_a_person, leaving_one_group_keeps_the_other;
            sessions: sessions_end, a_session_is_renewed_while_it_lives, a_link_needs_its_browser, a_code_opens_another_browser,
                five_wrong_codes_are_enough, a_new_attempt_voids_the_old, a_proof_works_once,
                an_unknown_address_is_proven_without_account, api_tokens_are_listed_and_revoked;
            drafts: saving_compares_revisions, earlier_states_are_kept_up_to_a_limit,
                drafts_are_limited, drafts_belong_to_members;
            parcels: a_run_is_claimed_and_settled, what_is_postponed_was_not_tried, a_parcel_exists_once, a_crash_repeats_only_what_was_in_flight,
                old_fencing_numbers_are_refused, exceptions_come_again_when_due, claims_are_limited,
                lists_and_limits, a_million_recipients_are_a_thousand_parcels, given_up_is_parked,
                long_answers_are_cut;
            letters: letters_are_claimed_and_destroyed, late_answers_are_refused,
                expired_letters_are_not_sent, letters_to_one_address_are_counted;
            upkeep: a_sound_store_has_no_damage, tidying_destroys_what_expired;
        }
    };
}

pub(crate) use {conform, conformance};
