"""
Where WhatsApp's calling is easily misread, and the test that holds each: in the order in which a permission lives.

A name is ``module::test`` below ``tests``; ``test_traps`` fails for one that is not there.
"""

_E2E = "server.test_whatsapp_traps"
_TOLD = "server.test_whatsapp_call_traps"
_READ = "channels.test_whatsapp_permissions"
_CALLS = "channels.test_whatsapp_calls"
_MESSAGES = "channels.test_whatsapp_messages"
_PEOPLE = "channels.test_whatsapp_people"
_ACCOUNTS = "channels.test_whatsapp_accounts"
_ENVELOPE = "channels.test_whatsapp_envelope"
_CODES = "policies.test_platform_codes"
_API = "channels.test_permission_readings"
_OVER_HTTP = "server.test_permission_readings"
_HEARING = "consent.test_hearing"
_LIMITS = "policies.test_limits"

PERMISSION = {
    "a permission is of one business number, not of the account": f"{_HEARING}::test_permission_is_given_to_one_sender",
    "a permission is no consent": f"{_E2E}::test_permission_is_no_consent",
    "a temporary one lasts 168 hours from the approval, and no longer": f"{_READ}::test_an_end_later_than_168_hours_is_cut",
    "no webhook tells that it ended": f"{_HEARING}::test_a_temporary_permission_ends_by_itself",
    "a permanent one has no end": f"{_READ}::test_only_a_plain_true_is_permanent",
    "a grant in the profile answers no request": f"{_E2E}::test_a_grant_in_the_profile_answers_no_request_and_counts",
    "a callback grants without a request": f"{_E2E}::test_a_callback_grants_for_a_week_without_a_request",
    "a decline is not final": f"{_E2E}::test_a_decline_is_not_final",
    "automatic says neither grant nor revocation": f"{_E2E}::test_automatic_alone_says_neither_grant_nor_revocation",
    "four unanswered calls revoke": f"{_E2E}::test_four_unanswered_calls_close_before_whatsapp_says_so",
    "the revocation after them has no context": f"{_E2E}::test_what_whatsapp_takes_back_after_unanswered_calls_is_gone",
    "ten for a test number": "policies.test_whatsapp_rules::test_from_a_test_number_ten_unanswered_calls_close",
    "a revocation in the profile is not documented": f"{_E2E}::test_a_revocation_in_the_profile_is_undocumented_and_closes",
    "one request a day, two a week": f"{_LIMITS}::test_permission_is_asked_for_once_a_day_and_twice_a_week",
    "25 and 100 for a test number": "policies.test_whatsapp_rules::test_from_a_test_number_people_are_asked_25_times_a_day",
    "the limits have dates": "policies.test_packs::test_a_case_gets_the_answer_that_it_expects",
    "only calls that are picked up count towards 100": "policies.test_packs::test_a_case_gets_the_answer_that_it_expects",
}
REPLY = {
    "the reply comes with messages, not with calls": f"{_ENVELOPE}::test_one_of_everything_is_understood",
    "is_permanent may be absent": f"{_READ}::test_only_a_plain_true_is_permanent",
    "the end may be text or a number": f"{_READ}::test_an_end_is_read_as_string_and_as_number",
    "the end may be counted from the reply": f"{_READ}::test_a_small_end_counts_from_the_reply",
    "the end may be absent": f"{_READ}::test_a_temporary_grant_without_an_end_lasts_168_hours",
    "context.from is either side": f"{_TOLD}::test_the_business_number_is_named_by_what_is_sure",
    "the type may be absent": f"{_READ}::test_a_reply_without_a_type_is_found_by_presence",
    "an unknown answer grants nothing": f"{_READ}::test_an_unknown_response_is_a_refusal",
    "of two of one second the refusal counts": f"{_HEARING}::test_of_two_replies_in_one_second_the_refusal_counts",
}
PEOPLE = {
    "a person may show no number": f"{_E2E}::test_of_a_user_id_alone_every_path_works",
    "a no of theirs": f"{_E2E}::test_a_no_of_a_user_id_alone_is_heard",
    "is answered without a number": "policies.test_asking::test_a_person_without_a_number_is_answered_by_their_user_id",
    "is asked without a number": "policies.test_asking::test_a_person_without_a_number_is_asked_by_their_user_id",
    "a number learnt later": f"{_E2E}::test_a_number_learnt_later_is_the_same_person",
    "two webhooks tell of a new number": f"{_E2E}::test_a_new_number_carries_refusals_and_no_grant_whichever_webhook_comes",
    "a system message has no contacts": f"{_PEOPLE}::test_a_number_change_names_old_and_new_without_contacts",
    "its older names": f"{_PEOPLE}::test_the_older_names_of_a_number_change_are_known",
    "the old user id stands in words alone": f"{_PEOPLE}::test_a_changed_user_id_names_the_new_one",
    "a username is no identity": f"{_E2E}::test_a_username_is_no_identity",
    "a changed device": f"{_PEOPLE}::test_an_identity_change_is_ignored_and_an_unknown_system_message_is_kept",
    "a wa_id keeps an old form": f"{_MESSAGES}::test_a_wa_id_becomes_the_number_people_call",
    "contacts may be missing": f"{_MESSAGES}::test_a_marketing_stop_shows_in_a_failed_message",
}
CALLS = {
    "connect is no pick-up, and COMPLETED no answer": f"{_TOLD}::test_completed_is_not_answered_and_connect_is_no_pick_up",
    "to and from are swapped": f"{_CALLS}::test_swapped_to_and_from_do_not_swap_the_person",
    "words differ in case": f"{_CALLS}::test_a_failure_is_known_in_any_case_with_the_errors_beside_it",
    "errors stand beside the calls": f"{_CALLS}::test_errors_beside_a_completed_call_are_not_its_own",
    "rejected comes before the end": f"{_E2E}::test_four_unanswered_calls_close_before_whatsapp_says_so",
    "the end may come first": f"{_TOLD}::test_the_end_may_come_before_the_beginning",
    "conversation routing shows the end alone": f"{_TOLD}::test_a_standby_app_that_sees_only_the_end_still_counts_the_call",
    "calls of customers are no attempts": "server.test_webhook_effects::test_the_persons_own_call_is_none_of_ours",
    "technical failures are none either": f"{_TOLD}::test_a_technical_failure_is_no_unanswered_call",
    "opaque data holds a hold and no person": "server.test_webhook_effects::test_a_call_on_a_hold_is_recognised_and_ends",
    "Meta keeps no quiet hours for our calls": "policies.test_whatsapp_rules::test_whatsapp_calls_keep_quiet_hours",
}
WORDS = {
    "a marketing stop may reach calls": f"{_TOLD}::test_a_marketing_stop_ends_marketing_calls_and_no_others",
    "131050 tells of one": "server.test_webhook_effects::test_a_message_refused_for_the_switch_tells_the_same",
    "an older form of it": f"{_PEOPLE}::test_the_legacy_system_message_is_a_preference_too",
    "a button has a payload and a title": f"{_MESSAGES}::test_buttons_and_rows_give_both_their_names",
    "a quick reply may lack its context": f"{_MESSAGES}::test_a_quick_reply_without_context_is_read",
    "a voicemail has a call's id": f"{_MESSAGES}::test_a_voicemail_has_the_id_of_a_call",
    "STOP is a text like others": "server.test_webhook_effects::test_a_no_in_words_ends_everything_and_lets_holds_go",
}
NUMBER = {
    "a quality pause leaves grants": f"{_E2E}::test_a_quality_pause_leaves_grants_as_they_are",
    "BIZ and BUSINESS": f"{_E2E}::test_both_directions_under_the_shorter_spelling_close_calls",
    "a low pick-up rate is about customers' calls": f"{_E2E}::test_a_low_pick_up_rate_closes_no_call_of_ours",
    "quality of messages is about messages": f"{_E2E}::test_messaging_quality_closes_no_call",
    "the entry's id is 0": f"{_ACCOUNTS}::test_a_restriction_names_the_number_by_its_display",
    "closed accounts": f"{_ACCOUNTS}::test_a_closed_account_blocks_calls_without_end",
    "settings in any case, calling null": f"{_ACCOUNTS}::test_settings_are_read_where_they_are_said",
    "calling switched off": "consent.test_restrictions::test_a_number_on_which_calling_is_switched_off_calls_nobody",
    "no webhook tells that a restriction is lifted": "consent.test_restrictions::test_somebody_of_the_business_lifts_what_has_no_end",
    "countries are those of the business number": "policies.test_packs::test_a_case_gets_the_answer_that_it_expects",
}
STATE = {
    "a status that nobody knows is no grant": f"{_API}::test_what_is_not_clearly_a_grant_is_none",
    "start_call counts, not the status": f"{_OVER_HTTP}::test_what_the_platform_says_of_calls_counts_and_not_its_permission_alone",
    "limits may be missing": f"{_OVER_HTTP}::test_a_permission_that_nobody_says_may_be_used_is_not",
    "requests have limits of their own": f"{_OVER_HTTP}::test_a_limit_of_requests_is_read_too",
    "613 and 429": f"{_OVER_HTTP}::test_what_the_api_does_not_tell_changes_nothing",
}
CODES = {
    "138006": f"{_CODES}::test_138006_ends_a_permission_that_is_none",
    "138009": f"{_TOLD}::test_138009_closes_requests_where_our_own_count_says_otherwise",
    "138012": f"{_TOLD}::test_138012_closes_until_the_moment_that_meta_told",
    "138017": f"{_TOLD}::test_138017_opens_nothing",
    "138017 is read again": "policies.test_asking::test_who_need_not_be_asked_is_read",
    "138001, 138003": f"{_CODES}::test_codes_about_calls_close_calls_to_the_person",
    "138000": f"{_CODES}::test_138000_closes_the_number_until_its_settings_say_otherwise",
    "138002, 138005, 138013, 138014, 131044": f"{_CODES}::test_codes_about_the_number_restrict_it",
    "131050": f"{_CODES}::test_a_marketing_stop_that_a_request_met_is_heard",
    "technical codes": f"{_CODES}::test_other_codes_are_recorded_and_change_no_state",
    "codes in webhooks": f"{_TOLD}::test_an_error_that_a_webhook_tells_of_a_call_counts_like_a_callers",
}
TRANSPORT = {
    "the raw bytes are signed": "channels.test_signature::test_the_raw_bytes_are_signed_and_not_the_json",
    "a thousand updates in a delivery": f"{_ENVELOPE}::test_a_batch_of_a_thousand_loses_nothing",
    "three megabytes": "server.test_webhook::test_three_megabytes_are_taken",
    "once is not exactly once": "server.test_webhook::test_a_delivery_repeated_adds_nothing",
    "no order is promised": "policies.test_observing::test_the_order_of_deliveries_never_matters",
    "missed deliveries cannot be fetched": "server.test_deliveries::test_what_was_kept_and_not_recorded_takes_effect",
}
TRAPS = PERMISSION | REPLY | PEOPLE | CALLS | WORDS | NUMBER | STATE | CODES | TRANSPORT
