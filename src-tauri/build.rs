//! Embeds the Tauri configuration, capabilities and icons, and gives the window the permission for each of its commands.

use std::{fs, path::Path};

use tauri_build::{AppManifest, Attributes};

macro_rules! commands {
    ($($module:ident::$name:ident),* $(,)?) => { &[$(stringify!($name)),*] };
}

/// The app's own commands. Tauri makes a permission for each of them.
const COMMANDS: &[&str] = include!("src/commands/list.rs");

/// A set of their permissions, which the capability of the window names. Tauri reads what stands in the folder `permissions`.
fn write_permission_set() -> std::io::Result<()> {
    let permissions: Vec<String> = COMMANDS.iter().map(|name| format!("allow-{}", name.replace('_', "-"))).collect();
    let description = "Every command of the list in src-tauri/src/commands/list.rs.";
    let set =
        format!("[[set]]\nidentifier = \"commands\"\ndescription = {description:?}\npermissions = {permissions:?}\n");
    let file = Path::new("permissions/commands.toml");
    // Cargo would run this script at each build after a file that is written again.
    if fs::read_to_string(file).is_ok_and(|former| former == set) {
        return Ok(());
    }
    fs::create_dir_all("permissions")?;
    fs::write(file, set)
}

fn main() {
    write_permission_set().expect("the folder permissions can be written");
    let attributes = Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*")
        .app_manifest(AppManifest::new().commands(COMMANDS));
    tauri_build::try_build(attributes).expect("tauri-build reads tauri.conf.json, the capabilities and the icons");
}
