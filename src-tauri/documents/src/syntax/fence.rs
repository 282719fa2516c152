//! Markdown code fences (CommonMark §4.5), as chats and wikis put them around what is pasted.

use std::ops::Range;

/// What stands inside of fences, each without its fences; empty if there is none.
pub(super) fn find_contents(text: &str) -> Vec<Range<usize>> {
    let mut contents = Vec::new();
    let mut open: Option<(usize, &str)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        match open {
            None => {
                if let Some(fence) = ["```", "~~~"].into_iter().find(|fence| trimmed.starts_with(fence)) {
                    open = Some((at + line.len(), fence));
                }
            }
            Some((begin, fence)) if trimmed.starts_with(fence) => {
                contents.push(begin..at);
                open = None;
            }
            Some(_) => {}
        }
        at += line.len();
    }
    contents.extend(open.map(|(begin, _)| begin..text.len()));
    contents.retain(|content| !text[content.clone()].trim().is_empty());
    contents
}
