//! `$filter` of OData version 2, as far as a list of names, titles and versions needs it: comparisons of properties with
//! texts, `and`, `or`, `not`, parentheses, and the functions `substringof`, `startswith`, `endswith`, `tolower`, `toupper`.

use std::{borrow::Cow, cmp::Ordering, iter::Peekable, str::CharIndices};

use super::{odata_error::ODataError, property::Property};

/// How deep parentheses and `not` may be nested.
const MAX_DEPTH: usize = 32;

/// A condition on an entry.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Filter {
    And(Box<Self>, Box<Self>),
    Or(Box<Self>, Box<Self>),
    Not(Box<Self>),
    Compare(Term, Comparison, Term),
    /// The first text stands somewhere in the second.
    SubstringOf(Term, Term),
    /// The first text begins with the second.
    StartsWith(Term, Term),
    /// The first text ends with the second.
    EndsWith(Term, Term),
}

/// A text: a property or a literal, perhaps in another case.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Term {
    Property(Property),
    Literal(String),
    Lower(Box<Self>),
    Upper(Box<Self>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Filter {
    pub(super) fn parse(text: &str) -> Result<Self, ODataError> {
        let mut parser = Parser { tokens: tokens(text)?.into_iter().peekable(), depth: 0 };
        let filter = parser.or()?;
        match parser.tokens.next() {
            None => Ok(filter),
            Some(_) => Err(ODataError::DamagedFilter),
        }
    }

    /// Whether an entry with these properties is meant.
    pub(super) fn holds<'a>(&self, value: &impl Fn(Property) -> &'a str) -> bool {
        match self {
            Self::And(a, b) => a.holds(value) && b.holds(value),
            Self::Or(a, b) => a.holds(value) || b.holds(value),
            Self::Not(inner) => !inner.holds(value),
            Self::Compare(a, comparison, b) => comparison.holds(a.text(value).cmp(&b.text(value))),
            Self::SubstringOf(part, whole) => whole.text(value).contains(&*part.text(value)),
            Self::StartsWith(whole, part) => whole.text(value).starts_with(&*part.text(value)),
            Self::EndsWith(whole, part) => whole.text(value).ends_with(&*part.text(value)),
        }
    }
}

impl Term {
    fn text<'t, 'a: 't>(&'t self, value: &impl Fn(Property) -> &'a str) -> Cow<'t, str> {
        match self {
            Self::Property(property) => Cow::Borrowed(value(*property)),
            Self::Literal(text) => Cow::Borrowed(text),
            Self::Lower(inner) => Cow::Owned(inner.text(value).to_lowercase()),
            Self::Upper(inner) => Cow::Owned(inner.text(value).to_uppercase()),
        }
    }
}

impl Comparison {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "eq" => Self::Equal,
            "ne" => Self::NotEqual,
            "lt" => Self::Less,
            "le" => Self::LessOrEqual,
            "gt" => Self::Greater,
            "ge" => Self::GreaterOrEqual,
            _ => return None,
        })
    }

    fn holds(self, ordering: Ordering) -> bool {
        match self {
            Self::Equal => ordering.is_eq(),
            Self::NotEqual => ordering.is_ne(),
            Self::Less => ordering.is_lt(),
            Self::LessOrEqual => ordering.is_le(),
            Self::Greater => ordering.is_gt(),
            Self::GreaterOrEqual => ordering.is_ge(),
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Token {
    Word(String),
    Text(String),
    Open,
    Close,
    Comma,
}

fn tokens(text: &str) -> Result<Vec<Token>, ODataError> {
    let mut tokens = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        tokens.push(match c {
            c if c.is_whitespace() => continue,
            '(' => Token::Open,
            ')' => Token::Close,
            ',' => Token::Comma,
            '\'' => Token::Text(literal(&mut rest)?),
            _ => {
                let mut end = start + c.len_utf8();
                while let Some((at, c)) = rest.next_if(|(_, c)| !c.is_whitespace() && !"(),'".contains(*c)) {
                    end = at + c.len_utf8();
                }
                Token::Word(text[start..end].to_owned())
            }
        });
    }
    Ok(tokens)
}

/// The rest of a text in quotes; a quote in it is doubled.
pub(super) fn literal(rest: &mut Peekable<CharIndices<'_>>) -> Result<String, ODataError> {
    let mut text = String::new();
    loop {
        match rest.next() {
            Some((_, '\'')) if rest.next_if(|(_, c)| *c == '\'').is_none() => return Ok(text),
            Some((_, c)) => text.push(c),
            None => return Err(ODataError::DamagedFilter),
        }
    }
}

struct Parser {
    tokens: Peekable<std::vec::IntoIter<Token>>,
    depth: usize,
}

impl Parser {
    fn or(&mut self) -> Result<Filter, ODataError> {
        let mut filter = self.and()?;
        while self.take_word("or") {
            filter = Filter::Or(Box::new(filter), Box::new(self.and()?));
        }
        Ok(filter)
    }

    fn and(&mut self) -> Result<Filter, ODataError> {
        let mut filter = self.not()?;
        while self.take_word("and") {
            filter = Filter::And(Box::new(filter), Box::new(self.not()?));
        }
        Ok(filter)
    }

    fn not(&mut self) -> Result<Filter, ODataError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(ODataError::DamagedFilter);
        }
        let filter = if self.take_word("not") {
            Filter::Not(Box::new(self.not()?))
        } else if self.tokens.next_if_eq(&Token::Open).is_some() {
            let inner = self.or()?;
            self.expect(&Token::Close)?;
            inner
        } else {
            self.condition()?
        };
        self.depth -= 1;
        Ok(filter)
    }

    fn condition(&mut self) -> Result<Filter, ODataError> {
        type Function = fn(Term, Term) -> Filter;
        let function: Option<Function> = match self.tokens.peek() {
            Some(Token::Word(word)) => match word.as_str() {
                "substringof" => Some(Filter::SubstringOf),
                "startswith" => Some(Filter::StartsWith),
                "endswith" => Some(Filter::EndsWith),
                _ => None,
            },
            Some(Token::Text(_) | Token::Open | Token::Close | Token::Comma) | None => None,
        };
        if let Some(function) = function {
            self.tokens.next();
            self.expect(&Token::Open)?;
            let first = self.term()?;
            self.expect(&Token::Comma)?;
            let second = self.term()?;
            self.expect(&Token::Close)?;
            let filter = function(first, second);
            // Clients of some languages compare the result with true.
            return Ok(match self.take_comparison_with_boolean()? {
                true => filter,
                false => Filter::Not(Box::new(filter)),
            });
        }
        let first = self.term()?;
        let comparison = match self.tokens.next() {
            Some(Token::Word(word)) => match Comparison::parse(&word) {
                Some(comparison) => comparison,
                None => return Err(ODataError::not_in_filter(&word)),
            },
            Some(Token::Text(_) | Token::Open | Token::Close | Token::Comma) | None => {
                return Err(ODataError::DamagedFilter);
            }
        };
        Ok(Filter::Compare(first, comparison, self.term()?))
    }

    /// `eq true`, `eq false`, or nothing.
    fn take_comparison_with_boolean(&mut self) -> Result<bool, ODataError> {
        if !self.take_word("eq") {
            return Ok(true);
        }
        if self.take_word("true") {
            Ok(true)
        } else if self.take_word("false") {
            Ok(false)
        } else {
            Err(ODataError::DamagedFilter)
        }
    }

    fn term(&mut self) -> Result<Term, ODataError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(ODataError::DamagedFilter);
        }
        let term = match self.tokens.next() {
            Some(Token::Text(text)) => Term::Literal(text),
            Some(Token::Word(word)) if self.tokens.peek() == Some(&Token::Open) => {
                let change = match word.as_str() {
                    "tolower" => Term::Lower,
                    "toupper" => Term::Upper,
                    _ => return Err(ODataError::not_in_filter(&word)),
                };
                self.tokens.next();
                let inner = self.term()?;
                self.expect(&Token::Close)?;
                change(Box::new(inner))
            }
            Some(Token::Word(word)) => match Property::parse(&word) {
                Some(property) => Term::Property(property),
                None => return Err(ODataError::not_in_filter(&word)),
            },
            Some(Token::Open | Token::Close | Token::Comma) | None => return Err(ODataError::DamagedFilter),
        };
        self.depth -= 1;
        Ok(term)
    }

    fn take_word(&mut self, word: &str) -> bool {
        self.tokens.next_if(|token| matches!(token, Token::Word(found) if found == word)).is_some()
    }

    fn expect(&mut self, token: &Token) -> Result<(), ODataError> {
        self.tokens.next_if_eq(token).map(drop).ok_or(ODataError::DamagedFilter)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::proptest;

    use super::*;

    fn holds(filter: &str) -> bool {
        let value = |property| match property {
            Property::Name => "Orders",
            Property::Title => "It's an API",
            Property::Version => "1.2.0",
            Property::Description | Property::BasePath | Property::OpenapiVersion => "",
        };
        Filter::parse(filter).unwrap().holds(&value)
    }

    #[test]
    fn conditions_hold_as_the_specification_says() {
        for (filter, expected) in [
            ("name eq 'Orders'", true),
            ("'Orders' eq name", true),
            ("name eq 'orders'", false),
            ("tolower(name) eq 'orders'", true),
            ("title eq 'It''s an API'", true),
            ("substringof('rder',name)", true),
            ("substringof('RDER',toupper(name)) eq true", true),
            ("startswith(name, 'Ord') eq false", false),
            ("endswith(name,'ers') and not (version eq '2.0')", true),
            ("name eq 'x' or name eq 'Orders' and version eq '9'", false),
            ("(name eq 'x' or name eq 'Orders') and version ne '9'", true),
            ("version ge '1.2.0' and version lt '1.3'", true),
            ("not name eq 'x'", true),
        ] {
            assert_eq!(holds(filter), expected, "{filter}");
        }
    }

    #[test]
    fn what_is_not_there_is_named_and_what_is_damaged_is_refused() {
        for (filter, missing) in [
            ("length(name) gt 3", "length"),
            ("created_at gt 'x'", "created_at"),
            ("name add 'x'", "add"),
            ("name eq 3", "3"),
        ] {
            assert_eq!(Filter::parse(filter), Err(ODataError::not_in_filter(missing)), "{filter}");
        }
        let deep = "not ".repeat(10_000);
        for filter in ["", "name", "name eq", "name eq 'x", "(name eq 'x'", "name eq 'x')", "startswith(name)", &deep] {
            assert_eq!(Filter::parse(filter), Err(ODataError::DamagedFilter), "{filter:.40}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "(name|eq|and|not|'x'|\\(|\\)|,|substringof|tolower| |ä){0,30}") {
            let _ = Filter::parse(&text);
        }
    }
}
