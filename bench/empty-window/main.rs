//! A Tauri window with one button and nothing else: what `make bench` compares the app with.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() {
    tauri::Builder::default()
        .run(tauri::generate_context!("bench/empty-window/tauri.conf.json"))
        .expect("the window opens");
}
