//! Tells bindings apart by their names.

use std::collections::{HashMap, HashSet};

use crate::syntax::binding::Binding;

/// Numbers the bindings that have the name of another.
pub(in crate::syntax) fn name_apart(mut bindings: Vec<Binding>) -> Vec<Binding> {
    let mut taken = HashSet::new();
    let mut numbers: HashMap<String, usize> = HashMap::new();
    for binding in &mut bindings {
        if taken.contains(&binding.name) {
            let number = numbers.entry(binding.name.clone()).or_insert(1);
            let mut numbered = String::new();
            while numbered.is_empty() || taken.contains(&numbered) {
                *number += 1;
                // A number alone reads the same in every language.
                numbered = match binding.name.as_str() {
                    "" => format!("#{number}"),
                    name => format!("{name} {number}"),
                };
            }
            binding.name = numbered;
        }
        taken.insert(binding.name.clone());
    }
    bindings
}
