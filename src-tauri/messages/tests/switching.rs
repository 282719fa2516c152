//! The language of the whole process; alone in its program, since every other test expects English.

use messages::{Language, current_language, message, set_language};

#[test]
fn from_one_moment_to_the_next_the_process_speaks_another_language() {
    let message = message!("refusal-hub-full", hub = "Group Hub", most = 3);
    assert_eq!(current_language(), Language::English, "until somebody sets it");
    assert_eq!(
        message.to_string(),
        "the hub Group Hub has 3 connected portals already, which is the most a hub can have"
    );

    set_language(Language::German);
    assert_eq!(message.to_string(), "der Hub Group Hub hat schon 3 verbundene Portale; mehr kann ein Hub nicht haben");
    assert_eq!(
        message, "the hub Group Hub has 3 connected portals already, which is the most a hub can have",
        "a comparison has no language"
    );
    assert_eq!(message!("stage-validity").text(), "Gültigkeit");

    set_language(Language::English);
    assert_eq!(message!("stage-validity").text(), "Validity");
}
