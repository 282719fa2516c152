//! The language is a parameter of each rendering. The process has none.

use std::thread;

use messages::{ChosenLanguage, Language, message};

#[test]
fn one_message_reads_in_two_languages_at_the_same_time() {
    let message = message!("refusal-hub-full", hub = "Group Hub", most = 3);
    let english = "the hub Group Hub has 3 connected portals already, which is the most a hub can have";
    let german = "der Hub Group Hub hat schon 3 verbundene Portale; mehr kann ein Hub nicht haben";
    thread::scope(|scope| {
        for (language, text) in [(Language::English, english), (Language::German, german)] {
            let message = &message;
            scope.spawn(move || {
                for _ in 0..1000 {
                    assert_eq!(message.render(language), text, "whatever the other thread asks for");
                }
            });
        }
    });
    assert_eq!(message.for_log(), english, "a log has one language");
    assert_eq!(message, english, "a comparison has no language");
    assert_eq!(message!("stage-validity").text(Language::German), "Gültigkeit");
    assert_eq!(message!("stage-validity").text(Language::English), "Validity");
}

#[test]
fn a_choice_is_one_for_all_who_hold_it_and_none_of_anybody_else() {
    let (chosen, other) = (ChosenLanguage::default(), ChosenLanguage::new(Language::German));
    let held = chosen.clone();
    assert_eq!(held.get(), Language::English, "until somebody chooses");
    chosen.set(Language::German);
    assert_eq!(held.get(), Language::German, "from one moment to the next");
    chosen.set(Language::English);
    assert_eq!((held.get(), other.get()), (Language::English, Language::German));
}
