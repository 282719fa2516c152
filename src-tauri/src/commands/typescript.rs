//! The typed functions of the screens, one for each command. They are read off the commands' own source, because a
//! running program knows only the types of a function, and the screens need its comment and the names of its arguments.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use syn::{
    Attribute, Expr, ExprLit, FnArg, GenericArgument, Item, ItemFn, Lit, Meta, Pat, PathArguments, PathSegment,
    ReturnType, Type,
};

macro_rules! commands {
    ($($module:ident::$name:ident),* $(,)?) => { &[$((stringify!($module), stringify!($name))),*] };
}

/// Every command with its module.
const COMMANDS: &[(&str, &str)] = include!("list.rs");

/// What Tauri gives to a command; the screens do not.
const GIVEN: [&str; 4] = ["AppHandle", "State", "WebviewWindow", "Window"];

/// The longest line.
const MAX_WIDTH: usize = 140;

/// A file of commands, and the commands in it.
struct Module {
    name: String,
    commands: Vec<ItemFn>,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read_modules() -> Vec<Module> {
    let folder = fs::read_dir(root().join("src-tauri/src/commands")).expect("the folder of the commands");
    let files = folder.map(|entry| entry.expect("a file").path());
    files.filter(|file| file.extension().is_some_and(|extension| extension == "rs")).map(read_module).collect()
}

fn read_module(file: PathBuf) -> Module {
    let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
    if name == "list" {
        return Module { name, commands: Vec::new() };
    }
    let source = syn::parse_file(&fs::read_to_string(&file).expect("a source file")).expect("Rust");
    let functions =
        source.items.into_iter().filter_map(|item| if let Item::Fn(function) = item { Some(function) } else { None });
    let is_command = |attribute: &Attribute| {
        let path: Vec<String> = attribute.path().segments.iter().map(|segment| segment.ident.to_string()).collect();
        path == ["tauri", "command"]
    };
    Module { name, commands: functions.filter(|function| function.attrs.iter().any(is_command)).collect() }
}

/// The content of `ui/src/wire/commands.ts`.
fn render() -> String {
    let modules = read_modules();
    let find = |&(module, name): &(&str, &str)| {
        let commands = &modules.iter().find(|other| other.name == module).expect("a file of that name").commands;
        commands.iter().find(|command| command.sig.ident == name).expect("a command of that name")
    };
    let mut types = BTreeSet::new();
    let functions: Vec<String> = COMMANDS.iter().map(|command| render_function(find(command), &mut types)).collect();
    let types: Vec<String> = types.into_iter().map(|name| format!("  {name},\n")).collect();
    format!(
        "// Generated from src-tauri/src/commands by `make wire`. Do not edit.\n\
         import {{ Channel, invoke }} from '@tauri-apps/api/core'\n\
         import type {{\n{}}} from '.'\n\n\
         export const commands = {{\n{}}}\n",
        types.concat(),
        functions.concat()
    )
}

fn render_function(command: &ItemFn, types: &mut BTreeSet<String>) -> String {
    let signature = &command.sig;
    let (mut parameters, mut arguments) = (Vec::new(), Vec::new());
    for input in &signature.inputs {
        let FnArg::Typed(input) = input else { panic!("a command is no method") };
        let Pat::Ident(pattern) = &*input.pat else { panic!("an argument of a command has a name") };
        let segment = last_segment(&input.ty);
        if GIVEN.iter().any(|given| segment.ident == given) {
            continue;
        }
        let name = camel_case(&pattern.ident.to_string());
        if segment.ident == "Channel" {
            parameters.push(format!("{name}: (event: {}) => void", render_argument(segment, types)));
            arguments.push(format!("{name}: new Channel({name})"));
        } else {
            parameters.push(format!("{name}: {}", render_type(&input.ty, types)));
            arguments.push(name);
        }
    }
    let returned = match &signature.output {
        ReturnType::Default => "void".to_owned(),
        ReturnType::Type(_, returned) => {
            let result = last_segment(returned);
            assert_eq!(result.ident, "Result", "{}: a command answers with a result or not at all", signature.ident);
            render_argument(result, types)
        }
    };
    let arguments = if arguments.is_empty() { String::new() } else { format!(", {{ {} }}", arguments.join(", ")) };
    let name = signature.ident.to_string();
    let head = format!("  {}: ({}) =>", camel_case(&name), parameters.join(", "));
    let call = format!("invoke<{returned}>('{name}'{arguments}),");
    let gap = if head.len() + call.len() < MAX_WIDTH { " " } else { "\n    " };
    format!("{}{head}{gap}{call}\n", render_comment(command))
}

fn render_comment(command: &ItemFn) -> String {
    let lines: Vec<String> = command.attrs.iter().filter_map(read_comment).collect();
    match lines.as_slice() {
        [] => panic!("{}: a command says what it does", command.sig.ident),
        [line] => format!("  /**{line} */\n"),
        lines => {
            let lines: Vec<String> = lines.iter().map(|line| format!("   *{line}\n")).collect();
            format!("  /**\n{}   */\n", lines.concat())
        }
    }
}

fn read_comment(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(meta) = &attribute.meta else { return None };
    if !meta.path.is_ident("doc") {
        return None;
    }
    let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = &meta.value else { panic!("a comment is a text") };
    Some(text.value())
}

/// A type as it crosses in JSON; names of wire types are noted in `types`.
fn render_type(given: &Type, types: &mut BTreeSet<String>) -> String {
    if matches!(given, Type::Tuple(tuple) if tuple.elems.is_empty()) {
        return "void".to_owned();
    }
    let segment = last_segment(given);
    match segment.ident.to_string().as_str() {
        // The texts that may hold a secret are texts on the screens; a time is one as in RFC 3339.
        "String" | "SecretBytes" | "DateTime" => "string".to_owned(),
        "bool" => "boolean".to_owned(),
        "u32" => "number".to_owned(),
        "Vec" => format!("{}[]", render_argument(segment, types)),
        "Option" => format!("{} | null", render_argument(segment, types)),
        name => {
            types.insert(name.to_owned());
            name.to_owned()
        }
    }
}

/// The first type in the angle brackets of another one.
fn render_argument(segment: &PathSegment, types: &mut BTreeSet<String>) -> String {
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { panic!("{} takes a type", segment.ident) };
    let Some(GenericArgument::Type(first)) = arguments.args.first() else { panic!("{} takes a type", segment.ident) };
    render_type(first, types)
}

fn last_segment(given: &Type) -> &PathSegment {
    let Type::Path(path) = given else { panic!("a type with a name") };
    path.path.segments.last().expect("a path")
}

fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| {
        let (initial, rest) = word.split_at(1);
        name + &initial.to_uppercase() + rest
    })
}

#[test]
fn every_command_is_in_the_list() {
    let commands = read_modules().into_iter().flat_map(|module| {
        module.commands.into_iter().map(move |command| (module.name.clone(), command.sig.ident.to_string()))
    });
    let missing: Vec<String> = commands
        .filter(|(module, name)| !COMMANDS.contains(&(module, name)))
        .map(|(module, name)| format!("{module}::{name}"))
        .collect();
    assert!(missing.is_empty(), "no screen can call these; add them to commands/list.rs: {missing:?}");
}

/// `make wire` runs this with `UPDATE_WIRE=1` to write the file.
#[test]
fn the_generated_commands_are_current() {
    let file = root().join("ui/src/wire/commands.ts");
    let current = render();
    if std::env::var_os("UPDATE_WIRE").is_some() {
        fs::write(&file, &current).expect("ui/src/wire/commands.ts can be written");
    }
    let committed = fs::read_to_string(&file).expect("ui/src/wire/commands.ts exists; `make wire` writes it");
    assert!(committed == current, "the screens would be checked against outdated commands: run `make wire`");
}
